"""Antineoplastic therapy is the reason for the encounter, and no neoplasm is reported.

An encounter chiefly for chemotherapy, immunotherapy or external radiation has Z51.0 or Z51.1- first and the malignancy
for which it is given as a secondary diagnosis.

Examples:
    outpatient 2025-11-03, F 67
    dx Z51.11    ! icd10cm/antineoplastic_without_neoplasm

    outpatient 2025-11-03, F 67
    dx Z51.11
    dx C50.911
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.2.e.2")
def antineoplastic_without_neoplasm(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield Z51.0 and Z51.1- without a neoplasm."""
    if not of(coded(case), "C", "D0", "D1", "D2", "D3", "D4"):
        for d in of(coded(case), "Z51.0", "Z51.1"):
            add = Remedy("add", say="add the neoplasm that is treated")
            yield Finding(f"{d.code} needs the neoplasm that is treated", (d,), add)
