"""Shock from an infection that follows a procedure is coded as septic shock.

A postprocedural infection that leads to shock is T81.12-, postprocedural septic shock; R65.21 is not assigned.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx T81.41XA
    dx T81.44XA
    dx R65.21    ! icd10cm/postprocedural_shock

    inpatient 2025-11-03 2025-11-07, F 67
    dx T81.41XA
    dx T81.44XA
    dx T81.12XA
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of, seventh
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.d.5.c", since="2018-10-01")
def postprocedural_shock(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield R65.21 beside sepsis that follows a procedure."""
    if any(seventh(d) == "A" for d in of(coded(case), "T81.44")):
        for d in of(coded(case), "R65.21"):
            shock = of(coded(case), "T81.12")
            remedy = Remedy("drop", (d.code,)) if shock else Remedy("replace", (d.code,), cm("T81.12XA"))
            yield Finding(f"septic shock after a procedure is T81.12-, not {d.code}", (d,), remedy)
