"""The number of a visit, looked up last: by its kind of service and level, by age, or by minutes."""

from __future__ import annotations

from collections.abc import Iterable

from chartcode.assign.visits.category import (
    CRITICAL_CARE,
    DISCHARGE,
    INDEPENDENT,
    OFFICE,
    PREVENTIVE,
    SUBSEQUENT,
    Category,
)
from chartcode.books import Books
from chartcode.model.case import Visit
from chartcode.model.chart import Encounter


def named(number: str | None, books: Books) -> tuple[str | None, str]:
    """Return a number with its words, if the installed book has it: the user's licensed one, else the starter's."""
    if number is None or not books.cpt.valid(number):
        return None, ""
    return number, books.cpt.title(number)


def consultation(category: Category, level: str, books: Books) -> str | None:
    """Return the number that a payer who takes consultations wants in place of the usual one."""
    if not category.consultation or category.status == SUBSEQUENT:
        return None
    family = books.visits.family("consultation", "outpatient" if category.service == OFFICE else "inpatient")
    return family.levels[level] if family else None


def without_level(category: Category, minutes: int | None, age: int | None, books: Books) -> str | None:
    """Return the number of a service without levels: by age, by minutes, or the only one; None if it is not known."""
    visits = books.visits
    if category.status == DISCHARGE:
        return visits.discharge(category.service, minutes)
    if category.service == PREVENTIVE:
        return visits.preventive(category.status, age) if age is not None else None
    if category.service == CRITICAL_CARE and visits.critical_care and minutes is not None:
        number, least = visits.critical_care
        return number if minutes >= least else None
    return visits.independent_examination if category.service == INDEPENDENT else None


AFAR = {"95": "video", "93": "voice"}
"""What the modifiers of a visit from afar stand for."""


def from_afar(found: Visit, modifiers: Iterable[str], books: Books, encounter: Encounter) -> tuple[str | None, str]:
    """Return (number, reason) of a visit by video or voice that the installed book has a number of its own for.

    The number is None where it is only worth a remark: Medicare does not take it, and of a payer that is not named
    nobody knows. A book that does not have it is silent, as our starter is.
    """
    way = next((AFAR[m] for m in modifiers if m in AFAR), None)
    fact = books.parameters.get("visits.from_afar")
    number = fact[way].get(found.status, {}).get(found.level) if way and fact and found.service == OFFICE else None
    if number is None or encounter.medicare or not books.cpt.valid(number):
        return None, ""
    if encounter.payer is None:
        return None, f"a payer that takes the numbers of visits by {way} wants {number}, without a modifier"
    return number, f"by {way}: the installed book has a number of its own"
