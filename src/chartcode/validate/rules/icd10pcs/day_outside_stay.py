"""A procedure has a day outside of the stay and of the three days before it.

What a hospital does within three days before an admission belongs to the stay. Any other day is an error of the date,
or of the claim.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K35.80
    px 0DTJ4ZZ @2025-11-12    ! icd10pcs/day_outside_stay

    inpatient 2025-11-03 2025-11-07, F 67
    dx K35.80
    px 0DTJ4ZZ @2025-11-01
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.model.code import ICD10PCS
from chartcode.validate.rule import rule

WINDOW = timedelta(days=3)


@rule(
    severity=WARNING,
    authority=(
        "Medicare Claims Processing Manual, chapter 3, 40.3 (three-day payment window); NUBC UB-04, form locator 74"
    ),
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
)
def day_outside_stay(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each ICD-10-PCS line of such a day."""
    first_day, last = case.chart.encounter.first, case.chart.encounter.last
    for line in case.procedures if case.inpatient and first_day and last else ():
        if (
            line.code.system == ICD10PCS
            and line.on
            and first_day
            and last
            and not first_day - WINDOW <= line.on <= last
        ):
            yield Finding(f"{line.code} is of {line.on}, and the stay is from {first_day} to {last}", (line,))
