"""``chartcode books table`` and ``chartcode books build``: ICD-10-PCS as a coder walks its tables."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, day, say, today

if TYPE_CHECKING:
    from chartcode.books.icd10pcs import ICD10PCS, Table

FEW = 12
"""Codes that are listed once no more are left."""

_PARTIAL = re.compile(r"[0-9A-HJ-NP-Z?]{0,7}", re.IGNORECASE)


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the acts."""
    table = acts.add_parser(
        "table",
        help="show a table of ICD-10-PCS",
        description="Show the rows of a table of ICD-10-PCS: any value of an axis goes with any other of its row.",
    )
    table.add_argument("table", metavar="TABLE", help="the first three characters of its codes, such as 0DT")
    table.set_defaults(run=run_table)
    build = acts.add_parser(
        "build",
        help="build an ICD-10-PCS code, a character at a time",
        description="Show the values that are still possible for the next open character of an ICD-10-PCS code, and "
        "the codes where few are left.",
    )
    build.add_argument(
        "partial",
        metavar="CODE",
        nargs="?",
        default="",
        help="what is known of it, with ? for open axes: 0DTJ, 0DTJ?ZZ",
    )
    build.set_defaults(run=run_build)
    for verb in (table, build):
        verb.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose book is asked (default: today)")


def _book(options: argparse.Namespace) -> ICD10PCS:
    from chartcode.books.icd10pcs.book import TO_GET
    from chartcode.cli.shelf import open_shelf, require_books

    shelf = open_shelf()
    require_books(shelf, options.date)
    book = shelf.at(options.date or today()).icd10pcs
    if book.pages is None:
        say(f"{TO_GET}; values are shown without labels")
    return book


def run_table(options: argparse.Namespace) -> int:
    """Print one table."""
    book = _book(options)
    table = book.table(options.table)
    if table is None:
        say(f"{options.table} is no table of ICD-10-PCS on {book.day}; give three characters, such as 0DT")
        return DATA
    print("\n".join(_table(table)))
    return OK


def _table(table: Table) -> list[str]:
    lines = [f"{table.key}  {' > '.join(filter(None, (table.section, table.system, table.operation)))}".rstrip()]
    if table.definition:
        lines.append(table.definition)
    for number, row in enumerate(table.rows, 1):
        lines += ["", f"row {number}: {len(row)} codes"]
        for axis in row.axes:
            lines.append(f"  {axis.position} {axis.name}")
            lines += [f"      {value}  {label}".rstrip() for value, label in axis.values.items()]
    return lines


def run_build(options: argparse.Namespace) -> int:
    """Print what is still possible."""
    from chartcode.books.icd10pcs import OPEN, axis_names

    book, partial = _book(options), options.partial.upper()
    possible = book.complete(partial) if _PARTIAL.fullmatch(partial) else ()
    if not possible:
        say(f"no ICD-10-PCS code of {book.day} is like {options.partial}; see 'chartcode books table' for what is")
        return DATA
    choices = book.choices(partial)
    if choices:
        at = partial.index(OPEN) if OPEN in partial else len(partial)
        print(f"{partial or 'ICD-10-PCS'}: {len(possible)} codes; character {at + 1}, {axis_names(partial[:1])[at]}:")
        for value, label in choices.items():
            print(f"  {value}  {label}".rstrip())
    if len(possible) <= FEW:
        for code in possible:
            print(f"{code}  {book.title(code)}".rstrip())
    return OK
