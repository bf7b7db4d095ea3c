"""``chartcode books list``: what stands on the shelf."""

from __future__ import annotations

import argparse

from chartcode.cli.options import OK


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    listed = acts.add_parser("list", help="list the releases", description="List the releases on the shelf.")
    listed.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print the releases."""
    from chartcode.cli.shelf import open_shelf

    for release in open_shelf().releases():
        last = release.last.isoformat() if release.last else "now"
        print(f"{release.system:<16}  {release.version:<13}  {release.first} to {last}")
        print(f"{'':<16}  {release.source}; {release.licence}; sha256 {release.sha256[:12]}")
    return OK
