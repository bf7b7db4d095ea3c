"""The stated minutes of a visit by time do not reach its number.

Each number has minutes that must be met or exceeded. With fewer, the number below fits, or the level goes by medical
decision making.

Examples:
    professional 2026-03-02, F 67
    visit high 99215 office established time minutes 38    ! evidence/visit_minutes

    professional 2026-03-02, F 67
    visit high 99215 office established time minutes 40

    professional 2026-03-02, F 67
    visit high 99215 office established problems high data low risk high mdm minutes 15
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, TIME, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.sources import FEE_SCHEDULE


@rule(
    severity=ERROR,
    authority="CMS, 84 FR 62568, II.P, and 87 FR 69404, II.F: the minutes of each number",
    url=FEE_SCHEDULE,
    since="2021-01-01",
)
def visit_minutes(case: Case, books: Books) -> Iterator[Finding]:
    """Yield a visit by time whose minutes are too few for its number."""
    visit = case.visit
    if visit is None or visit.basis != TIME or visit.minutes is None or visit.code is None:
        return
    family = books.visits.meaning(visit.code)
    least = family.least_minutes(visit.code) if family else None
    if least is not None and visit.minutes < least:
        yield Finding(f"{visit.code} needs {least} minutes, and {visit.minutes} are stated", (visit,))
