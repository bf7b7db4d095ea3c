"""The relative value file of the Medicare Physician Fee Schedule (PPRRVU) becomes a release.

CMS stacks the headings of its file over several lines, so its layout is known by the first three (HCPCS, MOD,
DESCRIPTION) and read by place; the descriptions are the AMA's and are left out. Extracts with one line of headings are
read by what these say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, fields
from pathlib import Path

from chartcode.books.build.sheets import sheet, table
from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.pfs import Indicators
from chartcode.books.quarter import Quarter, meta, quarter_of
from chartcode.books.release import Progress, finish, write

SYSTEM = "pfs"

_LAYOUT = (
    *("code", "modifier", "", "status", "", "work", "", "", "", "", "", "nonfacility", "facility", "pctc"),
    *("global_days", "pre", "intra", "post", "multiple", "bilateral", "assistant", "co", "team", "base", "factor"),
)
"""What CMS's own file has in each of its first columns; those without a name are not kept."""

_HEADINGS = {
    "code": r"^hcpcs(_code)?$",
    "modifier": r"^mod$",
    "status": r"^status(_code)?$",
    "pctc": r"^pctc",
    "global_days": r"^glob",
    "pre": r"^pre_?op",
    "intra": r"^intra_?op",
    "post": r"^post_?op",
    "multiple": r"^mult",
    "bilateral": r"^bilat",
    "assistant": r"^asst",
    "co": r"^co_surg",
    "team": r"^team",
    "base": r"^endo",
    "work": r"^(work_rvu|rvu_work)$",
    "nonfacility": r"^(non_facility_total|rvu_non_sum)$",
    "facility": r"^(facility_total|rvu_fac_sum)$",
    "factor": r"^(conv_factor|cf)$",
}
_INDICATORS = ("status", "pctc", "global_days", "multiple", "bilateral", "assistant", "co", "team")
_AMOUNTS = ("work", "nonfacility", "facility", "factor", "pre", "intra", "post")
_TABLES = (
    (
        "CREATE TABLE pfs (code TEXT NOT NULL, modifier TEXT NOT NULL, status TEXT, pctc TEXT, global_days TEXT,"
        " pre REAL, intra REAL, post REAL, multiple TEXT, bilateral TEXT, assistant TEXT, co TEXT, team TEXT,"
        " base TEXT, work REAL, nonfacility REAL, facility REAL, factor REAL,"
        " PRIMARY KEY (code, modifier)) WITHOUT ROWID"
    ),
)
_EXPECTED = "expected CMS's relative value file (PPRRVU); fetch it again from cms.gov"
_RELEASED = re.compile(r"rvu(?:20)?(\d\d)_?([a-d]|jan|apr|jul|oct)", re.IGNORECASE)
_QUARTERS = {"a": 1, "jan": 1, "b": 2, "apr": 2, "c": 3, "jul": 3, "d": 4, "oct": 4}


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the schedule of one quarter.

    Raises:
        Unsuitable: the files hold no relative values with payment indicators.
    """
    progress("reading the fee schedule", 0, 1)
    names = files.matching(r"rvu.*\.(csv|txt|xlsx)$") or files.matching(r"\.(csv|txt|xlsx)$")
    chosen = tuple(n for n in names if n.lower().endswith(".csv")) or names
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name in chosen:
        for row in _rows(files, name):
            if re.fullmatch(r"[0-9A-Z]{5}", row["code"]):
                kept = found.setdefault((row["code"], row["modifier"]), {})
                kept.update({key: value for key, value in row.items() if value})
    rows = [_indicators(row) for row in found.values() if row.get("status")]
    if not rows:
        raise Unrecognised(f"{files.origin} holds no rows with payment indicators; {_EXPECTED}")
    connection = write(into, _TABLES, meta(files, SYSTEM, _quarter(files, wish, chosen)))
    places = ", ".join("?" * len(fields(Indicators)))
    connection.executemany(f"INSERT INTO pfs VALUES ({places})", sorted(map(astuple, rows)))  # noqa: S608 - question marks
    finish(connection)
    progress("reading the fee schedule", 1, 1)


def _quarter(files: Files, wish: Wish, names: tuple[str, ...]) -> Quarter:
    if not wish.release and not wish.first:
        for name in (*names, files.origin):
            if found := _RELEASED.search(name.rpartition("/")[2]):
                return Quarter(2000 + int(found[1]), _QUARTERS[found[2].lower()])
    return quarter_of(files, wish, names)


def _rows(files: Files, name: str) -> Iterator[Mapping[str, str]]:
    rows = sheet(files, name)
    for n, row in enumerate(rows):
        if [cell.upper()[:4] for cell in row[:3]] == ["HCPC", "MOD", "DESC"] and len(row) >= len(_LAYOUT):
            for cells in rows:
                if len(cells) >= len(_LAYOUT):
                    yield {ours: cell for ours, cell in zip(_LAYOUT, cells, strict=False) if ours}
            return
        if n > 30:
            break
    optional = tuple(key for key in _HEADINGS if key not in ("code", "modifier"))
    yield from table(files, name, _HEADINGS, optional)


def _indicators(row: Mapping[str, str]) -> Indicators:
    values: dict[str, str | float] = {}
    for column in fields(Indicators):
        cell = row.get(column.name, "")
        if column.name in _AMOUNTS:
            values[column.name] = _number(cell, row["code"])
        else:
            values[column.name] = cell.zfill(3) if column.name == "global_days" and cell.isdigit() else cell
    return Indicators(**values)  # type: ignore[arg-type]  # each by its column's kind, as above


def _number(cell: str, code: str) -> float:
    try:
        return float(cell or 0)
    except ValueError:
        raise Unsuitable(f"the fee schedule gives {code} the amount {cell!r}; {_EXPECTED}") from None
