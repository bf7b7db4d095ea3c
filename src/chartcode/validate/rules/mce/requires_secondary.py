"""The principal diagnosis is accepted only beside a secondary diagnosis, and there is none.

Z51.89, other aftercare, says nothing alone: report the condition that the care is for.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx Z51.89    ! mce/requires_secondary

    inpatient 2025-11-03 2025-11-07, F 67
    dx Z51.89
    dx I69.351 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import coded, first
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, unacceptable principal diagnosis: requires a secondary one",
    url=CODE_EDITOR,
)
def requires_secondary(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the principal diagnosis of an inpatient, if it stands alone and the editor does not accept that."""
    d = first(case)
    if d and case.inpatient and len(coded(case)) == 1 and "requires secondary" in books.icd10cm.flags(d.code.value):
        ask = Remedy("ask", (d.code,), say="add the condition that the care is for")
        yield Finding(f"{d.code} is accepted as the principal diagnosis only with a secondary diagnosis", (d,), ask)
