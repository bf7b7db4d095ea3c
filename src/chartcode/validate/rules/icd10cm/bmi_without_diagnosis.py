"""The body mass index is reported without a diagnosis that it belongs to.

Z68 only adds to a diagnosis of weight or nutrition that the provider documents: overweight, obesity, malnutrition,
anorexia and the like. A number alone is not a diagnosis; ask the provider.

Examples:
    outpatient 2025-11-03, F 67
    dx I10
    dx Z68.41    ! icd10cm/bmi_without_diagnosis

    outpatient 2025-11-03, F 67
    dx E66.01
    dx Z68.41
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

OF_WEIGHT = (
    "E40",
    "E41",
    "E42",
    "E43",
    "E44",
    "E45",
    "E46",
    "E64.0",
    "E66",
    "F50",
    "O25",
    "O99.21",
    "R62",
    "R63",
    "R64",
)


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.B.14 and I.C.21.c.3")
def bmi_without_diagnosis(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the body mass index on a claim without any diagnosis of weight or nutrition."""
    if not of(coded(case), *OF_WEIGHT):
        for d in of(coded(case), "Z68"):
            ask = Remedy("ask", (d.code,), say="ask for the diagnosis that the body mass index belongs to")
            yield Finding(f"{d.code} needs a documented diagnosis of weight or nutrition", (d,), ask)
