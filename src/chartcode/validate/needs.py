"""Books that are a user's to install, which a rule needs, and when a case has anything to ask of them.

Such a rule must not fall silent where its book is absent: silence would be read as a pass. It says "not checked"
instead, once a book, and only about cases that have lines to check.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chartcode.books import Books
from chartcode.model.case import Case
from chartcode.validate.services import hospital, medicare, services, table

NOT_CHECKED = "not checked: "
"""How the sentence begins that tells of an absent book."""


@dataclass(frozen=True, slots=True)
class Need:
    """A book: the system it is installed under, what it is in words, whether it is there, whether it is wanted."""

    system: str
    what: str
    there: Callable[[Case, Books], bool]
    wanted: Callable[[Case], bool]

    def missing(self, case: Case, books: Books) -> str:
        """Return the sentence that a case could not be checked, or '' where it can, or there is nothing to check."""
        if not self.wanted(case) or self.there(case, books):
            return ""
        day = books.day.isoformat()
        return f"{NOT_CHECKED}{self.what} of {day} is not installed; see 'chartcode books install {self.system}'"

    def told(self, message: str) -> bool:
        """Tell whether a finding's message is that this book is absent."""
        return message.startswith(NOT_CHECKED) and f"'chartcode books install {self.system}'" in message


PAIRS = Need(
    "ncci-ptp",
    "the book of NCCI pairs",
    lambda case, books: books.ncci.pairs is not None and table(case) in books.ncci.pairs.settings,
    lambda case: len(services(case)) > 1,
)
UNITS = Need(
    "mue",
    "the book of medically unlikely units",
    lambda case, books: books.ncci.units is not None and table(case) in books.ncci.units.settings,
    lambda case: bool(services(case)),
)
ADDONS = Need(
    "addon",
    "the book of add-on codes",
    lambda _, books: books.ncci.addons is not None,
    lambda case: bool(services(case)),
)
SCHEDULE = Need(
    "pfs",
    "the Medicare fee schedule",
    lambda _, books: books.pfs is not None,
    lambda case: bool(services(case)),
)
STATUSES = Need(
    "opps",
    "Addendum B of hospital outpatient payment",
    lambda _, books: books.opps is not None,
    lambda case: bool(services(case)) and hospital(case) and medicare(case),
)
POLICIES = Need(
    "coverage",
    "the book of Medicare's coverage policies",
    lambda _, books: books.coverage is not None,
    lambda case: bool(services(case)) and medicare(case),
)
