"""Two stages of chronic kidney disease are reported.

A patient has one stage: the one that the provider documents for this encounter, and N18.6 alone if end stage renal
disease is documented. The unspecified stage is not added to a known one.

Examples:
    outpatient 2025-11-03, F 67
    dx N18.4    ! icd10cm/ckd_two_stages
    dx N18.6

    outpatient 2025-11-03, F 67
    dx N18.6
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

UNSPECIFIED = "N18.9"


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.14.a.1")
def ckd_two_stages(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield all stages but the highest."""
    stages = sorted(of(coded(case), "N18"), key=lambda d: "" if d.code.value == UNSPECIFIED else d.code.value)
    for d in stages[:-1]:
        if d.code != stages[-1].code:
            drop = Remedy("drop", (d.code,), safe=stages[-1].code.value == "N18.6" or d.code.value == UNSPECIFIED)
            yield Finding(f"{d.code} and {stages[-1].code} are two stages of one disease", (d,), drop)
