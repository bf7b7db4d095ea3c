"""The post COVID-19 condition stands before what it is.

The symptom or condition that followed the infection is coded first where it is known, then U09.9.

Examples:
    outpatient 2025-11-03, F 67
    dx U09.9    ! icd10cm/post_covid_first
    dx R53.82

    outpatient 2025-11-03, F 67
    dx R53.82
    dx U09.9

    outpatient 2025-11-03, F 67
    dx U09.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

# the symptoms and organs of which the note at U09.9 speaks
LATE = ("R", "J84.1", "J96.1", "I26", "I27.82", "I40", "I51.4", "G93.3", "M35.81", "F06", "G90")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.g.1.m", since="2021-10-01")
def post_covid_first(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a first-listed U09.9, if a condition that it explains stands behind it."""
    diagnoses = coded(case)
    late = next(iter(of(diagnoses[1:], *LATE)), None)
    for d in of(diagnoses[:1], "U09.9"):
        if late:
            move = Remedy("move", (late.code,), (d.code,), say=f"put {late.code} first")
            yield Finding(f"{late.code} is what followed the infection, and comes before {d.code}", (d,), move)
