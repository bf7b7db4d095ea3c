"""Validity by day: on which days a code was reportable, what the code editor says of it, and what replaced it.

Codes of ICD-10-CM and ICD-10-PCS alike, from the masters of the Medicare Code Editor; no title is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from chartcode.books.order import Order
from chartcode.books.release import Database, Release, first_day
from chartcode.model.dates import Interval

CM = "cm"
PCS = "pcs"


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which a code was reportable with the same flags."""

    days: Interval
    flags: frozenset[str]


class Validity:
    """Questions to the release of validity by day about one code system (``CM`` or ``PCS``).

    Installed order files speak for their own days, and those of editions after the last that the masters know carry on
    where these end; an installed conversion table adds to the conversions.
    """

    def __init__(
        self,
        release: Release,
        pages: Database,
        system: str,
        orders: Sequence[Order] = (),
        conversions: Database | None = None,
    ) -> None:
        """Take the release, its opened file, the system, and its installed order files and conversion table."""
        self.release = release
        self._pages = pages
        self._system = system
        self._orders = tuple(sorted(orders, key=lambda order: order.release.first))
        self._later = [o for o in self._orders if o.release.first > first_day(release.version)]
        self._conversion_table = conversions
        self.spells = lru_cache(maxsize=100_000)(self._spells)
        self.flags = lru_cache(maxsize=50_000)(self._flags)
        self.days = lru_cache(maxsize=20_000)(self._days)
        self.replacements = lru_cache(maxsize=20_000)(self._replacements)
        self.replaced = lru_cache(maxsize=20_000)(self._replaced)
        self.successors = lru_cache(maxsize=20_000)(self._successors)
        self.predecessors = lru_cache(maxsize=20_000)(self._predecessors)

    def _flags(self, code: str, day: date) -> frozenset[str] | None:
        """Return the code editor's flags of a code on a day; None if the code is not reportable on it."""
        order = self.order(day)
        if order is not None and not order.billable(code):
            return None
        found = next((spell.flags for spell in self.spells(code) if day in spell.days), None)
        return frozenset() if found is None and order is not None else found

    def order(self, day: date) -> Order | None:
        """Return the installed order file that speaks for a day, or None."""
        return next((o for o in reversed(self._orders) if day in _days_of(o)), None)

    def codes(self, beginning: str, day: date) -> Iterator[str]:
        """Yield the codes with a beginning that are reportable on a day, in order; "" begins them all."""
        order = self.order(day)
        if order is not None:
            yield from order.codes(beginning)
            return
        number = int(day.strftime("%Y%m%d"))
        yield from (
            row[0]
            for row in self._pages.all(
                f"SELECT DISTINCT code FROM {self._system} WHERE code >= ? AND code < ? AND first <= ?"  # noqa: S608 - our own name
                " AND (last IS NULL OR last >= ?) ORDER BY code",
                (beginning, f"{beginning}~", number, number),
            )
        )

    def ever(self) -> set[str]:
        """Return every code that was or will be reportable on some day, by the code editor's masters."""
        return {row[0] for row in self._pages.all(f"SELECT DISTINCT code FROM {self._system}")}  # noqa: S608 - our own name

    def ages(self, flag: str, day: date) -> tuple[int, int] | None:
        """Return the ages in years, both included, that the code editor expects for a flag on a day, or None."""
        number = int(day.strftime("%Y%m%d"))
        row = self._pages.one(
            "SELECT low, high FROM age WHERE flag = ? AND first <= ? AND (last IS NULL OR last >= ?)",
            (flag, number, number),
        )
        return (row[0], row[1]) if row else None

    def _spells(self, code: str) -> tuple[Spell, ...]:
        question = f"SELECT first, last, flags FROM {self._system} WHERE code = ? ORDER BY first"  # noqa: S608 - our own name
        return tuple(
            Spell(
                Interval(_day(first), None if last is None else _day(last)), frozenset(filter(None, flags.split("|")))
            )
            for first, last, flags in self._pages.all(question, (code,))
        )

    def _days(self, code: str) -> tuple[Interval, ...]:
        """Return all days on which a code is reportable, first to last, whatever its flags; empty if it never was."""
        found: list[Interval] = []
        for spell in self.spells(code):
            before = found[-1].last if found else None
            if before and before.toordinal() + 1 == spell.days.first.toordinal():
                found[-1] = Interval(found[-1].first, spell.days.last)
            else:
                found.append(spell.days)
        for order in self._later:
            _carry_on(found, order.release.first, order.billable(code))
        return tuple(found)

    def _replacements(self, code: str) -> tuple[str, ...]:
        """Return what took a code's place on the day after its last: by the conversion table, else its heirs."""
        days = self.days(code)
        if not days or days[-1].last is None:
            return ()
        born = days[-1].last + timedelta(days=1)
        found = tuple(new for new, day in self._conversions("new", "old", code) if day == born)
        return found or tuple(
            c for c in self._near(code, "first", born) if _inherits(c, code) and self.days(c)[0].first == born
        )

    def _replaced(self, code: str) -> tuple[str, ...]:
        """Return what a code took the place of on its first day: by the conversion table, else whose heir it is."""
        days = self.days(code)
        if not days:
            return ()
        ended = days[0].first - timedelta(days=1)
        found = tuple(old for old, day in self._conversions("old", "new", code) if day == days[0].first)
        return found or tuple(
            c for c in self._near(code, "last", ended) if _inherits(code, c) and self.days(c)[-1].last == ended
        )

    def _successors(self, code: str) -> tuple[str, ...]:
        """Return what took a code's place, then what was split off from it at other times, the latest first."""
        return tuple(
            dict.fromkeys([*self.replacements(code), *(new for new, _ in self._conversions("new", "old", code))])
        )

    def _predecessors(self, code: str) -> tuple[str, ...]:
        """Return what a code took the place of, then what else was recoded to it, the latest first."""
        return tuple(dict.fromkeys([*self.replaced(code), *(old for old, _ in self._conversions("old", "new", code))]))

    def _conversions(self, asked: str, given: str, code: str) -> list[tuple[str, date]]:
        question = f"SELECT {asked}, day FROM conversion WHERE {given} = ? ORDER BY day DESC, {asked}"  # noqa: S608 - our own names
        rows = self._pages.all(question, (code,))
        if self._conversion_table is not None:
            rows = sorted({*rows, *self._conversion_table.all(question, (code,))}, key=lambda r: (-r[1], r[0]))
        return [(other, _day(day)) for other, day in rows if other != code]

    def _near(self, code: str, edge: str, day: date) -> list[str]:
        """Return the codes of a code's category of which a spell has its first or last day on a day."""
        question = f"SELECT DISTINCT code FROM {self._system} WHERE code >= ? AND code < ? AND {edge} = ? ORDER BY code"  # noqa: S608 - our own names
        near = [row[0] for row in self._pages.all(question, (code[:3], f"{code[:3]}~", int(day.strftime("%Y%m%d"))))]
        born = day if edge == "first" else day + timedelta(days=1)
        later = [o for o in self._later if o.release.first == born]
        beginning = f"{code[:3]}"
        for order in later:
            before = set(self.codes(beginning, born - timedelta(days=1)))
            now = set(order.codes(beginning))
            near += sorted(now - before if edge == "first" else before - now)
        return near


def _days_of(order: Order) -> Interval:
    return Interval(order.release.first, order.release.last)


def _carry_on(days: list[Interval], first: date, billable: bool) -> None:
    """Let an order file that begins on a day open or close a code's days."""
    is_open = bool(days) and days[-1].last is None
    if billable and not is_open:
        days.append(Interval(first))
    elif is_open and not billable:
        days[-1] = Interval(days[-1].first, first - timedelta(days=1))


def _inherits(new: str, old: str) -> bool:
    """Tell whether a code born on the day after another ended is its heir: longer, or with its placeholder filled."""
    return new != old and re.match(old[:3] + re.escape(old[3:]).replace("X", "."), new) is not None


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)
