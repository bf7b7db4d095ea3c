"""NCCI's procedure-to-procedure edits become a release.

CMS gives them in several zips a quarter, tab-delimited text under header lines with the AMA's notice: column 1, column
2, in existence before 1996, effective date, deletion date, modifier indicator, rationale. Extracts without the
effective date, or separated by commas, are taken too; then an edit holds from the beginning.

Four million pairs are kept as one row a column 1 code and setting: its column 2 codes as sorted numbers, and beside
them first day, last day, modifier and rationale, nine bytes a pair.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from chartcode.books.files import Files, Unrecognised, Unsuitable, Wish
from chartcode.books.ncci import HOSPITAL, MOST_RATIONALES, NO_DAY, PRACTITIONER, packed_day
from chartcode.books.quarter import meta, quarter_of
from chartcode.books.release import Progress, finish, write

SYSTEM = "ncci-ptp"

_SETTINGS = (
    (PRACTITIONER, re.compile(r"ccipra|prac|physician", re.IGNORECASE)),
    (HOSPITAL, re.compile(r"ccioph|hosp|outp|(?<![a-z])out(?![a-z])", re.IGNORECASE)),
)
_ROW = re.compile(r"[0-9A-Z]{5}[\t,][0-9A-Z]{5}[\t,]")
_TABLES = (
    (
        "CREATE TABLE ptp (setting TEXT NOT NULL, col1 TEXT NOT NULL, pairs INTEGER NOT NULL, edits BLOB NOT NULL,"
        " PRIMARY KEY (setting, col1))"
    ),
    "CREATE TABLE rationale (number INTEGER PRIMARY KEY, words TEXT NOT NULL)",
)
_EXPECTED = "expected CMS's NCCI PTP edit files (text, tab-delimited); fetch them again from cms.gov"


@dataclass(slots=True)
class Column:
    """The edits of one column 1 code: four arrays of equal length."""

    codes: array[int] = field(default_factory=lambda: array("I"))
    firsts: array[int] = field(default_factory=lambda: array("H"))
    lasts: array[int] = field(default_factory=lambda: array("H"))
    kinds: array[int] = field(default_factory=lambda: array("B"))

    def blob(self) -> bytes:
        """Return the arrays one after another, sorted by column 2 code, then by last day with the open one last."""
        codes, firsts, lasts, kinds = (
            np.frombuffer(a, dtype=a.typecode) for a in (self.codes, self.firsts, self.lasts, self.kinds)
        )
        order = np.lexsort((lasts.astype(np.int32) - 1 & 0xFFFF, codes))  # no day (0) sorts after all days
        return b"".join(part[order].tobytes() for part in (codes, firsts, lasts, kinds))


def build(files: Files, into: Path, wish: Wish, progress: Progress) -> None:
    """Compile the edits of one quarter; both settings may be given together, or one alone.

    Raises:
        Unsuitable: the files are not NCCI PTP edits.
    """
    texts = files.matching(r"\.(txt|csv)$")
    names = tuple(name for name in texts if _setting(name, wish))
    if not names:
        raise Unrecognised(f"{files.origin} holds no text file whose name says practitioner or hospital; {_EXPECTED}")
    quarter = quarter_of(files, wish, names)
    columns: dict[tuple[str, str], Column] = {}
    rationales: dict[str, int] = {}
    for done, name in enumerate(names):
        progress(f"reading {SYSTEM}", done, len(names))
        before = len(columns)
        _read(files.text(name), name, _setting(name, wish), columns, rationales)
        if len(columns) == before and not columns:
            raise Unsuitable(f"{name} holds no rows of edits; {_EXPECTED}")
    if len(rationales) > MOST_RATIONALES:
        raise Unsuitable(f"{files.origin} gives {len(rationales)} rationales, where CMS has a dozen; {_EXPECTED}")
    parts = " ".join(sorted({setting for setting, _ in columns}))
    connection = write(into, _TABLES, meta(files, SYSTEM, quarter) | {"parts": parts})
    connection.executemany("INSERT INTO rationale VALUES (?, ?)", ((n, why) for why, n in rationales.items()))
    connection.executemany(
        "INSERT INTO ptp VALUES (?, ?, ?, ?)",
        ((setting, col1, len(column.codes), column.blob()) for (setting, col1), column in sorted(columns.items())),
    )
    finish(connection)
    progress(f"reading {SYSTEM}", len(names), len(names))


def _read(
    text: str, name: str, setting: str, columns: dict[tuple[str, str], Column], rationales: dict[str, int]
) -> None:
    """Add the rows of a file to the columns."""
    for col1, col2, first, last, modifier, why in _rows(text, name):
        column = columns.setdefault((setting, col1), Column())
        column.codes.append(int(col2, 36))
        column.firsts.append(first)
        column.lasts.append(last)
        number = rationales.setdefault(why, len(rationales))
        column.kinds.append(_MODIFIERS[modifier] * MOST_RATIONALES + min(number, MOST_RATIONALES - 1))


_MODIFIERS = {"0": 0, "1": 1, "9": 2}
_INDICATORS = {indicator: indicator for indicator in _MODIFIERS}


def _setting(name: str, wish: Wish) -> str:
    """Return whose edits a file holds, by its name or by what the user said, or ''."""
    last = name.rpartition("/")[2]
    return wish.options.get("setting") or next((s for s, pattern in _SETTINGS if pattern.search(last)), "")


def _rows(text: str, name: str) -> Iterator[tuple[str, str, int, int, str, str]]:
    """Yield column 1, column 2, first and last day as numbers, modifier indicator and rationale of each row."""
    days: dict[str, int] = {"": NO_DAY, "*": NO_DAY}
    start = 0
    columns: tuple[int, int, int, int] | None = None
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = text[start:end]
        start = end + 1
        if not _ROW.match(line):
            continue
        cells = line.split("\t" if line[5] == "\t" else ",")
        if columns is None:
            columns = _columns(cells, name)
        first, last, modifier, why = columns
        try:
            yield (
                cells[0],
                cells[1],
                _day(cells[first], days) if first >= 0 else NO_DAY,
                _day(cells[last], days),
                _INDICATORS[cells[modifier].strip()],
                cells[why].strip().strip('"') if why < len(cells) else "",
            )
        except (IndexError, KeyError, ValueError):
            raise Unsuitable(f"{name} has a row that is no edit: {line[:60]!r}; {_EXPECTED}") from None


def _columns(cells: list[str], name: str) -> tuple[int, int, int, int]:
    """Return where effective date (-1 if nowhere), deletion date, modifier and rationale stand in a row."""
    modifier = next((n for n in range(2, len(cells)) if cells[n].strip() in _MODIFIERS and n >= 3), -1)
    if modifier == 5:  # the official seven: pair, before 1996, effective, deletion, modifier, rationale
        return 3, 4, 5, 6
    if modifier == 4:  # without the mark of 1996
        return 2, 3, 4, 5
    if modifier == 3:  # an extract without the effective date
        return -1, 2, 3, 4
    raise Unsuitable(f"{name} has rows of {len(cells)} columns that are no edits; {_EXPECTED}")


def _day(cell: str, days: dict[str, int]) -> int:
    """Return a day (20240701 or 2024-07-01) as a number; most cells repeat one of a few hundred."""
    known = days.get(cell)
    if known is None:
        bare = cell.strip().replace("-", "")
        never = not bare.strip("*") or bare.startswith("9999")  # "no data", and the last day of all days
        number = NO_DAY if never else packed_day(date(int(bare[:4]), int(bare[4:6]), int(bare[6:8])))
        known = days[cell] = number
    return known
