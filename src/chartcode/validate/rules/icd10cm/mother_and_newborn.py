"""Codes of the mother and codes of the newborn stand on one record.

Chapter 16 codes are never for the mother's record and Chapter 15 codes never for the newborn's; a liveborn infant (Z38)
is on its own record alone. Part the two records.

Examples:
    inpatient 2025-11-03 2025-11-05, F 29
    dx O80
    dx Z37.0
    dx P22.1    ! icd10cm/mother_and_newborn

    inpatient 2025-11-03 2025-11-05, F, age 1 days
    dx Z38.00
    dx P22.1
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.16.a.1 and I.C.16.a.2")
def mother_and_newborn(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the newborn's codes on a record that has codes of pregnancy."""
    diagnoses = coded(case)
    if of(diagnoses, "O"):
        for d in of(diagnoses, "P", "Z38"):
            drop = Remedy("drop", (d.code,), say="report it on the newborn's record")
            yield Finding(f"{d.code} belongs to the newborn's record, and this one has codes of pregnancy", (d,), drop)
