"""Table 5 of the inpatient payment rule (relative weights of the MS-DRGs) becomes a release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress, finish, write

SYSTEM = "drg-weights"

_COLUMNS = {
    "drg": r"^ms-?drg$",
    "post_acute": r"post-?acute",
    "special": r"special",
    "capped": r"cap applied",
    "weight": r"^weights?( .*before cap.*)?$|^relative weight",
    "geometric": r"geometric",
    "arithmetic": r"arithmetic",
}
_TABLES = (
    (
        "CREATE TABLE weight (drg TEXT PRIMARY KEY, relative REAL NOT NULL, geometric REAL NOT NULL,"
        " arithmetic REAL NOT NULL, post_acute INTEGER NOT NULL, special INTEGER NOT NULL) WITHOUT ROWID"
    ),
)
_YEAR = re.compile(r"FY[ _-]*(20\d\d)", re.IGNORECASE)
_EXPECTED = "expected Table 5 of the IPPS final rule; fetch it again from cms.gov"


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the weights of one fiscal year; where a cap was applied, the capped ones.

    Raises:
        Unsuitable: the file is no Table 5.
    """
    progress("reading DRG weights", 0, 1)
    names = files.matching(r"\.(txt|csv|xlsx)$")
    chosen = tuple(n for n in names if n.lower().endswith((".txt", ".csv"))) or names
    rows: dict[str, tuple[str, float, float, float, int, int]] = {}
    for name in chosen:
        for row in _rows(files, name):
            rows[row[0]] = row
    if not rows:
        raise Unrecognised(f"{files.origin} holds no weights of MS-DRGs; {_EXPECTED}")
    year = _fiscal_year(files, chosen, wish)
    told = {
        "system": SYSTEM,
        "version": f"FY{year}",
        "first": date(year - 1, 10, 1).isoformat(),
        "last": date(year, 9, 30).isoformat(),
        "source": files.origin,
        "sha256": files.sha256,
        "licence": "public domain (CMS)",
    }
    connection = write(into, _TABLES, told)
    connection.executemany("INSERT INTO weight VALUES (?, ?, ?, ?, ?, ?)", sorted(rows.values()))
    finish(connection)
    progress("reading DRG weights", 1, 1)


def _rows(files: Files, name: str) -> Iterator[tuple[str, float, float, float, int, int]]:
    for row in table(files, name, _COLUMNS, ("post_acute", "special", "capped", "weight")):
        drg = row["drg"].zfill(3)
        figures = [row["capped"] or row["weight"], row["geometric"], row["arithmetic"]]
        if not re.fullmatch(r"\d{3}", drg) or not all(re.fullmatch(r"\d+\.?\d*", figure) for figure in figures):
            continue  # a remark under the table, or a DRG without a weight (998, 999)
        relative, geometric, arithmetic = map(float, figures)
        yield drg, relative, geometric, arithmetic, int(row["post_acute"] == "Yes"), int(row["special"] == "Yes")


def _fiscal_year(files: Files, names: tuple[str, ...], wish: Wish) -> int:
    texts = (files.text(name)[:2_000] for name in names if not name.lower().endswith(".xlsx"))
    for words in (wish.release or "", f"FY{wish.year}" if wish.year else "", *names, files.origin, *texts):
        if found := _YEAR.search(words):
            return int(found[1])
    raise Unsuitable(f"{files.origin} does not say its fiscal year; say it with --year")
