"""The platelets are very low, and no disorder of them is documented.

Below 50 thousand a microliter they are looked after. Ask what the value means.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67    ! clinical/platelets_indicators
    fact lab platelets; name: platelets; value: 32
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab platelets; name: platelets; value: 32
    dx J18.9
    dx D69.6
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

LOW = 50
TOLD = (
    "D69",
    "D61",
    "D65",
    "D59.3",
    "M31.1",
    "D75.82",
    "D46",
    "C90",
    "C91",
    "C92",
    "C93",
    "C95",
    "O14.2",
    "O99.11",
    "P61.0",
    "D73.1",
)


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, III.B; platelets below 50 thousand")
def platelets_indicators(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a stay with fewer than 50 thousand platelets, without a disorder that tells it."""
    values = lab(case, "platelets", 1, 2000)
    if case.inpatient and values and min(values) < LOW and not of(coded(case), *TOLD):
        yield Finding(
            f"platelets of {min(values):g} thousand, and no disorder is documented",
            (),
            Remedy("ask", say="ask what the platelets mean"),
        )
