"""A visit stands the day before or on the day of a large operation, and has no modifier 57.

With a global period of 90 days, visits of the day before and of the day itself are part of it, but for the one in
which the operation was decided. That one takes modifier 57.

Examples:
    professional 2025-11-02, F 67
    dx S72.001A
    px 99223 @2025-11-02    ! cpt/visit_without_57
    px 27447 -RT @2025-11-03

    professional 2025-11-02, F 67
    dx S72.001A
    px 99223 -57 @2025-11-02
    px 27447 -RT @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import day_of, has, indicators, is_visit, services


@rule(
    severity=ERROR,
    authority="CMS, Medicare Claims Processing Manual, chapter 12, section 40.1.A and 30.6.6.C",
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
    needs=(SCHEDULE,),
)
def visit_without_57(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each visit without 57 on the day of a procedure with a global period of 90 days, or on the day before."""
    lines = services(case)
    large = {}
    for line in lines:
        row = None if is_visit(line) else indicators(line, books)
        if row and row.days == 90:
            day = day_of(line, books)
            large[day.toordinal()] = large[day.toordinal() - 1] = line
    for visit in lines:
        if is_visit(visit) and not has(visit, "57", "24", "25"):
            beside = large.get(day_of(visit, books).toordinal())
            if beside:
                ask = Remedy("ask", (visit.code,), say="add modifier 57 if the operation was decided then, or drop it")
                yield Finding(f"{visit.code} is part of {beside.code} and has no modifier 57", (visit,), ask)
