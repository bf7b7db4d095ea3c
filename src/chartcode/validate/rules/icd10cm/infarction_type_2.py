"""A type 2 infarction is reported as another kind too.

Type 2 is I21.A1 whatever else the record calls it (NSTEMI, STEMI, demand ischemia): I21.0-I21.4 are for type 1, and
I24.89 is not added.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I21.A1
    dx I24.89    ! icd10cm/infarction_type_2

    inpatient 2025-11-03 2025-11-07, F 67
    dx K92.2
    dx I21.A1
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.e.5", since="2017-10-01")
def infarction_type_2(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield demand ischemia beside a type 2 infarction."""
    if of(coded(case), "I21.A1"):
        for d in of(coded(case), "I24.8"):
            drop = Remedy("drop", (d.code,), say="keep I21.A1", safe=True)
            yield Finding(f"I21.A1 tells the demand ischemia; {d.code} is not added", (d,), drop)
