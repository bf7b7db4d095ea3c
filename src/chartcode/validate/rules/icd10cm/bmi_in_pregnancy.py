"""The body mass index is reported in pregnancy.

Z68 is not assigned during pregnancy.

Examples:
    outpatient 2025-11-03, F 29
    dx O99.212
    dx E66.01
    dx Z68.41    ! icd10cm/bmi_in_pregnancy

    outpatient 2025-11-03, F 29
    dx E66.01
    dx Z68.41
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.21.c.3", since="2018-10-01")
def bmi_in_pregnancy(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the body mass index beside a code of pregnancy."""
    if of(coded(case), "O", "Z33.1", "Z34", "Z3A"):
        for d in of(coded(case), "Z68"):
            yield Finding(f"{d.code} is not assigned during pregnancy", (d,), Remedy("drop", (d.code,), safe=True))
