"""An ICD-10-PCS code is reported outside of an inpatient stay.

ICD-10-PCS is for the procedures of hospital inpatients. Outpatient and professional services are reported by CPT and
HCPCS.

Examples:
    outpatient 2025-11-03, F 67
    dx M17.11
    px 0SRC0J9    ! claim/pcs_outpatient

    inpatient 2025-11-03 2025-11-07, F 67
    dx M17.11 poa Y
    px 0SRC0J9 @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.model.code import ICD10PCS
from chartcode.validate.rule import rule


@rule(
    severity=ERROR,
    authority="45 CFR 162.1002(c)(3): ICD-10-PCS for procedures of hospital inpatients",
    url="https://www.ecfr.gov/current/title-45/subtitle-A/subchapter-C/part-162/subpart-J/section-162.1002",
)
def pcs_outpatient(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each PCS code of a case that is not an inpatient's."""
    if not case.inpatient:
        for line in case.procedures:
            if line.code.system == ICD10PCS:
                drop = Remedy("replace", (line.code,), say="report it by CPT or HCPCS")
                yield Finding(f"{line.code} is ICD-10-PCS, which is for inpatients", (line,), drop)
