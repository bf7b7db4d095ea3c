"""``chartcode books history``: the dated history of a code."""

from __future__ import annotations

import argparse

from chartcode.cli.options import DATA, OK, say


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "history",
        help="show what became of a code, by day",
        description="Show the dated history of a code: when it came and from what, what changed of its title, notes "
        "and flags, and what took its place. Titles and notes are known as far as releases are installed.",
    )
    verb.add_argument("code", metavar="CODE", help="a code of any book, such as G35, 0DTJ4ZZ or G0438")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the events."""
    from chartcode.books.history import history
    from chartcode.cli.shelf import open_shelf

    system, events = history(open_shelf(), options.code)
    if not events and system:
        book = system.upper()
        say(f"{options.code} is in the starter of {book}, which knows no days; its history needs installed releases")
        return DATA
    if not events:
        say(f"no book on the shelf ever had {options.code}; check the spelling, or see 'chartcode books list'")
        return DATA
    print(f"{options.code.upper()}  {system}")
    for event in events:
        print(f"{event.day}  {event.text}")
    return OK
