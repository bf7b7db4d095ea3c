"""A diagnosis outside of an inpatient stay has a present-on-admission indicator.

The indicator belongs to inpatient claims alone; other claims have no place for it.

Examples:
    outpatient 2025-11-03, F 67
    dx J18.9 poa Y    ! claim/poa_outpatient

    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9 poa Y
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, Appendix I")
def poa_outpatient(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each diagnosis with an indicator where none is asked for."""
    if not case.inpatient:
        for d in coded(case):
            if d.poa:
                yield Finding(f"{d.code} has a present-on-admission indicator, which only inpatient claims carry", (d,))
