"""Secondary diabetes is reported without what caused it.

Diabetes due to an underlying condition (E08) follows that condition. Drug or chemical induced diabetes (E09) needs the
drug's code: before it for a poisoning, after it for an adverse effect.

Examples:
    outpatient 2025-11-03, F 67
    dx E08.9    ! icd10cm/secondary_diabetes_cause

    outpatient 2025-11-03, F 67
    dx E09.9    ! icd10cm/secondary_diabetes_cause
    dx I10

    outpatient 2025-11-03, F 67
    dx E84.8
    dx E08.9

    outpatient 2025-11-03, F 67
    dx E09.9
    dx T38.0X5A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

DRUGS = tuple(f"T{number}" for number in range(36, 66))


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.4.a.6.b")
def secondary_diabetes_cause(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a first-listed E08, and each E09 without the code of a drug or chemical."""
    diagnoses = coded(case)
    for d in of(diagnoses[:1], "E08"):
        say = Remedy("add", say="report the underlying condition before it")
        yield Finding(f"{d.code} follows the condition that causes the diabetes", (d,), say)
    if not of(diagnoses, *DRUGS):
        for d in of(diagnoses, "E09"):
            say = Remedy("add", say="report the drug or chemical")
            yield Finding(f"{d.code} needs the code of the drug or chemical that caused it", (d,), say)
