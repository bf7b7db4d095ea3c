"""What one may ask of ICD-10-PCS for a day: which codes are reportable, and what the code editor says of them."""

from __future__ import annotations

from datetime import date

from chartcode.books.validity import Validity
from chartcode.model.dates import Interval


class ICD10PCS:
    """ICD-10-PCS on a day. Codes are seven characters as printed (``0DTJ4ZZ``)."""

    def __init__(self, day: date, validity: Validity) -> None:
        """Take a day and the validity of codes."""
        self.day = day
        self._validity = validity

    def valid(self, code: str) -> bool:
        """Tell whether a code is reportable on the day."""
        return self._validity.flags(code, self.day) is not None

    def flags(self, code: str) -> frozenset[str]:
        """Return the Medicare Code Editor's flags of a code on the day, such as "non-covered" or "limited coverage"."""
        return self._validity.flags(code, self.day) or frozenset()

    def validity(self, code: str) -> tuple[Interval, ...]:
        """Return all days on which a code is reportable, first to last; empty if it never was."""
        return self._validity.days(code)
