"""The sodium is low, and no hyponatremia is documented.

An abnormal value is not coded unless the provider says what it means. Below 130 mmol/L it is usually looked after:
ask.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67    ! clinical/hyponatremia_indicators
    fact lab sodium; name: sodium; value: 124; unit: mmol/l
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab sodium; name: sodium; value: 124; unit: mmol/l
    dx J18.9
    dx E87.1
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

LOW = 130


@rule(
    severity=QUERY,
    authority=(
        "ICD-10-CM Official Guidelines FY2026, III.B; "
        "serum sodium below 130 mmol/L, Verbalis et al., Am J Med 2013;126(10 Suppl 1):S1"
    ),
    url="https://doi.org/10.1016/j.amjmed.2013.07.006",
)
def hyponatremia_indicators(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a stay with a sodium below 130 mmol/L, without hyponatremia."""
    values = lab(case, "sodium", 90, 190)
    if case.inpatient and values and min(values) < LOW and not of(coded(case), "E87.1", "E22.2", "P74.2"):
        say = "ask what the sodium means"
        yield Finding(
            f"sodium of {min(values):g} mmol/L, and no hyponatremia is documented", (), Remedy("ask", say=say)
        )
