"""``chartcode books verify``: look at every byte of every release again."""

from __future__ import annotations

import argparse

from chartcode.cli.options import DATA, OK


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "verify",
        help="check every release again",
        description="Read every byte of every release, embedded and installed, and check that it is what was written "
        "and stands in its place. The exit status is 1 if one is damaged.",
    )
    verb.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print each release and whether it is sound."""
    from chartcode.books import installed
    from chartcode.cli.shelf import open_shelf

    shelf = open_shelf()
    status = OK
    places = [(release.system, release.path, True) for release in shelf.embedded()]
    for system in installed.systems(shelf.folder):
        places += [(system, path, False) for path in installed.files(shelf.folder, system)]
    for name, path, embedded in places:
        fault = installed.damage(path, embedded=embedded)
        if fault:
            status = DATA
            print(f"DAMAGED  {name:<16}  {path}: {fault}")
        else:
            print(f"sound    {name:<16}  {path}")
    return status
