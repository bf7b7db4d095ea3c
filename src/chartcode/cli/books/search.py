"""``chartcode books search``: the entries that words mean, in all books, the one that is wanted first."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, day, say, today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chartcode.books.search import Hit

SYSTEMS = ("icd10cm", "icd10pcs", "hcpcs", "cpt")
LIMIT, MOST = 20, 1_000


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the act."""
    verb = acts.add_parser(
        "search",
        help="find the entry that words mean",
        description="Find entries of all books by words in any order (the last may be half typed), by abbreviations, "
        "by what patients say, by misspelt words, or by a code or its beginning. One entry a line, code first, best "
        "first. Shown is what may be reported on the day; a code that was typed whole is shown even where it may not.",
    )
    verb.add_argument("words", nargs="+", metavar="WORD", help="heart attack; copd exac; pnuemonia; e1142; 0DTJ")
    verb.add_argument("--system", choices=SYSTEMS, help="search in one system alone")
    verb.add_argument("--limit", type=_limit, default=LIMIT, metavar="N", help=f"at most N entries (default: {LIMIT})")
    verb.add_argument(
        "--format",
        choices=("table", "jsonl"),
        default="table",
        help="a table, or one JSON object a line with code, system, title, valid, starter (default: table)",
    )
    verb.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day whose books are asked (default: today)")
    verb.set_defaults(run=run)


def _limit(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to {MOST}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Print what was found."""
    from chartcode.cli.shelf import open_shelf, require_books

    shelf = open_shelf()
    require_books(shelf, options.date)
    books = shelf.at(options.date or today())
    words = " ".join(options.words)
    hits = books.search(words, system=options.system, limit=options.limit)
    if not hits:
        say(f"nothing is found for {words} on {books.day}; use fewer or other words")
        return DATA
    print("\n".join(_json(hits) if options.format == "jsonl" else _table(hits)))
    return OK


def _json(hits: Sequence[Hit]) -> list[str]:
    return [
        json.dumps(
            {"code": h.code, "system": h.system, "title": h.title, "valid": h.valid, "starter": h.starter},
            ensure_ascii=False,
        )
        for h in hits
    ]


def _table(hits: Sequence[Hit]) -> list[str]:
    code, system = (max(len(getattr(hit, name)) for hit in hits) for name in ("code", "system"))
    return [f"{h.code:{code}}  {h.system:{system}}  {h.title or '(no title)'}{_marks(h)}" for h in hits]


def _marks(hit: Hit) -> str:
    told = [*(() if hit.valid else ("not reportable",)), *(("starter",) if hit.starter else ())]
    return f" [{', '.join(told)}]" if told else ""
