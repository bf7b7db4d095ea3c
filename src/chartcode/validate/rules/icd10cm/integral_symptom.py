"""A symptom is reported beside the disease that it belongs to.

Signs and symptoms that routinely come with a disease are not coded apart; those that do not are. The list of pairs is
short and kept to what is not in dispute (`books/parameters/integral_signs.toml`).

Examples:
    outpatient 2025-11-03, F 67
    dx J18.9
    dx R05.9    ! icd10cm/integral_symptom

    outpatient 2025-11-03, F 67
    dx J18.9
    dx R55
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, explanation
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.5")
def integral_symptom(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each secondary diagnosis that is a sign of another that is reported."""
    diagnoses = coded(case)
    for d in diagnoses[1:]:
        cause = explanation(d, diagnoses, books)
        if cause:
            yield Finding(f"{d.code} routinely comes with {cause.code}", (d,), Remedy("drop", (d.code,)))
