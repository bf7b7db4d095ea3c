"""Class 3 obesity is reported beside morbid obesity.

If both are documented, only class 3 (E66.813) is coded, because it tells more.

Examples:
    outpatient 2025-11-03, F 67
    dx E66.813
    dx E66.01    ! icd10cm/obesity_class_and_morbid

    outpatient 2025-11-03, F 67
    dx E66.01
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.4.b.1", since="2024-10-01")
def obesity_class_and_morbid(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield E66.01 beside E66.813."""
    if of(coded(case), "E66.813"):
        for d in of(coded(case), "E66.01"):
            drop = Remedy("drop", (d.code,), say="keep E66.813", safe=True)
            yield Finding("class 3 obesity (E66.813) tells more than E66.01, and stands alone", (d,), drop)
