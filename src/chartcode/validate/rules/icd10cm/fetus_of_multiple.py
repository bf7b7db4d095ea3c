"""A multiple pregnancy is reported, and the code does not tell which fetus.

Where a seventh character tells the fetus, 0 is for a single one, or for a record that does not say which. In a multiple
pregnancy look for the number of the fetus.

Examples:
    outpatient 2025-11-03, F 29
    dx O36.5930    ! icd10cm/fetus_of_multiple
    dx O30.003
    dx Z3A.30

    outpatient 2025-11-03, F 29
    dx O36.5931
    dx O30.003
    dx Z3A.30
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

TELLING = ("O31", "O32", "O33.3", "O33.4", "O33.5", "O33.6", "O35", "O36", "O40", "O41", "O60.1", "O60.2", "O64", "O69")
"""Categories whose seventh character tells the fetus."""


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.a.6")
def fetus_of_multiple(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code with fetus 0 beside a multiple pregnancy."""
    if of(coded(case), "O30"):
        for d in of(coded(case), *TELLING):
            if seventh(d) == "0":
                yield Finding(
                    f"{d.code} does not tell which fetus of the multiple pregnancy", (d,), Remedy("ask", (d.code,))
                )
