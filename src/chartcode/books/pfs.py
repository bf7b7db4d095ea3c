"""What one may ask of the Medicare Physician Fee Schedule for a day: how a code may be billed, and what it is worth.

The file of relative values (PPRRVU) has a row a code and, where a service has a professional and a technical part, one
for each (modifiers 26 and TC). It lists CPT codes, so it is the user's to install.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from chartcode.books.release import Database

PROFESSIONAL, TECHNICAL = "26", "TC"


@dataclass(frozen=True, slots=True)
class Indicators:
    """One row of the schedule, with CMS's indicators as printed in the file.

    ``status`` (A active, B bundled, I not valid for Medicare, N non-covered, R restricted, T, X, ...); ``pctc`` 0 to 9;
    ``global_days`` 000, 010, 090, MMM, XXX, YYY or ZZZ; ``pre``, ``intra`` and ``post`` the shares of a surgical
    package; ``multiple`` 0 to 9; ``bilateral`` 0 to 3 or 9; ``assistant``, ``co`` and ``team`` 0 to 2 or 9; ``base``
    the endoscopic base code. Relative values in units: ``work``, and the totals outside and inside of a facility.
    """

    code: str
    modifier: str
    status: str
    pctc: str
    global_days: str
    pre: float
    intra: float
    post: float
    multiple: str
    bilateral: str
    assistant: str
    co: str
    team: str
    base: str
    work: float
    nonfacility: float
    facility: float
    factor: float

    @property
    def days(self) -> int | None:
        """The days of the global period after the service: 0, 10 or 90; None where there is no such period."""
        return int(self.global_days) if self.global_days.isdigit() else None


class PFS:
    """The schedule of one quarter."""

    def __init__(self, version: str, pages: Database) -> None:
        """Take the name of the release and the opened file."""
        self.version = version
        self._pages = pages
        self.indicators = lru_cache(maxsize=20_000)(self._indicators)

    def _indicators(self, code: str, modifier: str = "") -> Indicators | None:
        """Return the row of a code, or of its part by modifier 26 or TC; None where the schedule has none."""
        row = self._pages.one("SELECT * FROM pfs WHERE code = ? AND modifier = ?", (code, modifier))
        return Indicators(*row) if row else None
