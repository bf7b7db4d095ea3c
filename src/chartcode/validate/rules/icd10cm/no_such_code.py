"""A code has never existed.

It is neither a code, nor a category, nor a code that was valid on other days: a slip of the keyboard, a code of another
country's edition, or characters too many. Look the condition up again; where the beginning of what was written is a
complete code, that code is offered.

Examples:
    outpatient 2025-11-03, F 67
    dx I10.9     ! icd10cm/no_such_code
    dx E11.99    ! icd10cm/no_such_code
    dx E11.9

    outpatient 2025-11-03, F 67
    dx E11
    dx T81.4
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import BILLING, ERROR, MENTIONS, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded
from chartcode.validate.rule import rule
from chartcode.validate.spelling import NO_SUCH_CODE, fault


@rule(
    severity=ERROR,
    authority="ICD-10-CM Official Guidelines FY2026, I.A.3 and I.B.1",
    modes=(BILLING, MENTIONS),
)
def no_such_code(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code that is in no edition."""
    for d in coded(case):
        found = fault(d.code.value, books.icd10cm)
        if found and found.kind == NO_SUCH_CODE:
            meant = f"; {found.instead[0]} is complete as it is" if found.instead else ""
            remedy = Remedy("replace", (d.code,), cm(*found.instead)) if found.instead else None
            yield Finding(f"there is no code {d.code}{meant}", (d,), remedy)
