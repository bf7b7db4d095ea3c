"""Pain that is wholly psychological is reported with a code of pain.

F45.41 already says pain and its cause, so no code from G89 stands beside it. Where another pain exists too, F45.42
with the code from G89 says so.

Examples:
    outpatient 2025-11-03, F 67
    dx F45.41
    dx G89.29    ! icd10cm/psychological_pain

    outpatient 2025-11-03, F 67
    dx G89.29
    dx F45.42
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.5.a")
def psychological_pain(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of pain beside F45.41."""
    if of(coded(case), "F45.41"):
        for d in of(coded(case), "G89"):
            yield Finding(
                f"F45.41 is pain without another cause; {d.code} is not added", (d,), Remedy("drop", (d.code,))
            )
