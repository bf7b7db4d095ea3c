"""A line has more units than one line may have.

The medically unlikely edit of the code counts each line (adjudication indicator 1). If more was done, part it over
lines with the modifiers that say why.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 97110 x9    ! ncci/units_of_line

    professional 2025-11-03, F 67
    dx M17.11
    px 97110 x4
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import LINE
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.needs import UNITS
from chartcode.validate.rule import rule
from chartcode.validate.services import services
from chartcode.validate.units import limit_of, said


@rule(
    severity=ERROR,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I, section V: MUE adjudication indicator 1",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(UNITS,),
)
def units_of_line(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line over its limit."""
    for line in services(case):
        limit = limit_of(line, case, books)
        if limit and limit.indicator == LINE and line.units > limit.units:
            yield Finding(
                f"{line.code} has {said(line.units)}; a line has at most {limit.units} ({limit.rationale})", (line,)
            )
