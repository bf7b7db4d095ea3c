"""A diagnosis that counts for risk adjustment stands only in a list of problems.

A list without evaluation does not show that the condition was monitored, evaluated, assessed or treated at this
encounter. Find words in the assessment or plan, or leave it out.

Examples:
    professional 2025-11-03, F 67
    dx I10
    dx E11.42 "diabetic neuropathy" in problem list    ! risk/problem_list_only

    professional 2025-11-03, F 67
    dx I10
    dx E11.42 "diabetic neuropathy" in problem list "diabetic neuropathy" in assessment
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule

LISTS = ("problem list", "past medical history")


@rule(
    severity=WARNING,
    authority=(
        "CMS, Contract-Level RADV Medical Record Reviewer Guidance, 2020-01-10, problem lists; "
        "ICD-10-CM Official Guidelines FY2026, IV.J"
    ),
    url="https://www.cms.gov/data-research/monitoring-programs/medicare-risk-adjustment-data-validation-program",
)
def problem_list_only(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each diagnosis of a hierarchical condition category whose only words stand in a list."""
    if case.inpatient:
        return
    patient = case.chart.patient
    for d in coded(case):
        places = {mention.section for mention in d.evidence}
        if places and places <= set(LISTS) and books.hcc.categories(d.code.value, patient.age, patient.sex):
            say = "find where it was monitored, evaluated, assessed or treated"
            yield Finding(
                f"{d.code} counts for risk adjustment, and stands only in a list",
                (d,),
                Remedy("ask", (d.code,), say=say),
            )
