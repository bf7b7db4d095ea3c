"""An adverse effect stands first, before what it is.

For a drug that was rightly prescribed and rightly given, the nature of the effect comes first (the rash, the bleeding,
the kidney failure) and the drug (T36-T50, character 5) after it.

Examples:
    outpatient 2025-11-03, F 67
    dx T36.0X5A    ! icd10cm/adverse_effect_first
    dx L27.0

    outpatient 2025-11-03, F 67
    dx L27.0
    dx T36.0X5A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, intent, of
from chartcode.validate.rule import rule

DRUGS = tuple(f"T{number}" for number in range(36, 51))


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.e.5.a")
def adverse_effect_first(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first diagnosis, if it is an adverse effect that the Medicare Code Editor does not refuse anyway."""
    for d in of(coded(case)[:1], *DRUGS):
        refused = case.inpatient and "unacceptable principal" in books.icd10cm.flags(d.code.value)
        if intent(d) == "5" and not refused:
            move = Remedy("move", (d.code,), say="report the nature of the effect first")
            yield Finding(f"{d.code} is the drug of an adverse effect; the effect itself comes first", (d,), move)
