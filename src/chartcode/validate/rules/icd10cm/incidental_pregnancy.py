"""A pregnancy is called incidental and coded from Chapter 15.

Z33.1 is for a pregnancy that the provider documents as having nothing to do with the encounter. Beside a code of
Chapter 15 it contradicts it.

Examples:
    outpatient 2025-11-03, F 29
    dx O99.013
    dx Z3A.30
    dx Z33.1    ! icd10cm/incidental_pregnancy

    outpatient 2025-11-03, F 29
    dx S93.401A
    dx Z33.1
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.a.1 and I.C.21.c.3")
def incidental_pregnancy(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield Z33.1 beside a code of Chapter 15."""
    other = next(iter(of(coded(case), "O")), None)
    if other:
        for d in of(coded(case), "Z33.1"):
            yield Finding(f"{d.code} contradicts {other.code}", (d,), Remedy("drop", (d.code,), safe=True))
