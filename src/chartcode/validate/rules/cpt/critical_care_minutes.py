"""Critical care is reported for less than thirty minutes, or without its minutes.

The first number of critical care begins at thirty minutes of the physician's full attention, without the time of
procedures that are reported apart. With fewer, another visit is reported.

Examples:
    ed 2026-03-02, F 67
    visit high 99291 critical_care time minutes 25    ! cpt/critical_care_minutes

    ed 2026-03-02, F 67
    visit high 99291 critical_care    ! cpt/critical_care_minutes

    ed 2026-03-02, F 67
    visit high 99291 critical_care time minutes 45

    ed 2026-03-02, F 67
    visit high 99285 emergency
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.sources import CLAIMS_MANUAL


@rule(
    severity=ERROR,
    authority="Medicare Claims Processing Manual, chapter 12, 30.6.12",
    url=CLAIMS_MANUAL,
    since="2023-01-01",
)
def critical_care_minutes(case: Case, books: Books) -> Iterator[Finding]:
    """Yield critical care whose minutes are not stated or too few."""
    visit, care = case.visit, books.visits.critical_care
    if visit is None or care is None or visit.code != care[0]:
        return
    if visit.minutes is None:
        yield Finding(f"{visit.code} needs its minutes stated, at least {care[1]}", (visit,))
    elif visit.minutes < care[1]:
        yield Finding(f"{visit.code} needs {care[1]} minutes, and {visit.minutes} are stated", (visit,))
