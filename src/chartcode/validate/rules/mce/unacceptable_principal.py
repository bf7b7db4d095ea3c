"""The principal diagnosis is one that Medicare does not accept in that place.

Some codes describe a circumstance or only add to another code: a history, a status, an outcome, an organism, a score.
They may be reported, but not as the reason for an inpatient stay.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx R65.20    ! mce/unacceptable_principal
    dx A41.9

    inpatient 2025-11-03 2025-11-07, F 67
    dx A41.9
    dx R65.20

    outpatient 2025-11-03, F 67
    dx Z86.73
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import first
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, unacceptable principal diagnosis",
    url=CODE_EDITOR,
)
def unacceptable_principal(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the principal diagnosis of an inpatient, if the editor refuses it there."""
    d = first(case)
    if d is None or not case.inpatient:
        return
    flags = books.icd10cm.flags(d.code.value)
    if "unacceptable principal" in flags and "requires secondary" not in flags:
        move = Remedy("move", (d.code,), say="report the condition that occasioned the admission first")
        yield Finding(f"{d.code} is not accepted as a principal diagnosis", (d,), move)
