"""NCCI's medically unlikely edits become a release: three tables a quarter, in text or workbooks.

Each file is of one kind of claim (practitioner, outpatient hospital, supplier of equipment), which the heading of its
units says, a column, or the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.ncci import DME, HOSPITAL, PRACTITIONER
from chartcode.books.quarter import meta, quarter_of
from chartcode.books.release import Progress, finish, write

SYSTEM = "mue"

_SETTINGS = (
    (DME, re.compile(r"dme|supplier", re.IGNORECASE)),
    (HOSPITAL, re.compile(r"hosp|outp|(?<![a-z])out(?![a-z])", re.IGNORECASE)),
    (PRACTITIONER, re.compile(r"prac|physician", re.IGNORECASE)),
)
_COLUMNS = {
    "code": r"^hcpcs|^cpt|code",
    "units": r"mue.*(value|unit)",
    "indicator": r"adjudication|mai",
    "rationale": r"rationale",
    "service": r"service$",
}
_TABLES = (
    (
        "CREATE TABLE mue (setting TEXT NOT NULL, code TEXT NOT NULL, units INTEGER NOT NULL,"
        " indicator INTEGER NOT NULL, rationale TEXT NOT NULL, PRIMARY KEY (setting, code)) WITHOUT ROWID"
    ),
)
_EXPECTED = "expected CMS's MUE tables; fetch them again from cms.gov"
Row = tuple[str, str, int, int, str]


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the tables of one quarter that were given together.

    Raises:
        Unsuitable: the files are not MUE tables.
    """
    names = files.matching(r"mue.*\.(csv|txt|xlsx)$") or files.matching(r"\.(csv|txt|xlsx)$")
    # A zip holds each table as text and as a workbook: one of them is enough.
    texts = tuple(n for n in names if not n.lower().endswith(".xlsx"))
    found: dict[tuple[str, str], Row] = {}
    chosen = texts or names
    for done, name in enumerate(chosen):
        progress("reading MUE tables", done, len(chosen))
        for row in _rows(files, name, wish):
            found[row[0], row[1]] = row
    if not found:
        raise Unrecognised(f"{files.origin} holds no units of codes; {_EXPECTED}")
    parts = {"parts": " ".join(sorted({setting for setting, _ in found}))}
    connection = write(into, _TABLES, meta(files, SYSTEM, quarter_of(files, wish, chosen)) | parts)
    connection.executemany("INSERT INTO mue VALUES (?, ?, ?, ?, ?)", sorted(found.values()))
    finish(connection)
    progress("reading MUE tables", len(chosen), len(chosen))


def _rows(files: Files, name: str, wish: Wish) -> Iterator[Row]:
    head = files.text(name)[:3_000] if not name.lower().endswith(".xlsx") else ""
    of_file = wish.options.get("setting") or _setting(name.rpartition("/")[2]) or _setting(_heading(head))
    for row in table(files, name, _COLUMNS, ("rationale", "service")):
        if not re.fullmatch(r"[0-9A-Z]{5}", row["code"]):
            continue
        setting = _setting(row["service"]) or of_file
        if not setting:
            raise Unsuitable(
                f"{name} does not say whose units it gives; say --set setting=practitioner (hospital, dme)"
            )
        units, indicator = row["units"], row["indicator"][:1]
        if not units.isdigit() or indicator not in ("1", "2", "3"):
            raise Unsuitable(f"{name} gives {row['code']} {units!r} units by {row['indicator']!r}; {_EXPECTED}")
        yield setting, row["code"], int(units), int(indicator), row["rationale"]


def _heading(head: str) -> str:
    return next((line for line in head.split("\n") if re.search(r"mue.*(value|unit)", line, re.IGNORECASE)), "")


def _setting(words: str) -> str:
    return next((setting for setting, pattern in _SETTINGS if pattern.search(words)), "")
