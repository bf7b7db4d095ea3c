"""What one may ask of Table 5 of the inpatient payment rule for a day: what a DRG is worth, and how long stays last."""

from __future__ import annotations

from dataclasses import dataclass

from chartcode.books.release import Database


@dataclass(frozen=True, slots=True)
class Weight:
    """The relative weight of a DRG, its geometric and arithmetic mean length of stay in days, and transfer rules.

    ``post_acute`` says that a transfer to post-acute care may be paid by the day, ``special`` that it is paid by the
    special formula.
    """

    relative: float
    geometric: float
    arithmetic: float
    post_acute: bool
    special: bool


class Weights:
    """The table of one fiscal year."""

    def __init__(self, version: str, pages: Database) -> None:
        """Take the name of the release and the opened file."""
        self.version = version
        rows = pages.all("SELECT drg, relative, geometric, arithmetic, post_acute, special FROM weight")
        self._weights = {drg: Weight(r, g, a, bool(p), bool(s)) for drg, r, g, a, p, s in rows}

    def of(self, drg: str) -> Weight | None:
        """Return what a DRG of three digits is worth; None where the table has no weight for it."""
        return self._weights.get(drg)
