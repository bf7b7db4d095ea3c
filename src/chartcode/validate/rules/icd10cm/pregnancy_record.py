"""A code of pregnancy is reported for a patient who cannot be the mother.

Chapter 15 codes belong to the mother's record alone: never to the newborn's, and never to a male patient's. Check whose
record this is, and its sex and age.

Examples:
    inpatient 2025-11-03 2025-11-05, M, age 2 days
    dx Z38.00
    dx O70.0    ! icd10cm/pregnancy_record

    outpatient 2025-11-03, M 40
    dx O99.012    ! icd10cm/pregnancy_record

    outpatient 2025-11-03, F 29
    dx O99.012
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

YOUNGEST = 1
"""Years; younger patients are infants, whose record is not a mother's (other ages are a matter of the MCE)."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.a.2 and I.C.16.a.1")
def pregnancy_record(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of Chapter 15 for a male patient or an infant."""
    patient = case.chart.patient
    infant = patient.age is not None and patient.age < YOUNGEST
    if patient.sex == "M" or infant:
        whom = "an infant" if infant else "a male patient"
        for d in of(coded(case), "O"):
            yield Finding(
                f"{d.code} belongs to a mother's record, not to that of {whom}", (d,), Remedy("drop", (d.code,))
            )
