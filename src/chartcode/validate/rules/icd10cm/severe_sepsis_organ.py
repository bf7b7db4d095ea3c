"""Severe sepsis is reported without the organ that fails.

Severe sepsis is sepsis with an acute organ dysfunction, and each such dysfunction is coded. If none is documented, or
its link to the sepsis is not, ask the provider. Septic shock is itself a failure of the circulation, so this speaks of
R65.20 alone.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx A41.9
    dx R65.20    ! icd10cm/severe_sepsis_organ
    dx J18.9

    inpatient 2025-11-03 2025-11-07, F 67
    dx A41.9
    dx R65.20
    dx N17.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

ORGANS = (
    *("N17", "N99.0", "J80", "J95.2", "J95.82", "J96.0", "J96.2", "J96.9", "K72.0", "K76.7", "K76.82", "G92", "G93.4"),
    *("D65", "D68.8", "D69.5", "D69.6", "E87.2", "G72.81", "G62.81", "I21", "I46", "I50", "I51.81", "I5A", "R40.2"),
    *("R41.82", "R57", "E27.4", "K56.0", "K56.7", "F05", "I95"),
)
"""Codes of an acute organ dysfunction (those listed at R65.2, and what else stands for a failing organ)."""


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.d.1.b and I.C.1.d.3")
def severe_sepsis_organ(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield R65.20 without any acute organ dysfunction."""
    if not of(coded(case), *ORGANS):
        for d in of(coded(case), "R65.20"):
            ask = Remedy("ask", (d.code,), say="ask which acute organ dysfunction the sepsis brought about")
            yield Finding(f"{d.code} needs the code of each acute organ dysfunction", (d,), ask)
