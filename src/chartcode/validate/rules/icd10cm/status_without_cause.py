"""The status of an external cause is reported without any cause or activity.

Y99 says whether the patient was at work or in service when it happened. Without a cause or activity that is coded, it
is not assigned.

Examples:
    ed 2025-11-03, F 27
    dx S93.401A
    dx Y99.8    ! icd10cm/status_without_cause

    ed 2025-11-03, F 27
    dx S93.401A
    dx W19.XXXA
    dx Y99.8
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

CAUSES = ("V", "W", "X", *(f"Y{n:02}" for n in range(92)), "Y93", "T36", "T37", "T38", "T39", "T4", "T50", "T5", "T6")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.20.k")
def status_without_cause(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield Y99 where no external cause is reported."""
    if not of(coded(case), *CAUSES):
        for d in of(coded(case), "Y99"):
            yield Finding(f"{d.code} goes with an external cause or activity", (d,), Remedy("drop", (d.code,)))
