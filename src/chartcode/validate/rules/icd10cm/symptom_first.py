"""A symptom stands first, although the disease that explains it is established.

Codes of Chapter 18 are the first diagnosis only while no related definitive diagnosis is established. Here a disease is
reported that routinely comes with this sign: put it first and leave the sign out.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx R06.02    ! icd10cm/symptom_first
    dx I50.23

    inpatient 2025-11-03 2025-11-07, F 67
    dx R55
    dx I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, explanation, first
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, II.A, IV.D and I.B.4")
def symptom_first(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first diagnosis, if it is a sign of another that is reported."""
    d = first(case)
    cause = explanation(d, coded(case), books) if d else None
    if d and cause:
        move = Remedy("replace", (d.code,), (cause.code,), say=f"put {cause.code} first and leave {d.code} out")
        yield Finding(f"{d.code} is a sign of {cause.code}, which is established", (d,), move)
