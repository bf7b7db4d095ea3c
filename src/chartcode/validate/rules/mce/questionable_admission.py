"""The principal diagnosis alone seldom justifies an inpatient stay.

The editor marks a few codes whose treatment usually needs no admission; a payer may ask for the reason. If the stay was
for something more, report that first.

Examples:
    inpatient 2025-11-03 2025-11-05, F 67
    dx R03.0    ! mce/questionable_admission

    outpatient 2025-11-03, F 67
    dx R03.0
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.questions import first
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(severity=WARNING, authority="CMS, Definitions of Medicare Code Edits, questionable admission", url=CODE_EDITOR)
def questionable_admission(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the principal diagnosis of an inpatient, if the editor calls it a questionable admission."""
    d = first(case)
    if d and case.inpatient and "questionable admission" in books.icd10cm.flags(d.code.value):
        yield Finding(f"{d.code} seldom justifies an inpatient stay", (d,))
