"""``chartcode books remove``: take an installed release off the shelf."""

from __future__ import annotations

import argparse

from chartcode.cli.options import DATA, OK, say


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "remove",
        help="remove an installed release",
        description="Remove an installed release. The embedded defaults serve its days again.",
    )
    verb.add_argument("system", metavar="SYSTEM", help="as 'chartcode books list' prints it, such as icd10cm")
    verb.add_argument("version", metavar="RELEASE", help="as 'chartcode books list' prints it, such as FY2026-10-01")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Remove it."""
    from chartcode.books.home import home_folder
    from chartcode.books.install import remove

    try:
        place = remove(home_folder() / "books", options.system, options.version)
    except LookupError as fault:
        say(str(fault.args[0]))
        return DATA
    print(f"removed {options.system} {options.version} ({place})")
    return OK
