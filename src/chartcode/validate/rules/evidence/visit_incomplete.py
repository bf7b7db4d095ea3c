"""The record of a visit stops before any assessment or plan.

Neither the problems nor the risk of a visit can be judged from a history and an examination alone, so it has no
level. Ask the author to complete the record; do not take a level from the kind of visit.

Examples:
    professional 2026-03-02, F 67
    visit cannot_tell office established    ! evidence/visit_incomplete

    professional 2026-03-02, F 67
    visit low 99213 office established
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import CANNOT_TELL, QUERY, Case, Finding, Remedy
from chartcode.validate.rule import rule
from chartcode.validate.sources import FEE_SCHEDULE


@rule(
    severity=QUERY,
    authority="Medicare Claims Processing Manual, chapter 12, 30.6.1: the documentation supports the level reported",
    url=FEE_SCHEDULE,
    since="2021-01-01",
)
def visit_incomplete(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a visit whose record comes to no decision."""
    visit = case.visit
    if visit is not None and visit.level == CANNOT_TELL:
        say = "ask the author for the assessment and plan of this visit"
        yield Finding("the record stops before an assessment or plan", (visit,), Remedy("ask", say=say))
