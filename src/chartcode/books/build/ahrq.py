"""What the builders of AHRQ's classifications share: their workbooks, their editions, the tables of a release."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.release import finish, write

TABLES = (
    "CREATE TABLE category (code TEXT PRIMARY KEY, title TEXT NOT NULL, needs_poa INTEGER NOT NULL) WITHOUT ROWID",
    (
        "CREATE TABLE member (diagnosis TEXT NOT NULL, place INTEGER NOT NULL, category TEXT NOT NULL,"
        " inpatient INTEGER NOT NULL, outpatient INTEGER NOT NULL, PRIMARY KEY (diagnosis, place)) WITHOUT ROWID"
    ),
)
_EDITION = re.compile(r"v?(20\d\d)[-._](\d)")
Member = tuple[str, int, str, int, int]
"""Diagnosis without its dot, place, category, and whether it is the default for inpatients and for outpatients."""


def rows(files: Files, name: str, first: str, others: Sequence[str] = ()) -> Iterator[list[str]]:
    """Yield the rows under the headings of a workbook's sheet: the sheet and line whose first cell has a pattern.

    The line of headings itself comes first. ``others`` are patterns that further cells of it have to match.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only when compiling

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(files.read(name)))
        sheets = [book.get_sheet_by_name(title).to_python(skip_empty_area=True) for title in book.sheet_names]
    except CalamineError as fault:
        raise Unsuitable(f"{name} cannot be read as a workbook ({fault}); fetch it again from AHRQ") from None
    for sheet in sheets:
        for n, row in enumerate(sheet[:20]):
            cells = [" ".join(str(cell).split()) for cell in row]
            if re.search(first, cells[0] if cells else "", re.IGNORECASE) and all(
                any(re.search(pattern, cell, re.IGNORECASE) for cell in cells) for pattern in others
            ):
                yield cells
                yield from ([" ".join(str(cell).split()) for cell in body] for body in sheet[n + 1 :])
                return


def edition(files: Files, wish: Wish) -> str:
    """Return the edition that a file's name states (``v2026-1``), or that the user said, as ``2026.1``.

    Raises:
        Unsuitable: nobody says it.
    """
    for words in (wish.release or "", *(name.rpartition("/")[2] for name in files.names), files.origin):
        if found := _EDITION.search(words):
            return f"{found[1]}.{found[2]}"
    raise Unsuitable(f"{files.origin} does not say its edition; say it with --release, such as 2026.1")


def release(
    into: Path, meta: dict[str, str], categories: Iterable[tuple[str, str, int]], members: Iterable[Member]
) -> None:
    """Write a release of one classification."""
    connection = write(into, TABLES, meta)
    connection.executemany("INSERT OR IGNORE INTO category VALUES (?, ?, ?)", sorted(categories))
    connection.executemany("INSERT OR IGNORE INTO member VALUES (?, ?, ?, ?, ?)", sorted(members))
    finish(connection)


def meta(system: str, version: str, source: str, sha256: str) -> dict[str, str]:
    """Return the provenance of an edition; it covers all codes since ICD-10-CM began."""
    return {
        "system": system,
        "version": version,
        "first": "2015-10-01",
        "source": source,
        "sha256": sha256,
        "licence": "public domain (AHRQ, Healthcare Cost and Utilization Project)",
    }
