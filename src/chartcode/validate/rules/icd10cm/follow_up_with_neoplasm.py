"""Follow-up after completed treatment is reported with the neoplasm as still present.

Z08 says that the treatment is complete and the malignancy gone; the history code (Z85) goes with it. If the disease is
present or has come back, it is coded, and Z08 is not.

Examples:
    outpatient 2025-11-03, F 67
    dx Z08    ! icd10cm/follow_up_with_neoplasm
    dx C50.911

    outpatient 2025-11-03, F 67
    dx Z08
    dx Z85.3
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.2.p and I.C.21.c.8")
def follow_up_with_neoplasm(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield Z08 beside a malignancy, where no history of one is reported."""
    cancer = next(iter(of(coded(case), "C")), None)
    if cancer and not of(coded(case), "Z85"):
        for d in of(coded(case), "Z08"):
            say = "report the history (Z85), or leave out Z08 if the disease is present"
            yield Finding(
                f"{d.code} says that the disease is gone, and {cancer.code} that it is present",
                (d,),
                Remedy("ask", (d.code,), say=say),
            )
