"""A code that only adds to another one stands first.

Body mass index, coma and stroke scales, social circumstances, organisms, drug resistance, the outcome of a delivery and
a pregnancy that is only incidental are never the reason for an encounter. Report that reason first.

Examples:
    outpatient 2025-11-03, F 67
    dx Z68.41    ! icd10cm/never_first
    dx E66.01

    outpatient 2025-11-03, F 67
    dx E66.01
    dx Z68.41
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import first
from chartcode.validate.rule import rule


@rule(
    severity=WARNING,
    authority="ICD-10-CM Official Guidelines FY2026, I.B.14, I.C.1.b, I.C.1.c, I.C.21.c.3 and I.C.21.c.11",
)
def never_first(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first diagnosis, if it is such a code and not one that the Medicare Code Editor refuses."""
    d = first(case)
    if d is None or not d.code.value.startswith(tuple(books.parameters["sequence.never_first"])):
        return
    if not (case.inpatient and "unacceptable principal" in books.icd10cm.flags(d.code.value)):
        yield Finding(f"{d.code} only adds to another code and is never the first", (d,), Remedy("move", (d.code,)))
