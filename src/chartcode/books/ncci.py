"""What one may ask of the National Correct Coding Initiative for a day: pairs, units and add-on codes.

CMS publishes the edits every quarter, for practitioners, for outpatient hospitals and (units) for suppliers of
equipment; all of them are the user's to install, since they list CPT codes. A book that is not installed is None, so
that nobody can take its silence for a pass.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

from chartcode.books.release import Database

PRACTITIONER = "practitioner"
HOSPITAL = "hospital"
DME = "dme"
SETTINGS = (PRACTITIONER, HOSPITAL, DME)

DENIED, ALLOWED, NOT_APPLICABLE = "0", "1", "9"
_MODIFIERS = (DENIED, ALLOWED, NOT_APPLICABLE)

LINE, DAY_ABSOLUTE, DAY = 1, 2, 3
"""MUE adjudication indicators: the units of a line; of a day, by policy; of a day, by clinical benchmark."""

ANY_PRIMARY = "CCCCC"
"""What stands for the primary code of an add-on code that a contractor pairs as it sees fit."""

MOST_RATIONALES = 64
NO_DAY = 0
_EPOCH = date(1990, 1, 1)


def packed_day(day: date) -> int:
    """Return a day as a number of 16 bits, from 1990-01-01; days outside fall on the edge."""
    return min(max((day - _EPOCH).days + 1, 1), 0xFFFF)


def unpacked_day(number: int) -> date | None:
    """Return the day of a number, or None for ``NO_DAY``."""
    return None if number == NO_DAY else _EPOCH + timedelta(days=number - 1)


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit: column 2 is not paid beside column 1, on the same day, for the same patient, by the same provider.

    ``modifier`` is 0 (never), 1 (an NCCI modifier may part the two) or 9 (the edit does not apply); ``first`` is None
    where the file does not say, ``last`` where the edit goes on.
    """

    column1: str
    column2: str
    first: date | None
    last: date | None
    modifier: str
    rationale: str


@dataclass(frozen=True, slots=True)
class Limit:
    """The most units of a code (MUE), how they are counted (``LINE``, ``DAY_ABSOLUTE``, ``DAY``), and why."""

    units: int
    indicator: int
    rationale: str


@dataclass(frozen=True, slots=True)
class _Column:
    """The edits of one column 1 code: column 2 codes as numbers, sorted, and beside them what holds of each."""

    codes: array[int]
    firsts: array[int]
    lasts: array[int]
    kinds: bytes


class Pairs:
    """The procedure-to-procedure edits of one quarter; pairs are looked up in the order column 1, column 2."""

    def __init__(self, pages: Database) -> None:
        """Take the opened release."""
        self._pages = pages
        self._why: dict[int, str] = dict(pages.all("SELECT number, words FROM rationale"))
        self.settings = frozenset(row[0] for row in pages.all("SELECT DISTINCT setting FROM ptp"))
        self._column = lru_cache(maxsize=2_048)(self._read)

    def edit(self, column1: str, column2: str, setting: str, day: date) -> Edit | None:
        """Return the edit of a pair that is in force on a day, or None."""
        number = packed_day(day)
        for at, column in self._places(column1, column2, setting):
            last = column.lasts[at]
            if column.firsts[at] <= number and (last == NO_DAY or number <= last):
                return self._edit(column1, column2, column, at)
        return None

    def between(self, a: str, b: str, setting: str, day: date) -> Edit | None:
        """Return the edit between two codes, whichever is column 1."""
        return self.edit(a, b, setting, day) or self.edit(b, a, setting, day)

    def among(self, codes: Iterable[str], setting: str, day: date) -> Iterator[Edit]:
        """Yield every edit in force on a day between two of several codes; a thousand codes are no trouble."""
        numbers = {int(code, 36): code for code in codes if len(code) == 5 and code.isalnum() and code.isascii()}
        wanted = frozenset(numbers)
        for column1 in numbers.values():
            column = self._column(setting, column1)
            for number in sorted(wanted.intersection(column.codes)) if column else ():
                found = self.edit(column1, numbers[number], setting, day)
                if found:
                    yield found

    def history(self, column1: str, column2: str, setting: str) -> tuple[Edit, ...]:
        """Return all edits that the file has of a pair, those that ended first."""
        places = self._places(column1, column2, setting)
        return tuple(self._edit(column1, column2, column, at) for at, column in places)

    def beside(self, column1: str, setting: str, day: date) -> tuple[Edit, ...]:
        """Return the edits of a column 1 code in force on a day."""
        column = self._column(setting, column1)
        number = packed_day(day)
        if column is None:
            return ()
        return tuple(
            self._edit(column1, _code(code), column, at)
            for at, code in enumerate(column.codes)
            if column.firsts[at] <= number and (column.lasts[at] == NO_DAY or number <= column.lasts[at])
        )

    def _places(self, column1: str, column2: str, setting: str) -> Iterator[tuple[int, _Column]]:
        column = self._column(setting, column1)
        if column is None or len(column2) != 5 or not column2.isalnum() or not column2.isascii():
            return
        wanted = int(column2, 36)
        at = bisect_left(column.codes, wanted)
        while at < len(column.codes) and column.codes[at] == wanted:
            yield at, column
            at += 1

    def _edit(self, column1: str, column2: str, column: _Column, at: int) -> Edit:
        modifier, why = divmod(column.kinds[at], MOST_RATIONALES)
        first, last = unpacked_day(column.firsts[at]), unpacked_day(column.lasts[at])
        return Edit(column1, column2, first, last, _MODIFIERS[modifier], self._why[why])

    def _read(self, setting: str, column1: str) -> _Column | None:
        row = self._pages.one("SELECT pairs, edits FROM ptp WHERE setting = ? AND col1 = ?", (setting, column1))
        if row is None:
            return None
        pairs, blob = row
        parts = [array("I"), array("H"), array("H")]
        at = 0
        for part in parts:
            size = pairs * part.itemsize
            part.frombytes(blob[at : at + size])
            if sys.byteorder == "big":
                part.byteswap()
            at += size
        return _Column(parts[0], parts[1], parts[2], blob[at:])


class Units:
    """The medically unlikely edits of one quarter: the most units of a code that a table lets pass."""

    def __init__(self, pages: Database) -> None:
        """Take the opened release."""
        self._pages = pages
        self.settings = frozenset(row[0] for row in pages.all("SELECT DISTINCT setting FROM mue"))
        self.limit = lru_cache(maxsize=10_000)(self._limit)

    def _limit(self, code: str, setting: str) -> Limit | None:
        """Return the limit of a code in a table (practitioner, hospital, dme), or None where it has none."""
        row = self._pages.one(
            "SELECT units, indicator, rationale FROM mue WHERE setting = ? AND code = ?", (setting, code)
        )
        return Limit(*row) if row else None


class AddOns:
    """Add-on codes: what is never reported without the service that it adds to."""

    def __init__(self, pages: Database) -> None:
        """Take the opened release."""
        self._pages = pages
        self.primaries = lru_cache(maxsize=10_000)(self._primaries)

    def _primaries(self, code: str, day: date) -> frozenset[str]:
        """Return the codes that an add-on code goes with on a day; empty where the code is no add-on.

        ``ANY_PRIMARY`` among them says that the contractor decides which codes it goes with.
        """
        rows = self._pages.all(
            "SELECT primary_code FROM addon WHERE code = ? AND first <= ? AND (last = '' OR last >= ?)",
            (code, day.isoformat(), day.isoformat()),
        )
        return frozenset(row[0] for row in rows)


@dataclass(frozen=True)
class NCCI:
    """The three books of a day; each is None where it is not installed for that day."""

    pairs: Pairs | None = None
    units: Units | None = None
    addons: AddOns | None = None

    SYSTEMS: ClassVar[tuple[str, ...]] = ("ncci-ptp", "mue", "addon")

    @classmethod
    def of(cls, pairs: Database | None, units: Database | None, addons: Database | None) -> NCCI:
        """Take the opened release of each system, None where none is installed."""
        return cls(Pairs(pairs) if pairs else None, Units(units) if units else None, AddOns(addons) if addons else None)


def _code(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest] + digits
    return digits.zfill(5)
