"""An external cause stands in the first place.

Codes V00 to Y99 tell how an injury or illness came about, and always follow the code of what it is. Report the injury
first.

Examples:
    ed 2025-11-03, F 67
    dx W19.XXXA    ! icd10cm/external_cause_first
    dx S52.501A

    ed 2025-11-03, F 67
    dx S52.501A
    dx W19.XXXA
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import first, place
from chartcode.validate.rule import rule


@rule(severity=ERROR, authority="ICD-10-CM Official Guidelines FY2026, I.C.20.a.6")
def external_cause_first(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first diagnosis, if it is an external cause that the Medicare Code Editor does not refuse anyway."""
    d = first(case)
    if d is None or not d.code.value.startswith(("V", "W", "X", "Y")):
        return
    if not (case.inpatient and "external cause" in books.icd10cm.flags(d.code.value)):
        move = Remedy("move", (d.code,), say="report the injury or illness first")
        yield Finding(f"{d.code} is an external cause and cannot be the {place(case)} diagnosis", (d,), move)
