"""The diagnosis does not fit the age of the patient.

The Medicare Code Editor, and the outpatient editor with the same lists, know four age groups: newborn, pediatric,
maternity and adult. Check the age on the record, then the code. The ranges have changed over the years (maternity was
12 to 55, and is 9 to 64); the day picks them. A claim for a patient of a rare age needs the payer's review.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx Z38.00    ! mce/age_conflict

    inpatient 2025-11-03 2025-11-07, F 70
    dx O99.012    ! mce/age_conflict

    inpatient 2025-11-03 2025-11-07, F, age 3 days
    dx Z38.00

    inpatient 2025-11-03 2025-11-07, F
    dx O99.012
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.model.chart import PROFESSIONAL
from chartcode.validate.questions import coded
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(severity=ERROR, authority="CMS, Definitions of Medicare Code Edits, age conflict", url=CODE_EDITOR)
def age_conflict(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code of an age group that the patient is not in; hospital claims alone."""
    age = case.chart.patient.age
    if age is None or case.chart.encounter.setting == PROFESSIONAL:
        return
    for d in coded(case):
        ranges = {group: books.icd10cm.ages(group) for group in sorted(books.icd10cm.flags(d.code.value))}
        limits = {group: limit for group, limit in ranges.items() if limit}
        if limits and not any(low <= age <= high for low, high in limits.values()):
            group, (low, high) = next(iter(limits.items()))
            yield Finding(f"{d.code} is for {group} patients ({low} to {high} years), and this one is {age}", (d,))
