"""Chronic obstructive lung disease with an infection is reported without the infection.

J44.0 says that there is an acute infection of the lower airways, and its note asks for the code of that infection.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J44.0    ! icd10cm/infection_of_copd

    inpatient 2025-11-03 2025-11-07, F 67
    dx J44.0
    dx J18.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

INFECTIONS = (
    "J09",
    "J10",
    "J11",
    "J12",
    "J13",
    "J14",
    "J15",
    "J16",
    "J17",
    "J18",
    "J20",
    "J21",
    "J22",
    "J40",
    "J69",
    "A15",
    "A37",
    "A48.1",
    "B44",
    "U07.1",
    "B97",
)


@rule(severity=INFO, authority="the 'code also' note at J44.0; ICD-10-CM Official Guidelines FY2026, I.A.17")
def infection_of_copd(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield J44.0 without an infection of the lower airways."""
    if not of(coded(case), *INFECTIONS):
        for d in of(coded(case), "J44.0"):
            yield Finding("J44.0 asks for the code of the infection", (d,), Remedy("add", say="add the infection"))
