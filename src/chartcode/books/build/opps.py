"""Addendum B of the hospital outpatient payment system becomes a release: the status indicator of each code."""

from __future__ import annotations

import re
from pathlib import Path

from chartcode.books.build.sheets import table
from chartcode.books.files import Files, Unrecognised, Wish
from chartcode.books.quarter import meta, quarter_of
from chartcode.books.release import Progress, finish, write

SYSTEM = "opps"

_COLUMNS = {"code": r"^hcpcs", "status": r"^(si|status.?indicator)$", "rate": r"^payment.?rate", "quarter": r"^source$"}
_TABLES = ("CREATE TABLE opps (code TEXT PRIMARY KEY, status TEXT NOT NULL, rate REAL) WITHOUT ROWID",)
_EXPECTED = "expected Addendum B of the OPPS; fetch it again from cms.gov"


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the addendum of one quarter.

    Raises:
        Unsuitable: the file is no Addendum B.
    """
    progress("reading Addendum B", 0, 1)
    names = files.matching(r"addendum.?b.*\.(csv|txt|xlsx)$") or files.matching(r"\.(csv|txt|xlsx)$")
    chosen = tuple(n for n in names if n.lower().endswith(".csv")) or names
    rows: dict[str, tuple[str, str, float | None]] = {}
    for name in chosen:
        for row in table(files, name, _COLUMNS, ("rate", "quarter")):
            if re.fullmatch(r"[0-9A-Z]{5}", row["code"]) and re.fullmatch(r"[A-Z][0-9]?", row["status"]):
                rate = row["rate"].replace("$", "").replace(",", "")
                rows[row["code"]] = row["code"], row["status"], float(rate) if re.fullmatch(r"[\d.]+", rate) else None
    if not rows:
        raise Unrecognised(f"{files.origin} holds no codes with status indicators; {_EXPECTED}")
    connection = write(into, _TABLES, meta(files, SYSTEM, quarter_of(files, wish, chosen)))
    connection.executemany("INSERT INTO opps VALUES (?, ?, ?)", (rows[code] for code in sorted(rows)))
    finish(connection)
    progress("reading Addendum B", 1, 1)
