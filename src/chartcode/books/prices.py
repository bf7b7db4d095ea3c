"""What a facility's chargemaster charges: by number and modifier, and by revenue code for what has no number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chartcode.books.release import Database

TABLE = (
    "CREATE TABLE price (code TEXT NOT NULL, modifier TEXT NOT NULL, revenue TEXT NOT NULL, charge REAL NOT NULL,"
    " PRIMARY KEY (code, modifier, revenue)) WITHOUT ROWID"
)
"""Layout beside the services of a chargemaster's release; absent in releases of lists without charges."""

ROOMS = ("010", "011", "012", "013", "014", "015", "016", "017", "018", "020", "021")
"""Revenue codes, their first three digits, of rooms by the day (UB-04, form locator 42)."""


@dataclass(frozen=True, slots=True)
class Price:
    """A charge for one unit in dollars; ``code`` is empty for what has a revenue code alone, such as a room."""

    code: str
    modifier: str
    revenue: str
    charge: float

    @property
    def room(self) -> bool:
        """Whether it is the price of a room for a day."""
        return not self.code and self.revenue[:3] in ROOMS


def prices(pages: Database) -> Iterator[Price]:
    """Yield the charges of a chargemaster's release, none where its list had none."""
    if pages.one("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'price'", ()):
        for row in pages.all("SELECT code, modifier, revenue, charge FROM price ORDER BY code, modifier, revenue"):
            yield Price(*row)
