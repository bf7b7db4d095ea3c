"""Supervision of a normal pregnancy is reported with a complication of it.

Z34 is for a routine visit of a pregnancy without complications. Once a code of Chapter 15 stands on the claim, the
pregnancy is not without them; a high-risk one is supervised under O09.

Examples:
    outpatient 2025-11-03, F 29
    dx Z34.03    ! icd10cm/supervision_with_complication
    dx O99.013
    dx Z3A.30

    outpatient 2025-11-03, F 29
    dx Z34.03
    dx Z3A.30
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.b.1")
def supervision_with_complication(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each Z34 beside a code of Chapter 15."""
    other = next(iter(of(coded(case), "O")), None)
    if other:
        for d in of(coded(case), "Z34"):
            yield Finding(f"{d.code} is not reported with {other.code}", (d,), Remedy("drop", (d.code,)))
