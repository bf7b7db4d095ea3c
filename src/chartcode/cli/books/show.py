"""``chartcode books show``: what a code's entry says."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, day, say, today

if TYPE_CHECKING:
    from chartcode.books import ICD10CM, Books

KINDS = ("inclusion term", "includes", "excludes1", "excludes2", "code first", "use additional", "code also", "notes")
SERVICES = ("hcpcs", "cpt")


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    show = acts.add_parser(
        "show",
        help="show the entry of a code",
        description="Show the entry of a code of any book: of a diagnosis with the notes that it inherits, and the "
        "days on which it is valid.",
    )
    show.add_argument(
        "code",
        metavar="CODE",
        help="a code, or in ICD-10-CM a category, block or chapter, such as E11.42, E11, E08-E13, 4, 0DTJ4ZZ or J1885",
    )
    show.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose books are asked (default: today)")
    show.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one entry."""
    from chartcode.cli.shelf import open_shelf, require_books
    from chartcode.model.code import dotted, looks_like_icd10cm

    shelf = open_shelf()
    require_books(shelf, options.date)
    books = shelf.at(options.date or today())
    book = books.icd10cm
    code = dotted(options.code) if looks_like_icd10cm(options.code) else options.code.upper()
    if book.entry(code) or book.validity(code) or book.title(code):
        lines = _lines(book, code)
    else:
        lines = _procedure(books, options.code.upper())
    if not lines:
        say(f"{options.code} is in no book of {books.day}; check the spelling, or ask for its category")
        return DATA
    print("\n".join(lines))
    return OK


def _procedure(books: Books, code: str) -> list[str]:
    """Return what the books of procedures and services say of a code, or nothing."""
    if days := books.icd10pcs.validity(code):
        lines = [f"{code}  {books.icd10pcs.title(code) or '(its title is not installed)'}"]
        spans = ", ".join(f"{i.first} to {i.last or 'now'}" for i in days)
        told = "reportable" if books.icd10pcs.valid(code) else "not valid"
        lines.append(f"ICD-10-PCS: {told} on {books.day}; valid {spans}")
        return lines + [f"flag: {flag}" for flag in sorted(books.icd10pcs.flags(code))]
    for system in SERVICES:
        book = getattr(books, system)
        if book.valid(code):
            listed = "by the starter, in our own words" if book.starter else f"{book.version}: listed on {books.day}"
            return [f"{code}  {book.title(code)}", f"{system.upper()} {listed}"]
    return []


def _lines(book: ICD10CM, code: str) -> list[str]:
    entry = book.entry(code)
    title = book.title(code) or "(its title is not in the installed tabular list)"
    lines = [f"{code}  {title}"]
    days = [f"{i.first} to {i.last or 'now'}" for i in book.validity(code)]
    if book.valid(code):
        lines.append(f"reportable on {book.day} ({book.version}); valid {', '.join(days)}")
    elif days:
        instead = ", ".join(book.successors(code)) or "none named"
        lines.append(f"not valid on {book.day}; it was valid {', '.join(days)}; successors: {instead}")
    else:
        lines.append("not reportable by itself; choose below it")
    lines += [f"flag: {flag}" for flag in sorted(book.flags(code))]
    if entry is None:
        return lines
    lines += [f"under: {above}  {book.title(above)}" for above in book.ancestors(code)]
    for kind in KINDS:
        lines += [f"{kind} ({note.at}): {note.text}" for note in book.notes(code, kind)]
    lines += [f"seventh character {char}: {meaning}" for char, meaning in entry.seventh.items()]
    lines += [f"{side}: {other}  {book.title(other)}" for side, other in entry.sides.items()]
    lines += [f"  {child}  {book.title(child)}" for child in entry.children]
    return lines
