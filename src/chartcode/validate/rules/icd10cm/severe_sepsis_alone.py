"""Severe sepsis is reported without the systemic infection before it.

Severe sepsis takes at least two codes: the systemic infection first (A41.9 if nothing more is known), then R65.2-,
then the organ failures. R65.2- is never the principal diagnosis.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9
    dx R65.20    ! icd10cm/severe_sepsis_alone

    inpatient 2025-11-03 2025-11-07, F 67
    dx A41.9
    dx R65.20
    dx N17.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of
from chartcode.validate.rule import rule

SYSTEMIC = (
    *("A02.1", "A20.7", "A21.7", "A22.7", "A24.1", "A26.7", "A32.7", "A39.2", "A39.3", "A39.4", "A40", "A41", "A42.7"),
    *("A48.3", "A54.86", "B00.7", "B37.7", "A94", "A99", "B34", "B97", "U07.1", "J09", "J10", "J11"),
    *("O03.37", "O03.87", "O04.87", "O07.37", "O08.82", "O75.3", "O85", "O86.04", "P36", "T80.2", "T81.4", "T88.0"),
)
"""Systemic infections that severe sepsis may follow (note at R65.2; I.C.1.d)."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.d.1.b and I.C.1.d.3")
def severe_sepsis_alone(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of severe sepsis that no systemic infection precedes."""
    diagnoses = coded(case)
    for at, d in enumerate(diagnoses):
        if d.code.value.startswith("R65.2") and not of(diagnoses[:at], *SYSTEMIC):
            late = next(iter(of(diagnoses[at:], *SYSTEMIC)), None)
            add = Remedy("add", cm("A41.9"), say="report the systemic infection first")
            move = Remedy("move", (late.code,), (d.code,), f"put {late.code} before {d.code}") if late else add
            yield Finding(f"{d.code} needs the code of the systemic infection before it", (d,), move)
