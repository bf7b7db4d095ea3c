"""Sepsis of a newborn is coded as that of an adult.

Bacterial sepsis in the first 28 days is coded from P36, congenital unless the record says that it was acquired later
in the community.

Examples:
    inpatient 2025-11-03 2025-11-07, F, age 9 days
    dx A41.9    ! icd10cm/newborn_sepsis

    inpatient 2025-11-03 2025-11-07, F, age 9 days
    dx P36.9

    inpatient 2025-11-03 2025-11-07, F 67
    dx A41.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

PERINATAL = 28
"""Days after birth through which the perinatal period lasts (I.C.16)."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.16.f")
def newborn_sepsis(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of sepsis of a patient in the perinatal period."""
    days = case.chart.patient.age_days
    if days is not None and days <= PERINATAL:
        for d in of(coded(case), "A40", "A41"):
            say = "code it from P36, or show that it was acquired in the community"
            yield Finding(
                f"sepsis of a newborn is coded from P36, not {d.code}", (d,), Remedy("replace", (d.code,), say=say)
            )
