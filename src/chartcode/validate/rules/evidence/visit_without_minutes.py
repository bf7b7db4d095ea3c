"""A visit goes by time, and the record states no total time.

A level by time needs the total minutes of the day of the visit. Without them it goes by medical decision making.

Examples:
    professional 2026-03-02, F 67
    visit high 99215 office established time    ! evidence/visit_without_minutes

    professional 2026-03-02, F 67
    visit high 99215 office established time minutes 42

    professional 2026-03-02, F 67
    visit high 99215 office established mdm
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import TIME, WARNING, Case, Finding, Remedy
from chartcode.validate.rule import rule
from chartcode.validate.sources import FEE_SCHEDULE


@rule(
    severity=WARNING,
    authority="CMS, 84 FR 62568, II.P, and 87 FR 69404, II.F: total time on the date of the encounter",
    url=FEE_SCHEDULE,
    since="2021-01-01",
)
def visit_without_minutes(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a visit by time without minutes."""
    visit = case.visit
    if visit is not None and visit.basis == TIME and visit.minutes is None:
        yield Finding(
            "the visit goes by time, and no total time is stated", (visit,), Remedy("ask", say="ask for the time")
        )
