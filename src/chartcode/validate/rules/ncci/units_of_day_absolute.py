"""A day has more units of a code than policy allows.

The medically unlikely edit counts the day, and rests on anatomy, the law or the wording of the code (adjudication
indicator 2): no appeal brings more. Correct the units.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 27447 -RT    ! ncci/units_of_day_absolute
    px 27447 -LT    ! ncci/units_of_day_absolute

    professional 2025-11-03, F 67
    dx M17.11
    px 27447 -RT
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import DAY_ABSOLUTE
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.needs import UNITS
from chartcode.validate.rule import rule
from chartcode.validate.services import day_of
from chartcode.validate.units import beyond, said


@rule(
    severity=ERROR,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I, section V: MUE adjudication indicator 2",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(UNITS,),
)
def units_of_day_absolute(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the lines of each code and day whose units together are over the limit."""
    for lines, units, limit in beyond(case, books, DAY_ABSOLUTE):
        code, day = lines[0].code, day_of(lines[0], books)
        yield Finding(f"{code} has {said(units)} on {day}; a day has at most {limit.units} ({limit.rationale})", lines)
