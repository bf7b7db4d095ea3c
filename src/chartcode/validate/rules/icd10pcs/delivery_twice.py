"""One birth is coded as a delivery and as an extraction.

10E0XZZ is for a birth that only needs help by hand; a cesarean section, forceps or vacuum is an Extraction (10D0).
For one infant one of them is reported, so both stand together only in a multiple birth.

Examples:
    inpatient 2025-11-03 2025-11-07, F 29
    dx O82
    dx Z37.0
    px 10D00Z1 @2025-11-04
    px 10E0XZZ @2025-11-04    ! icd10pcs/delivery_twice

    inpatient 2025-11-03 2025-11-07, F 29
    dx O30.003
    dx Z37.2
    px 10D00Z1 @2025-11-04
    px 10E0XZZ @2025-11-04
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

MULTIPLE = ("O30", "Z37.2", "Z37.3", "Z37.4", "Z37.5", "Z37.6", "Z37.7")


@rule(severity=WARNING, authority="ICD-10-PCS Official Guidelines FY2026, C1, and tables 10D and 10E")
def delivery_twice(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield 10E0XZZ beside an extraction, if the birth is of one."""
    extracted = next((line for line in case.procedures if line.code.value.startswith("10D0")), None)
    if extracted and not of(coded(case), *MULTIPLE):
        for line in case.procedures:
            if line.code.value == "10E0XZZ":
                yield Finding(f"{extracted.code} is the delivery of the infant", (line,), Remedy("drop", (line.code,)))
