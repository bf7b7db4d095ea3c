"""A subsequent myocardial infarction is reported without the first one.

I22 is for a new infarction within four weeks of another, and is always reported together with a code from I21. After
four weeks the older one is I25.2, and the new one is coded from I21.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I22.1    ! icd10cm/subsequent_infarction_alone

    inpatient 2025-11-03 2025-11-07, F 67
    dx I22.1
    dx I21.4
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.e.4")
def subsequent_infarction_alone(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each I22 on a claim without I21."""
    if not of(coded(case), "I21"):
        for d in of(coded(case), "I22"):
            add = Remedy("add", say="add the initial infarction (I21), or code this one from I21")
            yield Finding(f"{d.code} is reported only together with a code from I21", (d,), add)
