"""NCCI's add-on codes become a release: which code is never reported without which."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.quarter import meta, quarter_of
from chartcode.books.release import Progress, finish, write

SYSTEM = "addon"

_COLUMNS = {
    "code": r"^add.?on.?code",
    "primary": r"^primary.?code$|^primary.?(cpt|hcpcs|procedure)",
    "kind": r"type",
    "first": r"aoc.*effective|^effective|primary.*eff",
    "last": r"aoc.*deletion|^deletion|primary.*del",
}
_TABLES = (
    (
        "CREATE TABLE addon (code TEXT NOT NULL, primary_code TEXT NOT NULL, kind INTEGER NOT NULL,"
        " first TEXT NOT NULL, last TEXT NOT NULL)"
    ),
    "CREATE INDEX addon_code ON addon (code)",
)
_EXPECTED = "expected CMS's add-on code edits; fetch them again from cms.gov"


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the add-on codes of one quarter.

    Raises:
        Unsuitable: the files are not NCCI's add-on codes.
    """
    progress("reading add-on codes", 0, 1)
    names = files.matching(r"\.(csv|txt|xlsx)$")
    chosen = tuple(n for n in names if not n.lower().endswith(".xlsx")) or names
    rows = set()
    for name in chosen:
        for row in table(files, name, _COLUMNS, ("first", "last")):
            code, primary = row["code"], row["primary"]
            if re.fullmatch(r"[0-9A-Z]{5}", code) and re.fullmatch(r"[0-9A-Z]{5}", primary):
                kind = row["kind"][:1]
                if kind not in ("1", "2", "3"):
                    raise Unsuitable(f"{name} gives {code} the type {row['kind']!r}; {_EXPECTED}")
                rows.add((code, primary, int(kind), _day(row["first"]), _day(row["last"])))
    if not rows:
        raise Unrecognised(f"{files.origin} holds no add-on codes; {_EXPECTED}")
    quarter = quarter_of(files, wish, chosen)
    # The list is yearly, with updates in between: it holds until a later one or the end of the year.
    connection = write(into, _TABLES, meta(files, SYSTEM, quarter) | {"last": date(quarter.year, 12, 31).isoformat()})
    connection.executemany("INSERT INTO addon VALUES (?, ?, ?, ?, ?)", sorted(rows))
    finish(connection)
    progress("reading add-on codes", 1, 1)


def _day(cell: str) -> str:
    """Return a day as 2024-07-01 from 20240701, 2024-07-01 or 07/01/2024; '' where there is none."""
    if found := re.search(r"(\d{4})-?(\d\d)-?(\d\d)", cell):
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    if found := re.search(r"(\d\d?)/(\d\d?)/(\d{4})", cell):
        return date(int(found[3]), int(found[1]), int(found[2])).isoformat()
    return ""
