"""A respiratory symptom is reported beside the vaping-related disorder.

Cough, shortness of breath and the like belong to the disorder and are not coded apart; symptoms of the gut may be.

Examples:
    outpatient 2025-11-03, F 27
    dx U07.0
    dx R05.9    ! icd10cm/vaping_symptoms

    outpatient 2025-11-03, F 27
    dx U07.0
    dx R19.7
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.10.e", since="2020-04-01")
def vaping_symptoms(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each respiratory symptom beside U07.0."""
    if of(coded(case), "U07.0"):
        for d in of(coded(case), "R05", "R06.0", "R06.2", "R06.82", "R07.1", "R09.02"):
            yield Finding(
                f"{d.code} belongs to the vaping-related disorder", (d,), Remedy("drop", (d.code,), say="keep U07.0")
            )
