"""A visit falls within the global period of an operation, and has no modifier 24.

Visits in the 10 or 90 days after an operation by the same surgeon are paid with it, unless they are about something
else: modifier 24, and a diagnosis that shows it. The operation may be on this claim or in the record.

Examples:
    professional 2025-12-01, F 67
    dx Z47.1
    fact procedure knee replacement; code: CPT 27447; on: 2025-11-03
    px 99213 @2025-12-01    ! cpt/visit_in_global

    professional 2025-12-01, F 67
    dx I10
    fact procedure knee replacement; code: CPT 27447; on: 2025-11-03
    px 99213 -24 @2025-12-01

    professional 2025-12-01, F 67
    dx I10
    fact procedure knee replacement; code: CPT 27447; on: 2025-03-03
    px 99213 @2025-12-01
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import day_of, global_end, has, is_visit, services, surgeries


@rule(
    severity=WARNING,
    authority="CMS, Medicare Claims Processing Manual, chapter 12, sections 40.1 and 30.6.6.A",
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
    needs=(SCHEDULE,),
)
def visit_in_global(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each visit without 24 after a procedure whose global period still runs."""
    done = [(code, day, global_end(code, day, books)) for code, day, _ in surgeries(case, books)]
    for visit in services(case):
        if not is_visit(visit) or has(visit, "24", "57"):
            continue
        day = day_of(visit, books)
        within = next(((code, on, end) for code, on, end in done if end and on < day <= end), None)
        if within:
            code, on, end = within
            yield Finding(
                f"{visit.code} falls within the global period of {code} of {on}, to {end}, without 24", (visit,)
            )
