"""The class of obesity and the body mass index do not agree.

Class 1 is a body mass index of 30 to 34.9, class 2 of 35 to 39.9, class 3 of 40 and more. The provider names the
class; ask which of the two is right.

Examples:
    outpatient 2025-11-03, F 67
    dx E66.811    ! icd10cm/obesity_class_and_bmi
    dx Z68.41

    outpatient 2025-11-03, F 67
    dx E66.813
    dx Z68.41
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

CLASSES = {"E66.811": ("Z68.30", "Z68.34"), "E66.812": ("Z68.35", "Z68.39"), "E66.813": ("Z68.41", "Z68.45")}
"""The first and last code of the body mass index of each class, in adults."""


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.C.4.b.1 and I.B.14", since="2024-10-01")
def obesity_class_and_bmi(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a class of obesity beside a body mass index of another class."""
    for d in of(coded(case), *CLASSES):
        low, high = CLASSES[d.code.value]
        for index in of(coded(case), "Z68.1", "Z68.2", "Z68.3", "Z68.4"):
            if not low <= index.code.value <= high:
                ask = Remedy("ask", (d.code,), say="ask for the class of obesity and the body mass index")
                yield Finding(f"{d.code} goes with {low} to {high}, and {index.code} is reported", (d,), ask)
