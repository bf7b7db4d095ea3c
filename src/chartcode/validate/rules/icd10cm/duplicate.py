"""A code is reported twice.

Each code is reported once an encounter, also where both sides are affected and no code tells the sides apart, and where
two conditions fall to one code. Keep the first and its evidence.

Examples:
    outpatient 2025-11-03, F 67
    dx I10
    dx E11.9
    dx E11.9    ! icd10cm/duplicate

    outpatient 2025-11-03, F 67
    dx M17.11
    dx M17.12
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.12")
def duplicate(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it is true of every edition
    """Yield the second and later uses of a code, but for those that the Medicare Code Editor refuses."""
    seen: set[str] = set()
    for at, d in enumerate(coded(case)):
        of_principal = case.inpatient and at > 0 and d.code == coded(case)[0].code
        if d.code.value in seen and not of_principal:
            yield Finding(f"{d.code} is reported more than once", (d,), Remedy("drop", (d.code,), safe=True))
        seen.add(d.code.value)
