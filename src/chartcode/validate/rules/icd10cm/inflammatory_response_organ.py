"""A non-infectious inflammatory response with organ dysfunction is reported without the organ.

R65.11 says that organs fail; each acute dysfunction is coded in addition. If the record does not link them, ask.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K85.90
    dx R65.11    ! icd10cm/inflammatory_response_organ

    inpatient 2025-11-03 2025-11-07, F 67
    dx K85.90
    dx R65.11
    dx N17.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

ORGANS = (
    "N17",
    "N99.0",
    "J80",
    "J95.2",
    "J95.82",
    "J96",
    "K72",
    "K76.7",
    "G92",
    "G93.4",
    "D65",
    "D68",
    "D69",
    "E87.2",
    "G72.81",
    "G62.81",
    "I21",
    "I46",
    "I50",
    "I51.81",
    "I5A",
    "R40.2",
    "R57",
    "F05",
)


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.C.18.g")
def inflammatory_response_organ(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield R65.11 without an acute organ dysfunction."""
    if not of(coded(case), *ORGANS):
        for d in of(coded(case), "R65.11"):
            ask = Remedy("ask", (d.code,), say="ask which organ dysfunction the response brought about")
            yield Finding(f"{d.code} needs the code of each acute organ dysfunction", (d,), ask)
