"""An acute stroke is reported for a visit in an office.

An acute stroke is treated in a hospital. Later, what it left is coded from I69, and a stroke without deficits is
Z86.73. The Inspector General counts this among the codes that are seldom supported.

Examples:
    professional 2025-11-03, F 67
    visit moderate office established
    dx I63.9    ! risk/acute_stroke_in_office

    professional 2025-11-03, F 67
    visit moderate office established
    dx I69.354

    ed 2025-11-03, F 67
    dx I63.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import PROFESSIONAL
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

OFFICE = ("9920", "9921")
"""Beginnings of the numbers of office visits."""


@rule(
    severity=WARNING,
    authority=(
        "ICD-10-CM Official Guidelines FY2026, I.C.9.d.3; "
        "OIG Toolkit for high-risk diagnosis codes, A-07-23-01213 (acute stroke)"
    ),
    url="https://oig.hhs.gov/reports/all/",
)
def acute_stroke_in_office(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each acute stroke of a professional claim that is for a visit in an office."""
    visit = case.visit
    office = visit is not None and visit.service.startswith("office")
    numbers = any(line.code.value.startswith(OFFICE) for line in case.procedures)
    if case.chart.encounter.setting == PROFESSIONAL and (office or numbers):
        for d in of(coded(case), "I60", "I61", "I63"):
            say = "report the sequela (I69) or the history (Z86.73)"
            remedy = Remedy("replace", (d.code,), say=say)
            yield Finding(f"{d.code} is an acute stroke, which is not treated in an office", (d,), remedy)
