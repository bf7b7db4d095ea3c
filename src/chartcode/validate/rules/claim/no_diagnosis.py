"""There is no diagnosis to report.

No claim goes out without a reason for the encounter. If the record holds no disease, it holds a sign, a finding, an
examination or another circumstance (Z codes).

Examples:
    outpatient 2025-11-03, F 67    ! claim/no_diagnosis

    outpatient 2025-11-03, F 67
    dx Z00.00
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.B.3 and IV.B")
def no_diagnosis(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it is true of every edition
    """Yield one finding for a case without any diagnosis."""
    if not coded(case):
        yield Finding(
            "no diagnosis was found to report", remedy=Remedy("ask", say="look for the reason for the encounter")
        )
