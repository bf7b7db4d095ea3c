"""The level of an emergency department visit goes by time.

An emergency physician sees several patients at once, so these visits have no minutes: their level goes by medical
decision making alone.

Examples:
    ed 2026-03-02, F 67
    visit high 99285 emergency time minutes 60    ! cpt/emergency_by_time

    ed 2026-03-02, F 67
    visit high 99285 emergency mdm minutes 60
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, TIME, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.sources import FEE_SCHEDULE


@rule(
    severity=ERROR,
    authority="CMS, 87 FR 69404, II.F: emergency department visits have no time",
    url=FEE_SCHEDULE,
    since="2023-01-01",
)
def emergency_by_time(case: Case, books: Books) -> Iterator[Finding]:
    """Yield a visit by time whose family knows no minutes."""
    visit = case.visit
    if visit is None or visit.basis != TIME or visit.code is None:
        return
    family = books.visits.meaning(visit.code)
    if family is not None and not family.minutes:
        yield Finding(f"{visit.code} has no time: its level goes by medical decision making", (visit,))
