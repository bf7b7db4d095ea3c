"""``chartcode books``: install, list, compare and ask the code books; one module an act."""

from __future__ import annotations

import argparse

from chartcode.cli.books import diff, history, impact, index, install, pcs, remove, search, show, verify
from chartcode.cli.books import list as listed

ACTS = (install, listed, search, show, index, pcs, history, diff, impact, verify, remove)


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb and what can be done with books."""
    verb = verbs.add_parser(
        "books", help="install, list, compare and ask the code books", description="The code books on the shelf."
    )
    acts = verb.add_subparsers(metavar="ACT", dest="act", required=True)
    for act in ACTS:
        act.add(acts)
