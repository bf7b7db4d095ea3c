"""The potassium is far from normal, and no disorder of it is documented.

An abnormal value is not coded unless the provider says what it means. Below 3.0 or above 6.0 mmol/L it is looked
after: ask.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67    ! clinical/potassium_indicators
    fact lab potassium; name: potassium; value: 2.6; unit: mmol/l
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    fact lab potassium; name: potassium; value: 2.6; unit: mmol/l
    dx J18.9
    dx E87.6
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

LOW, HIGH = 3.0, 6.0


@rule(
    severity=QUERY,
    authority=("ICD-10-CM Official Guidelines FY2026, III.B; serum potassium below 3.0 or above 6.0 mmol/L"),
)
def potassium_indicators(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a stay with such a value, without a disorder of potassium."""
    values = lab(case, "potassium", 1, 10)
    for value, code, name in (
        ((min(values), "E87.6", "hypokalemia"), (max(values), "E87.5", "hyperkalemia"))
        if values and case.inpatient
        else ()
    ):
        if (value < LOW if code == "E87.6" else value > HIGH) and not of(coded(case), code):
            yield Finding(
                f"potassium of {value:g} mmol/L, and no {name} is documented",
                (),
                Remedy("ask", say="ask what the potassium means"),
            )
