"""Anemia due to chemotherapy is reported without the adverse effect.

D64.81 is followed by the neoplasm and by T45.1X5-, the adverse effect of the antineoplastic drug.

Examples:
    outpatient 2025-11-03, F 67
    dx D64.81    ! icd10cm/chemotherapy_anemia_cause
    dx C50.911

    outpatient 2025-11-03, F 67
    dx D64.81
    dx C50.911
    dx T45.1X5A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.2.c.2 and the note at D64.81")
def chemotherapy_anemia_cause(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield D64.81 without the adverse effect."""
    if not of(coded(case), "T45.1X5"):
        for d in of(coded(case), "D64.81"):
            add = Remedy("add", say="add the adverse effect of the antineoplastic drug, T45.1X5-")
            yield Finding(f"{d.code} is an adverse effect: T45.1X5- tells of what", (d,), add)
