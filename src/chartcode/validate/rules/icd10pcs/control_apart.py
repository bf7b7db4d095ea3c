"""Control of a bleeding is coded beside a more definitive operation.

Control is for stopping a bleeding by itself. If it takes a bypass, detachment, excision, extraction, reposition,
replacement or resection to stop it, that operation is coded and Control is not.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K25.4
    px 0DB60ZZ @2025-11-04
    px 0W3P0ZZ @2025-11-04    ! icd10pcs/control_apart

    inpatient 2025-11-03 2025-11-07, F 67
    dx K25.4
    px 0W3P8ZZ @2025-11-04
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import operations
from chartcode.validate.rule import rule

DEFINITIVE = "16BDSRT"
"""Bypass, Detachment, Excision, Extraction, Reposition, Replacement, Resection."""
REGIONS = {"P": "D", "Q": "B", "R": "T", "C": "2", "D": "2"}
"""General regions that are one body system: tracts of digestion, breath and urine, mediastinum, pericardium."""


@rule(severity=WARNING, authority="ICD-10-PCS Official Guidelines FY2026, B3.7")
def control_apart(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each Control in a tract beside a definitive operation on its organs, of that day and approach."""
    lines = operations(case)
    for line in lines:
        code = line.code.value
        system = REGIONS.get(code[3]) if code.startswith("0W3") else None
        for other in lines if system else ():
            beside = other.code.value
            if (
                beside[1] == system
                and beside[2] in DEFINITIVE
                and beside[6] != "X"
                and other.on == line.on
                and beside[4] == code[4]
            ):
                drop = Remedy("drop", (line.code,), say=f"drop it, if {other.code} is what stopped the bleeding")
                yield Finding(f"{other.code} is the more definitive operation", (line,), drop)
                break
