"""An operation falls within the global period of an earlier one, and no modifier says why.

The same surgeon reports it with 58 (planned, or more extensive), 78 (a return to the operating room for a
complication) or 79 (unrelated). Without one of them it is denied as part of the first.

Examples:
    professional 2025-12-01, F 67
    dx T81.31XA
    fact procedure knee replacement; code: CPT 27447; on: 2025-11-03
    px 11042 @2025-12-01    ! cpt/procedure_in_global

    professional 2025-12-01, F 67
    dx T81.31XA
    fact procedure knee replacement; code: CPT 27447; on: 2025-11-03
    px 11042 -78 @2025-12-01
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import day_of, global_end, has, indicators, is_visit, services, surgeries


@rule(
    severity=WARNING,
    authority="CMS, Medicare Claims Processing Manual, chapter 12, section 40.2",
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
    needs=(SCHEDULE,),
)
def procedure_in_global(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each procedure with a global period that falls within that of an earlier one without 58, 78 or 79."""
    done = [(code, day, global_end(code, day, books)) for code, day, _ in surgeries(case, books)]
    for line in services(case):
        row = None if is_visit(line) or has(line, "58", "78", "79") else indicators(line, books)
        if row is None or row.days is None:
            continue
        day = day_of(line, books)
        within = next(((code, on, end) for code, on, end in done if end and on < day <= end), None)
        if within:
            code, on, end = within
            yield Finding(
                f"{line.code} falls within the global period of {code} of {on}, to {end}, without 58, 78 or 79", (line,)
            )
