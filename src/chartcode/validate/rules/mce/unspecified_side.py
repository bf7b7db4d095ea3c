"""A code for an unspecified side is reported for an inpatient, where a code for the side exists.

Since April 2022 the editor returns such claims. Find the side in the record of any clinician. If it cannot be found,
the claim needs the remark that laterality could not be determined, and why.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx S72.009A    ! mce/unspecified_side

    inpatient 2022-03-25 2022-03-31, F 67
    dx S72.009A

    inpatient 2025-11-03 2025-11-07, F 67
    dx S72.001A
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, unspecified code edit",
    url=CODE_EDITOR,
    since="2022-04-01",
)
def unspecified_side(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code of an inpatient on the editor's list of unspecified codes."""
    if case.inpatient:
        for d in coded(case):
            if "unspecified laterality" in books.icd10cm.flags(d.code.value):
                ask = Remedy("ask", (d.code,), say="find the side in the record, or ask the provider")
                yield Finding(f"{d.code} leaves the side open; the record or the provider may tell it", (d,), ask)
