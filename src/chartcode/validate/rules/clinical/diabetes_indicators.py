"""The hemoglobin A1c is that of diabetes, and none is documented.

6.5 % and more is a criterion of diabetes. It is the provider who diagnoses it: ask.

Examples:
    outpatient 2025-11-03, F 67    ! clinical/diabetes_indicators
    fact lab hemoglobin A1c; name: hemoglobin a1c; value: 8.4; unit: %
    dx I10

    outpatient 2025-11-03, F 67
    fact lab hemoglobin A1c; name: hemoglobin a1c; value: 8.4; unit: %
    dx E11.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.measures import lab
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

CRITERION = 6.5
TOLD = ("E08", "E09", "E10", "E11", "E13", "O24", "P70")


@rule(
    severity=QUERY,
    authority=(
        "American Diabetes Association, Standards of Care in Diabetes, section 2; "
        "ICD-10-CM Official Guidelines FY2026, III.B"
    ),
    url="https://diabetesjournals.org/care/issue/48/Supplement_1",
)
def diabetes_indicators(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a case with an A1c of 6.5 % or more, without diabetes."""
    values = lab(case, "hemoglobin a1c", 3, 20)
    if values and max(values) >= CRITERION and coded(case) and not of(coded(case), *TOLD):
        yield Finding(
            f"hemoglobin A1c of {max(values):g} %, and no diabetes is documented",
            (),
            Remedy("ask", say="ask what the value means"),
        )
