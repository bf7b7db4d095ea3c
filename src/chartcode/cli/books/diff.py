"""``chartcode books diff``: what changes from one release to another."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, USAGE, say

if TYPE_CHECKING:
    from chartcode.books.difference import Difference

TABLE, JSONL = "table", "jsonl"


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "diff",
        help="compare two releases of the books",
        description="Compare two releases, by system: codes new, deleted, turned into headings, revised and moved, and "
        "notes added and gone.",
    )
    verb.add_argument("one", metavar="R1", help="a release or day: FY2025, FY2025-04-01, 2025Q3 or 2025-04-01")
    verb.add_argument("other", metavar="R2", help="the later one")
    verb.add_argument(
        "--system", choices=("icd10cm", "icd10pcs", "hcpcs", "cpt"), help="one book alone (default: those that differ)"
    )
    verb.add_argument("--format", choices=(TABLE, JSONL), default=TABLE, help="jsonl: one change a line")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the changes, system by system."""
    from chartcode.books.difference import SYSTEMS, difference, first_day
    from chartcode.cli.shelf import open_shelf

    try:
        one, other = first_day(options.one), first_day(options.other)
    except ValueError as fault:
        say(str(fault))
        return USAGE
    shelf = open_shelf()
    try:
        found = [difference(shelf, system, one, other) for system in ([options.system] if options.system else SYSTEMS)]
    except LookupError as fault:
        say(str(fault.args[0]))
        return DATA
    for one_system in found:
        _print(one_system, options.format)
        for remark in one_system.remarks if options.system or one_system.changes else ():
            say(remark)
    return OK


def _print(found: Difference, form: str) -> None:
    from chartcode.books.difference import KINDS

    if form == JSONL:
        for c in found.changes:
            tree = {"system": found.system, "kind": c.kind, "code": c.code, "title": c.title, "detail": c.detail}
            print(json.dumps(tree, ensure_ascii=False))
        return
    if not found.changes:
        return
    counts = [f"{len(found.of(kind))} {kind}" for kind in KINDS if found.of(kind)]
    print(f"{found.system} from {found.one} to {found.other}: {', '.join(counts)}")
    for kind in KINDS:
        for change in found.of(kind):
            detail = f"  ({change.detail})" if change.detail else ""
            print(f"  {kind:<11}  {change.code:<8}  {change.title}{detail}")
