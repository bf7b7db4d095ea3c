"""An inpatient claim has no admitting diagnosis.

The claim of a stay names the condition that was known at admission, by a code of its own, even if it is a symptom.
Asked of claims alone: what is coded from its record is no claim yet, and ``chartcode claim`` names the gap when it
becomes one.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67    ! claim/admitting_missing
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    admit dx R06.02
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    note assessment: Pneumonia.
    dx J18.9 "Pneumonia"
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(
    severity=INFO,
    authority=("NUBC UB-04 data specifications, form locator 69; ASC X12 837I, 005010X223A2, HI (ABJ)"),
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def admitting_missing(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield a stay without one."""
    if case.inpatient and not case.chart.documents and coded(case) and case.admitting is None:
        yield Finding(
            "the claim of a stay names the admitting diagnosis", (), Remedy("add", say="add the admitting diagnosis")
        )
