"""Rows of services become a release: what the builders of HCPCS, CPT and chargemasters share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.prices import TABLE, Price
from chartcode.books.release import finish, write
from chartcode.books.services import TABLES

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Row:
    """One code: its longest title, a short one, and its first and last day where the file says them."""

    code: str
    title: str
    short: str = ""
    first: date | None = None
    last: date | None = None


def compiled(
    into: Path,
    rows: Iterable[Row],
    meta: Mapping[str, str],
    modifiers: Iterable[tuple[str, str]] = (),
    charged: Iterable[Price] = (),
) -> None:
    """Write a release of services, with charges where a list has them; of two rows of one code the first stands."""
    charged = tuple(charged)
    connection = write(into, (*TABLES, TABLE) if charged else TABLES, dict(meta))
    if charged:
        connection.executemany("INSERT OR IGNORE INTO price VALUES (?, ?, ?, ?)", map(astuple, charged))
    connection.executemany(
        "INSERT OR IGNORE INTO service VALUES (?, ?, ?, ?, ?)",
        (
            (r.code, r.title, r.short, r.first.isoformat() if r.first else "", r.last.isoformat() if r.last else "")
            for r in rows
        ),
    )
    connection.executemany("INSERT OR IGNORE INTO modifier VALUES (?, ?)", modifiers)
    finish(connection)


def stated_year(files: Files, wish: Wish, names: Iterable[str], what: str) -> int:
    """Return the year that the user said, else the one that stands in a file's name or in that of what was given.

    Raises:
        Unsuitable: the release is no ``what`` ("year of CPT"), or nothing says the year.
    """
    if wish.release and not re.fullmatch(r"20\d\d", wish.release):
        raise Unsuitable(f"{wish.release!r} is no {what}; write it like 2026")
    said = wish.year or (int(wish.release) if wish.release else None) or (wish.first.year if wish.first else None)
    if said:
        return said
    for words in (*names, files.origin):
        if found := _YEAR.search(words):
            return int(found[1])
    raise Unsuitable(f"{files.origin} does not say its year; say it with --year, such as --year 2026")
