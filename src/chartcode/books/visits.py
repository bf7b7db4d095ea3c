"""Numbers and minutes of visits on a day, from ``parameters/visits.toml``: which level has which number, and back.

Only numbers, levels and minutes: the publisher's descriptors stand nowhere here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from chartcode.books.parameters import Parameters
from chartcode.model.case import LEVELS
from chartcode.model.code import CPT, Code

_NAMES = (
    "office_new", "office_established", "emergency", "hospital_initial", "hospital_subsequent", "hospital_same_day",
    "consultation_outpatient", "consultation_inpatient", "nursing_initial", "nursing_subsequent", "home_new",
    "home_established",
)  # fmt: skip
_PROCEDURES = (
    range(10004, 69991), range(90460, 90475), range(96360, 96380), range(97597, 97611), range(98925, 98943),
    range(99406, 99410),
)  # fmt: skip
_DRAWN = (36415, 36416)
"""Blood drawn, which has no edit against a visit."""


@dataclass(frozen=True, slots=True)
class Family:
    """The numbers of one kind of service: ``service`` and ``status``, a number a level, and the least minutes of each.

    An emergency visit has no minutes: it goes by its elements alone.
    """

    service: str
    status: str
    levels: Mapping[str, str]
    minutes: tuple[tuple[str, int], ...]

    def level_of(self, number: str) -> str:
        """Return the level of a number of this family, the highest where several share it."""
        return max((level for level, value in self.levels.items() if value == number), key=LEVELS.index)

    def by_time(self, minutes: int) -> str | None:
        """Return the level whose number the total minutes reach, or None where they reach none."""
        reached = [number for number, least in self.minutes if minutes >= least]
        return self.level_of(reached[-1]) if reached else None

    def least_minutes(self, number: str) -> int | None:
        """Return the minutes from which a number may be chosen by time, or None where it has none."""
        return dict(self.minutes).get(number)


def procedural(code: Code) -> bool:
    """Tell whether a CPT number is a procedure beside which a visit of the day needs a modifier.

    The surgery section (global days), vaccines, infusions, injections, wound care, manipulation and advice (NCCI Policy
    Manual, chapters I.D and XI.B).
    """
    number = int(code.value) if code.system == CPT and code.value.isdigit() else 0
    return any(number in span for span in _PROCEDURES) and number not in _DRAWN


def two_of_three(levels: Iterable[str]) -> str:
    """Return the level that two of three elements meet or exceed: the one in the middle.

    >>> two_of_three(("moderate", "straightforward", "high"))
    'moderate'
    """
    return LEVELS[sorted(map(LEVELS.index, levels))[1]]


class Visits:
    """The visits of one day; nothing where the rules of 2021 and 2023 were not in force yet."""

    def __init__(self, parameters: Parameters) -> None:
        """Take the facts of the day."""
        self._facts = parameters

    def family(self, service: str, status: str = "") -> Family | None:
        """Return the numbers of a kind of service, or None where none are in force on the day."""
        return self._families.get((service, status))

    def meaning(self, number: str) -> Family | None:
        """Return the family that a number of a visit with levels belongs to, or None for any other number."""
        return self._by_number.get(number)

    def preventive(self, status: str, age: int) -> str | None:
        """Return the number of a preventive visit of a new or established patient at an age in years."""
        table = self._facts.get("visits.preventive")
        if table is None or status not in table:
            return None
        number: str = table[status][bisect_right(table["ages"], age)]
        return number

    def preventive_ages(self, number: str) -> tuple[int, int | None] | None:
        """Return the first age in years of a preventive number and the first too old; None for others."""
        table = self._facts.get("visits.preventive") or {"new": [], "established": [], "ages": []}
        for status in ("new", "established"):
            if number in table[status]:
                at, ages = table[status].index(number), table["ages"]
                return (ages[at - 1] if at else 0), (ages[at] if at < len(ages) else None)
        return None

    @property
    def critical_care(self) -> tuple[str, int] | None:
        """The first number of critical care, and the minutes from which it may be reported."""
        table = self._facts.get("visits.critical_care")
        return (table["first"], table["from"]) if table else None

    def further_critical_care(self, minutes: int, *, medicare: bool = True) -> tuple[str, int] | None:
        """Return the number of further critical care and its units for total minutes; None where they reach none.

        Medicare counts whole half hours beyond the first 74 minutes, other payers each that has begun.
        """
        name = "critical_care_further" if medicare else "critical_care_further_by_the_half_hour"
        table = self._facts.get(f"visits.{name}")
        if table is None or minutes < table["from"]:
            return None
        return table["number"], 1 + (minutes - table["from"]) // table["each"]

    def discharge(self, service: str, minutes: int | None) -> str | None:
        """Return the number of the day of discharge from a hospital or nursing facility, by its minutes if stated."""
        table = self._facts.get(f"visits.{service}_discharge")
        if table is None:
            return None
        number: str = table["long" if minutes is not None and minutes > table["above"] else "short"]
        return number

    @property
    def independent_examination(self) -> str | None:
        """The number of an examination by a physician who does not treat the patient."""
        number: str | None = self._facts.get("visits.independent_examination")
        return number

    @cached_property
    def _families(self) -> dict[tuple[str, str], Family]:
        found = {}
        for name in _NAMES:
            table = self._facts.get(f"visits.{name}")
            service, _, status = name.partition("_")
            if table:
                minutes = tuple((str(number), int(least)) for number, least in table["minutes"])
                found[service, status] = Family(service, status, table["levels"], minutes)
        return found

    @cached_property
    def _by_number(self) -> dict[str, Family]:
        return {number: family for family in self._families.values() for number in family.levels.values()}
