"""The number of a preventive visit is that of another age.

Preventive visits of new and of established patients have a number for each span of ages.

Examples:
    professional 2026-03-02, F 67
    visit not_applicable 99396 preventive established    ! cpt/preventive_age

    professional 2026-03-02, F 67
    visit not_applicable 99397 preventive established

    professional 2026-03-02, F
    visit not_applicable 99396 preventive established

    professional 2026-03-02, F 67
    visit moderate 99214 office established
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.sources import CLAIMS_MANUAL


@rule(
    severity=ERROR,
    authority="Medicare Claims Processing Manual, chapter 12, 30.6.2; the CMS national fee schedule file",
    url=CLAIMS_MANUAL,
)
def preventive_age(case: Case, books: Books) -> Iterator[Finding]:
    """Yield a preventive visit whose number is for another age."""
    visit, age = case.visit, case.chart.patient.age
    ages = books.visits.preventive_ages(visit.code) if visit and visit.code else None
    if visit is None or ages is None or age is None:
        return
    first, too_old = ages
    if age < first or (too_old is not None and age >= too_old):
        span = f"from {first} on" if too_old is None else f"from {first} to {too_old - 1}"
        yield Finding(f"{visit.code} is for ages {span}; the patient is {age}", (visit,))
