"""What an installed fee schedule says a line is worth, and what an installed chargemaster charges for it.

Medicare's expected amount is units x relative values x conversion factor, nationally: localities (GPCI), reductions for
several procedures and the sequester are left out. Modifiers change it as the Medicare Claims Processing Manual says
(chapter 12: 50 with indicator 1 150 %, section 40.7; 80, 81, 82 16 % and AS 85 % of that, section 20.4.3; 62 62.5 %,
section 40.8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from chartcode.analysis.pricing.fees import Fee, Fees
from chartcode.books import installed
from chartcode.books.pfs import PFS, PROFESSIONAL, TECHNICAL, Indicators
from chartcode.books.prices import prices
from chartcode.books.release import Release

_PAID = frozenset("ART")
"""Status indicators of codes that are paid by their relative values (A, R, T)."""
_SHARES = {"80": 0.16, "81": 0.16, "82": 0.16, "AS": 0.136, "62": 0.625}
_BOTH_SIDES = 1.5


@dataclass(frozen=True, slots=True)
class Worth:
    """Relative values and expected amount in dollars of one unit, and the release that says so."""

    work: float
    total: float
    allowed: float | None
    release: str


class Installed:
    """The fee schedules and chargemasters under a folder of books; a day takes the one in force."""

    def __init__(self, books: Path) -> None:
        """Look what is there; nothing is opened yet."""
        self._pfs = installed.releases(books, "pfs")
        self._masters = installed.releases(books, "chargemaster")
        self._schedule = lru_cache(maxsize=None)(lambda release: PFS(release.version, installed.opened(release)))
        self._list = lru_cache(maxsize=None)(_list)

    @property
    def schedule(self) -> bool:
        """Whether a fee schedule is installed, of whatever day."""
        return bool(self._pfs)

    def worth(self, code: str, modifiers: tuple[str, ...], day: date, *, inside: bool) -> Worth | None:
        """Return what a code is worth on a day, ``inside`` of a facility or outside; None where no schedule has it."""
        release = installed.in_force(self._pfs, day)
        if release is None:
            return None
        schedule: PFS = self._schedule(release)
        part = next((m for m in modifiers if m in (PROFESSIONAL, TECHNICAL)), "")
        row = schedule.indicators(code, part) or schedule.indicators(code, "")
        if row is None:
            return None
        share = _share(row, modifiers)
        total = (row.facility if inside else row.nonfacility) * share
        allowed = total * row.factor if row.status in _PAID and total else None
        return Worth(row.work * share, total, allowed, f"PFS {release.version}")

    def charges(self, day: date) -> Fees | None:
        """Return the chargemaster of a day as a list of fees, or None where none with charges is installed."""
        release = installed.in_force(self._masters, day)
        found: Fees | None = self._list(release) if release else None
        return found if found and found.rows else None


def _share(row: Indicators, modifiers: tuple[str, ...]) -> float:
    share = 1.0
    for modifier in modifiers:
        share *= _SHARES.get(modifier, 1.0)
    return share * _BOTH_SIDES if "50" in modifiers and row.bilateral == "1" else share


def _list(release: Release) -> Fees:
    found = Fees(f"chargemaster {release.version}")
    for price in prices(installed.opened(release)):
        found.add(Fee(price.code, price.modifier, "", price.revenue, price.charge))
    return found
