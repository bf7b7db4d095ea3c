"""Hyponatremia is reported, and every sodium of the record is normal.

The provider's statement is enough to code it; a payer will ask for the value. Ask for it.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    fact lab sodium; name: sodium; value: 138; unit: mmol/l
    dx J18.9
    dx E87.1    ! clinical/hyponatremia_unsupported

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab sodium; name: sodium; value: 131; unit: mmol/l
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

NORMAL = 135


@rule(
    severity=QUERY,
    authority=(
        "ICD-10-CM Official Guidelines FY2026, I.A.19; "
        "serum sodium below 135 mmol/L, Verbalis et al., Am J Med 2013;126(10 Suppl 1):S1"
    ),
    url="https://doi.org/10.1016/j.amjmed.2013.07.006",
)
def hyponatremia_unsupported(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield E87.1 where no sodium is below 135 mmol/L."""
    values = lab(case, "sodium", 90, 190)
    if values and min(values) >= NORMAL and max(values) <= 160:
        for d in of(coded(case), "E87.1"):
            yield Finding(
                f"{d.code}, and the lowest sodium is {min(values):g} mmol/L",
                (d,),
                Remedy("ask", (d.code,), say="ask for the value"),
            )
