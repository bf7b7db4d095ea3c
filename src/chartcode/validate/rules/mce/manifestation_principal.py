"""The principal diagnosis is a manifestation.

The editor's list holds the codes that only describe what another disease does. Report that disease first.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx G63    ! mce/manifestation_principal
    dx E85.4

    inpatient 2025-11-03 2025-11-07, F 67
    dx E85.4
    dx G63
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import first
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, manifestation code as principal diagnosis",
    url=CODE_EDITOR,
)
def manifestation_principal(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the principal diagnosis of an inpatient, if it is on the editor's list of manifestations."""
    d = first(case)
    if d and case.inpatient and "manifestation" in books.icd10cm.flags(d.code.value):
        move = Remedy("move", (d.code,), say="report the underlying disease first")
        yield Finding(f"{d.code} is a manifestation and is not accepted as a principal diagnosis", (d,), move)
