"""A secondary diagnosis repeats the principal one.

Report it once.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9
    dx I10
    dx J18.9    ! mce/duplicate_of_principal

    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9
    dx I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(
    severity=ERROR,
    authority="CMS, Definitions of Medicare Code Edits, duplicate of principal diagnosis",
    url=CODE_EDITOR,
)
def duplicate_of_principal(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it is true of every edition
    """Yield each secondary diagnosis of an inpatient that has the code of the principal one."""
    if case.inpatient:
        for d in coded(case)[1:]:
            if d.code == coded(case)[0].code:
                yield Finding(f"{d.code} repeats the principal diagnosis", (d,), Remedy("drop", (d.code,), safe=True))
