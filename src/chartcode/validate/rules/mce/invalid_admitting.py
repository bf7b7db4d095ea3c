"""The admitting diagnosis is not a valid code on this day.

It is reported as its own field of the claim and has to be as complete as any other code.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    admit dx I50    ! mce/invalid_admitting
    dx I50.9 poa Y

    inpatient 2025-11-03 2025-11-07, F 67
    admit dx R06.02
    dx I50.9 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(severity=ERROR, authority="CMS, Definitions of Medicare Code Edits, invalid diagnosis code", url=CODE_EDITOR)
def invalid_admitting(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the admitting diagnosis of an inpatient, if it is not reportable on the day."""
    d = case.admitting
    if d and case.inpatient and not books.icd10cm.valid(d.code.value):
        yield Finding(f"{d.code} is not a valid admitting diagnosis on {books.day}", (d,))
