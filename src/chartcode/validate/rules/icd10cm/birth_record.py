"""A liveborn infant is reported on another record than that of the birth.

Z38 is assigned once, to the newborn, at the time of birth, by the place where it is born. It stands on no later
encounter, and on no mother's record (there it is Z37).

Examples:
    outpatient 2025-11-03, F 2
    dx Z38.00    ! icd10cm/birth_record

    inpatient 2025-11-03 2025-11-05, F, age 0 days
    dx Z38.00
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

OLDEST = 28


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.16.a.2 and I.C.21.c.16")
def birth_record(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield Z38 of a patient who is no newborn."""
    patient = case.chart.patient
    if (patient.age or 0) > 0 or (patient.age_days or 0) > OLDEST:
        for d in of(coded(case), "Z38"):
            yield Finding(f"{d.code} stands only on the record of the birth", (d,), Remedy("drop", (d.code,)))
