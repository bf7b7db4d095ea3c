"""HIV disease is reported beside the asymptomatic status.

Once a patient has had an HIV-related illness, every later encounter is coded B20; the asymptomatic infection (Z21) and
the inconclusive test (R75) are never reported again.

Examples:
    outpatient 2025-11-03, M 44
    dx B20
    dx Z21    ! icd10cm/hiv_disease_and_status

    outpatient 2025-11-03, M 44
    dx Z21
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.a.2.g")
def hiv_disease_and_status(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the status and the inconclusive test beside B20."""
    if of(coded(case), "B20"):
        for d in of(coded(case), "Z21", "R75"):
            yield Finding(
                f"{d.code} is never reported once there is HIV disease (B20)", (d,), Remedy("drop", (d.code,))
            )
