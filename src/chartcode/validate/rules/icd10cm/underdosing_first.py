"""An underdosing stands first.

Codes of underdosing (T36-T50, character 6) are never the principal or first-listed diagnosis. The condition that came
back or got worse is; if nothing did, the reason for the encounter is.

Examples:
    outpatient 2025-11-03, F 67
    dx T38.3X6A    ! icd10cm/underdosing_first
    dx E11.65

    outpatient 2025-11-03, F 67
    dx E11.65
    dx T38.3X6A
    dx Z91.14
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, intent, of
from chartcode.validate.rule import rule

DRUGS = tuple(f"T{number}" for number in range(36, 51))


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.e.5.c")
def underdosing_first(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first diagnosis, if it is an underdosing that the Medicare Code Editor does not refuse anyway."""
    for d in of(coded(case)[:1], *DRUGS):
        refused = case.inpatient and "unacceptable principal" in books.icd10cm.flags(d.code.value)
        if intent(d) == "6" and not refused:
            move = Remedy("move", (d.code,), say="report the condition first")
            yield Finding(f"{d.code} is an underdosing and never stands first", (d,), move)
