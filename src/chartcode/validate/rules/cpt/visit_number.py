"""The number of a visit is that of another level.

The level comes first; the number follows from it and from the kind of visit. Where they differ, one of them is wrong.

Examples:
    professional 2026-03-02, F 67
    visit moderate 99215 office established    ! cpt/visit_number

    professional 2026-03-02, F 67
    visit moderate 99213 office established    ! cpt/visit_number

    professional 2026-03-02, F 67
    visit straightforward 99221 hospital initial

    professional 2026-03-02, F 67
    visit moderate 99214 office established
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.sources import FEE_SCHEDULE


@rule(
    severity=ERROR,
    authority="CMS, 84 FR 62568, II.P, and 87 FR 69404, II.F: one number a level",
    url=FEE_SCHEDULE,
    since="2021-01-01",
)
def visit_number(case: Case, books: Books) -> Iterator[Finding]:
    """Yield a visit whose number its level does not have."""
    visit = case.visit
    family = books.visits.meaning(visit.code) if visit and visit.code else None
    if visit is None or family is None or visit.level not in family.levels:
        return
    right = family.levels[visit.level]
    if right != visit.code:
        yield Finding(
            f"{visit.code} is {family.level_of(visit.code or '')}; a {visit.level} visit is {right}", (visit,)
        )
