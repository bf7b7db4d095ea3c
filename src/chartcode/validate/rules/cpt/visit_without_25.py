"""A visit and a small procedure are on one day, and the visit has no modifier 25.

The decision to do a procedure with a global period of 0 or 10 days is part of it. A visit of the same day is paid
beside it only with modifier 25, and only if it went beyond: a problem, an examination or a plan of its own in the
record. Add the modifier if it did; else drop the visit.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 99213    ! cpt/visit_without_25
    px 20610 -RT

    professional 2025-11-03, F 67
    dx M17.11
    px 99213 -25
    px 20610 -RT

    professional 2025-11-03, F 67
    dx M17.11
    px 99213
    px 71046
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
    authority="CMS, Medicare Claims Processing Manual, chapter 12, sections 30.6.6.B and 40.1",
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
    needs=(SCHEDULE,),
)
def visit_without_25(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each visit without 25 beside a procedure with a global period of 0 or 10 days."""
    lines = services(case)
    small = {}
    for line in lines:
        row = None if is_visit(line) else indicators(line, books)
        if row and row.global_days in ("000", "010"):
            small[day_of(line, books)] = line
    for visit in lines:
        beside = small.get(day_of(visit, books)) if is_visit(visit) and not has(visit, "25", "57") else None
        if beside:
            ask = Remedy("ask", (visit.code,), say="add modifier 25 if the visit went beyond the procedure, or drop it")
            yield Finding(f"{visit.code} is on the day of {beside.code} and has no modifier 25", (visit,), ask)
