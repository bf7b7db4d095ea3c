"""An unknown cause of death is reported for a patient who came alive.

R99 is only for a patient who is already dead on arrival. It is not the way to say that a patient died; the discharge
status says that.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67, disposition 20
    dx I46.9
    dx R99    ! icd10cm/death_of_unknown_cause

    ed 2025-11-03, F 67, disposition 20
    dx R99
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.18.h")
def death_of_unknown_cause(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield R99 of an inpatient, and R99 beside other diagnoses."""
    if case.inpatient or len(coded(case)) > 1:
        for d in of(coded(case), "R99"):
            yield Finding("R99 is only for a patient who was dead on arrival", (d,), Remedy("drop", (d.code,)))
