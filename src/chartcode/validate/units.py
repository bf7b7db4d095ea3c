"""Units of service lines beside the medically unlikely edits of their codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from chartcode.books import Books
from chartcode.books.ncci import DME, Limit
from chartcode.model.case import Case, Procedure
from chartcode.validate.services import books_of, day_of, services, table


def limit_of(line: Procedure, case: Case, books: Books) -> Limit | None:
    """Return the limit of a line's code by the table of the claim, else by the suppliers' table."""
    units = books_of(line, books).ncci.units
    if units is None:
        return None
    return units.limit(line.code.value, table(case)) or units.limit(line.code.value, DME)


def beyond(case: Case, books: Books, indicator: int) -> Iterator[tuple[tuple[Procedure, ...], int, Limit]]:
    """Yield the lines of each code and day that together exceed a limit of an adjudication indicator."""
    days: dict[tuple[str, date], list[Procedure]] = defaultdict(list)
    for line in services(case):
        days[line.code.value, day_of(line, books)].append(line)
    for lines in days.values():
        limit = limit_of(lines[0], case, books)
        units = sum(line.units for line in lines)
        if limit and limit.indicator == indicator and units > limit.units:
            yield tuple(lines), units, limit


def said(units: int) -> str:
    """Return a number of units in words: ``1 unit``, ``3 units``."""
    return f"{units} unit" if units == 1 else f"{units} units"
