"""Contact with COVID-19 is reported beside the confirmed infection.

Z20.822 is for people who were exposed and whose infection is not confirmed. Where it is confirmed,
U07.1 alone tells it.

Examples:
    outpatient 2025-11-03, F 67
    dx U07.1
    dx Z20.822    ! icd10cm/covid_contact_with_infection

    outpatient 2025-11-03, F 67
    dx Z20.822
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.g.1.e", since="2021-01-01")
def covid_contact_with_infection(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield Z20.822 beside U07.1."""
    if of(coded(case), "U07.1"):
        for d in of(coded(case), "Z20.822"):
            yield Finding("U07.1 tells the infection; contact (Z20.822) is not added", (d,), Remedy("drop", (d.code,)))
