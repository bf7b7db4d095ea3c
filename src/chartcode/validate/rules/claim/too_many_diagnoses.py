"""There are more diagnoses than the claim form carries.

A professional claim carries 12 diagnoses, a facility claim 25. Those beyond are left off, so put what decides the
group, the risk adjustment and the quality measures in front.

Examples:
    professional 2025-11-03, F 67
    dx I10
    dx E11.9
    dx E78.5
    dx N18.31
    dx J44.9
    dx M17.11
    dx F32.A
    dx K21.9
    dx H40.9
    dx D64.9
    dx G47.33
    dx L40.9
    dx M81.0    ! claim/too_many_diagnoses

    outpatient 2025-11-03, F 67
    dx I10
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding
from chartcode.model.chart import PROFESSIONAL
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(
    severity=INFO,
    authority="45 CFR 162.1102: ASC X12 837, 005010X222 (professional) and 005010X223 (institutional), HI segment",
    url="https://www.cms.gov/medicare/coding-billing/electronic-billing",
)
def too_many_diagnoses(case: Case, books: Books) -> Iterator[Finding]:
    """Yield one finding on all diagnoses that no longer fit."""
    limits = books.parameters["claim.diagnoses"]
    limit = limits["professional" if case.chart.encounter.setting == PROFESSIONAL else "institutional"]
    beyond = coded(case)[limit:]
    if beyond:
        yield Finding(f"the claim carries {limit} diagnoses, and there are {len(coded(case))}", beyond)
