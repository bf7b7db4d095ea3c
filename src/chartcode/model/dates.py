"""Days, and values that change with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The days from ``first`` to ``last``, both included; ``None`` as the last day means "still open"."""

    first: date
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        """Tell whether a day lies in the interval."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """A value with a history: asking for it takes a day, so no year can be a silent default."""

    steps: tuple[tuple[Interval, T], ...]

    def at(self, day: date) -> T:
        """Return the value in force on a day.

        Raises:
            LookupError: no value is in force on that day.
        """
        for interval, value in self.steps:
            if day in interval:
                return value
        raise LookupError(f"no value is in force on {day.isoformat()}; add a dated value with its source")

    @classmethod
    def of(cls, steps: Iterable[tuple[date, T]]) -> Dated[T]:
        """Build a history from (first day, value) pairs in order; each value lasts until the next begins."""
        rows = sorted(steps, key=lambda step: step[0])
        ends = [*(date.fromordinal(first.toordinal() - 1) for first, _ in rows[1:]), None]
        return cls(tuple((Interval(first, last), value) for (first, value), last in zip(rows, ends, strict=True)))


def fiscal_year(day: date) -> int:
    """Return the US federal fiscal year of a day, by which ICD-10 releases are named; it begins on 1 October."""
    return day.year + (day.month >= 10)
