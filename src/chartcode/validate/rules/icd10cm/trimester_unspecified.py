"""A code leaves the trimester open, although the week is reported.

The provider's number of weeks is enough to tell the trimester, so the code for an unspecified one is seldom right.

Examples:
    outpatient 2025-11-03, F 29
    dx O99.019    ! icd10cm/trimester_unspecified
    dx Z3A.30

    outpatient 2025-11-03, F 29
    dx O99.013
    dx Z3A.30
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.C.15.a.5")
def trimester_unspecified(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code for an unspecified trimester, where the week is known."""
    if any(not d.code.value.startswith(("Z3A.00", "Z3A.01")) for d in of(coded(case), "Z3A")):
        for d in of(coded(case), "O"):
            if "unspecified trimester" in books.icd10cm.title(d.code.value).lower():
                say = "choose the code of the trimester that the week tells"
                yield Finding(
                    f"the week is known, and {d.code} leaves the trimester open",
                    (d,),
                    Remedy("replace", (d.code,), say=say),
                )
