"""``chartcode books index``: walk the Alphabetic Index, the neoplasm table and the table of drugs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, day, say, today

if TYPE_CHECKING:
    from chartcode.books import ICD10CM, Books
    from chartcode.books.index import Term

COLUMNS = {
    "neoplasm": ("malignant", "secondary", "in_situ", "benign", "uncertain", "unspecified"),
    "drug": ("accidental", "self_harm", "assault", "undetermined", "adverse", "underdosing"),
}


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "index",
        help="walk the Alphabetic Index",
        description="Show a term of the Alphabetic Index with what stands under it, where its references lead, and the "
        "codes: nonessential modifiers in parentheses, a manifestation in brackets. Where no index is installed for "
        "the day, one derived from the tabular list answers, and says so.",
    )
    verb.add_argument(
        "words", nargs="+", metavar="WORD", help="Pneumonia; 'Pneumonia, lobar'; lobar pneumonia; aspirin"
    )
    verb.add_argument(
        "--table",
        choices=("index", "external", "neoplasm", "drug"),
        default="index",
        help="the part that is asked: the index, the external-cause index, the neoplasm table, or the table of drugs "
        "(default: index)",
    )
    verb.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose books are asked (default: today)")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what the index has under some words."""
    from chartcode.cli.shelf import open_shelf, require_books

    shelf = open_shelf()
    require_books(shelf, options.date)
    books = shelf.at(options.date or today())
    words, kind = " ".join(options.words), options.table
    lines = _table(books, words, kind) if kind in COLUMNS else _term(books, words, kind)
    if not lines:
        known = books.index.main_terms(words[:4], kind, limit=8)
        near = f"; it has {', '.join(known)}" if known else ""
        say(f"the index has nothing under {words}{near}")
        return DATA
    if books.index.derives(kind):
        say("no official index is installed for this: shown is one derived from the tabular list, without references")
    print("\n".join(lines))
    return OK


def _term(books: Books, words: str, kind: str) -> list[str]:
    term = books.index.walk(words, kind)
    if term is None:
        return []
    lines = [_line(one, len(one.path) - len(term.path), books.icd10cm) for one in term.lines()]
    if len(term.path) > 1:
        lines[0] = f"{', '.join(term.path[:-1])}, {lines[0]}"
    return lines


def _line(term: Term, depth: int, book: ICD10CM) -> str:
    said = " ".join(filter(None, (term.words, term.nonessential)))
    manifestation = f" [{term.manifestation}]" if term.manifestation else ""
    leads = [f"{term.code}{manifestation}"] if term.code else []
    if term.category:
        leads.append(f"see {'category' if '.' not in term.category else 'subcategory'} {term.category}")
    for reference in term.references:
        ends = " or ".join(" ".join((", ".join(t.path), *t.codes)) for t in reference.terms)
        verb = "see also" if reference.also else "see"
        # The words are told as printed; where they lead is told only where that says more.
        leads.append(
            f"{verb} {reference.words}{f' -> {ends}' if ends.lower() != reference.words.lower() and ends else ''}"
        )
    told = "; ".join(leads)
    title = book.title(term.code) if term.code and depth == 0 else ""
    return f"{'  ' * depth}{said}{f'  {told}' if told else ''}{f'  {title}' if title else ''}"


def _table(books: Books, words: str, kind: str) -> list[str]:
    from chartcode.books.index import Drug, Neoplasm

    found: tuple[Neoplasm | Drug, ...] = (
        books.index.neoplasms(words) if kind == "neoplasm" else books.index.drugs(words)
    )
    columns = COLUMNS[kind]
    rows = [(", ".join(line.path), *(getattr(line, column) or "-" for column in columns)) for line in found]
    if not rows:
        return []
    rows.insert(0, (kind, *(column.replace("_", " ") for column in columns)))
    widths = [max(len(row[n]) for row in rows) for n in range(len(columns) + 1)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
