"""The conversion table of ICD-10-CM becomes a release: which code took the place of which, and from which day.

Source: ``icd-10-cm-conversion-table-FYyyyy`` of the National Center for Health Statistics, a workbook or a text with
the columns "Current code assignment", "Effective" (a year means 1 October of it) and "Previous code(s) assignment".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from chartcode.books.build.edition import recognised
from chartcode.books.build.sheets import sheet, table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.release import Progress, finish, write
from chartcode.model.code import CATEGORY, dotted

SYSTEM = "conversion"
LABEL = "installing the ICD-10-CM conversion table"

TABLES = (
    (
        "CREATE TABLE conversion (old TEXT NOT NULL, new TEXT NOT NULL, day INTEGER NOT NULL,"
        " together INTEGER NOT NULL, PRIMARY KEY (old, new, day)) WITHOUT ROWID"
    ),
    "CREATE INDEX conversion_new ON conversion (new)",
)

_COLUMNS = {"new": r"^current code", "from": r"^effective", "old": r"^previous code"}
_CODE = re.compile(rf"\b{CATEGORY}(?:\.?[0-9A-Z]{{1,4}})?\b")
"""The workbook of FY2026 has a code without its dot."""
_FEWEST = 1_500


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Write the release of the one conversion table among the files.

    Raises:
        Unrecognised: there is none.
        Unsuitable: columns are missing, codes or days cannot be read, or it is cut short.
    """
    names = files.matching(r"conver.*\.(xlsx|xls|csv|txt)$")
    if not names:
        raise Unrecognised(
            f"{files.origin} holds no conversion table; expected a workbook or text named like"
            " icd-10-cm-conversion-table-FY2026.xlsx"
        )
    progress(LABEL, 0, 2)
    # A workbook and a text of the same table come together; the workbook has the days.
    name = min(names, key=lambda n: (".xls" not in n.lower(), n))
    rows = sorted(set(_rows(files, name)))
    if len(rows) < _FEWEST:
        raise Unsuitable(
            f"{name} holds {len(rows):,} conversions, fewer than any since FY2016: it is cut short; fetch it again"
        )
    notice = " ".join(" ".join(row) for _, row in zip(range(2), sheet(files, name), strict=False))
    stated = re.search(r"\bFY\s*(20\d\d)", notice)
    edition = recognised(files.full(name), wish, int(stated[1]) if stated else None)
    latest = max(day for _, _, day, _ in rows)
    if latest > int(f"{edition.version[2:6]}0930"):
        raise Unsuitable(
            f"{name} has conversions of {latest}, after the end of {edition.version}; it is of a later year"
        )
    progress(LABEL, 1, 2)
    meta = {
        "system": SYSTEM,
        "version": edition.version,
        "first": edition.first.isoformat(),
        "last": f"{edition.version[2:6]}-09-30",
        "source": files.full(name),
        "sha256": sha256(files.read(name)).hexdigest(),
        "licence": "public domain (NCHS and CMS)",
        "conversions": str(len(rows)),
    }
    connection = write(into, TABLES, meta)
    connection.executemany("INSERT INTO conversion VALUES (?, ?, ?, ?)", rows)
    finish(connection)
    progress(LABEL, 2, 2)


def _rows(files: Files, name: str) -> Iterator[tuple[str, str, int, bool]]:
    """Yield old code, new code, first day of the new, whether the old ones stood together for what the new one says."""
    for row in table(files, name, _COLUMNS):
        new = _CODE.fullmatch(row["new"])
        if new is None:
            if row["new"]:
                raise Unsuitable(f"{name} has {row['new']!r} where a code is expected; fetch it again")
            continue
        day = _day(row["from"], name)
        for old in _CODE.findall(row["old"]):
            yield dotted(old), dotted(row["new"]), day, " and " in row["old"]


def _day(cell: str, name: str) -> int:
    """Return a day as yyyymmdd; a year alone means 1 October of it, as the table says at its head."""
    if re.fullmatch(r"20\d\d", cell):
        return int(f"{cell}1001")
    try:
        return int(f"{date.fromisoformat(cell[:10]):%Y%m%d}")
    except ValueError:
        pass
    if found := re.fullmatch(r"(\d\d?)/(\d\d?)/(20\d\d)", cell):
        return int(f"{found[3]}{int(found[1]):02}{int(found[2]):02}")
    raise Unsuitable(f"{name} has {cell!r} where a year or day is expected; fetch it again")
