"""An emergency department visit is reported for another place.

These numbers are for a hospital's department that is open around the clock for unscheduled patients. An office, a
clinic and an urgent care centre report office visits.

Examples:
    outpatient 2026-03-02, F 67
    visit moderate 99284 emergency    ! cpt/emergency_elsewhere

    ed 2026-03-02, F 67
    visit moderate 99284 emergency

    professional 2026-03-02, F 67
    visit moderate 99284 emergency

    outpatient 2026-03-02, F 67
    visit moderate 99214 office established
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.model.chart import OUTPATIENT
from chartcode.validate.rule import rule
from chartcode.validate.sources import CLAIMS_MANUAL


@rule(
    severity=WARNING,
    authority="Medicare Claims Processing Manual, chapter 12, 30.6.11",
    url=CLAIMS_MANUAL,
    since="2021-01-01",
)
def emergency_elsewhere(case: Case, books: Books) -> Iterator[Finding]:
    """Yield an emergency visit in an outpatient setting."""
    visit = case.visit
    family = books.visits.meaning(visit.code) if visit and visit.code else None
    emergency = family is not None and family.service == "emergency"
    if visit is not None and emergency and case.chart.encounter.setting == OUTPATIENT:
        yield Finding(f"{visit.code} is a visit to an emergency department; the setting is outpatient", (visit,))
