"""The principal diagnosis is an external cause.

Codes V00 to Y99 tell how it came about. Report the injury or illness first.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx W19.XXXA    ! mce/external_cause_principal
    dx S72.001A

    inpatient 2025-11-03 2025-11-07, F 67
    dx S72.001A
    dx W19.XXXA
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import first
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR, authority="CMS, Definitions of Medicare Code Edits, E-code as principal diagnosis", url=CODE_EDITOR
)
def external_cause_principal(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the principal diagnosis of an inpatient, if the editor's list has it among the external causes."""
    d = first(case)
    if d and case.inpatient and "external cause" in books.icd10cm.flags(d.code.value):
        move = Remedy("move", (d.code,), say="report the injury or illness first")
        yield Finding(f"{d.code} is an external cause and is not accepted as a principal diagnosis", (d,), move)
