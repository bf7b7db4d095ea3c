"""A day has more units of a code than is likely.

The medically unlikely edit counts the day, and rests on what is usual (adjudication indicator 3): the line is denied,
and an appeal that shows the need in the record may bring it back. Check the units first.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px J3301 x20    ! ncci/units_of_day

    professional 2025-11-03, F 67
    dx M17.11
    px J3301 x4
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import DAY
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.needs import UNITS
from chartcode.validate.rule import rule
from chartcode.validate.services import day_of
from chartcode.validate.units import beyond, said


@rule(
    severity=WARNING,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I, section V: MUE adjudication indicator 3",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(UNITS,),
)
def units_of_day(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the lines of each code and day whose units together are over the limit."""
    for lines, units, limit in beyond(case, books, DAY):
        code, day = lines[0].code, day_of(lines[0], books)
        yield Finding(f"{code} has {said(units)} on {day}; a day has at most {limit.units} ({limit.rationale})", lines)
