"""A subsequent infarction is reported after one that is not of type 1.

I22 is for a new type 1 or unspecified infarction within four weeks of another one of these. A new infarction of another
type is coded from I21.A, and I22 does not follow it.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I22.1    ! icd10cm/subsequent_infarction_type
    dx I21.A1

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


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.e.4 and I.C.9.e.5", since="2017-10-01")
def subsequent_infarction_type(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each I22 where every other infarction reported is of another type."""
    others = of(coded(case), "I21")
    if others and all(d.code.value.startswith("I21.A") for d in others):
        for d in of(coded(case), "I22"):
            say = "code the new infarction by its type from I21"
            yield Finding(
                f"{d.code} does not go with {others[0].code} alone", (d,), Remedy("replace", (d.code,), say=say)
            )
