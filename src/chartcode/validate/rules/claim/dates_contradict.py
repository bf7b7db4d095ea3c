"""The dates of an encounter contradict each other.

A stay does not end before it begins, and nobody is treated before birth. Look them up: the books are picked by them.

Examples:
    outpatient 2025-11-03, born 2025-11-20    ! claim/dates_contradict
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule


@rule(
    severity=ERROR,
    authority="45 CFR 162.1102: ASC X12 837, statement dates (DTP 434) and date of birth (DMG)",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def dates_contradict(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield an encounter that ends before it begins, or begins before the birth of the patient."""
    encounter, born = case.chart.encounter, case.chart.patient.born
    if encounter.first and encounter.last and encounter.last < encounter.first:
        yield Finding(f"the encounter ends on {encounter.last}, before it begins on {encounter.first}")
    if born and encounter.on and encounter.on < born:
        yield Finding("the encounter is before the patient's birth")
