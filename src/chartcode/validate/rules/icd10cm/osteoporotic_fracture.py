"""A patient with osteoporosis has a fracture from a fall, coded as a fracture from injury.

In known osteoporosis a fracture from a minor fall, which would not break a healthy bone, is coded from M80. Ask the
provider whether the fracture is due to the osteoporosis.

Examples:
    inpatient 2025-11-03 2025-11-07, F 87
    dx S72.001A
    dx M81.0    ! icd10cm/osteoporotic_fracture
    dx W01.0XXA

    inpatient 2025-11-03 2025-11-07, F 87
    dx M80.051A
    dx W01.0XXA

    ed 2025-11-03, F 67
    dx S72.001A
    dx M81.0
    dx V43.52XA
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

FRACTURES = ("S22.0", "S32", "S42.2", "S42.3", "S52", "S62", "S72", "S82")
MINOR = ("W01", "W03", "W05", "W06", "W07", "W08", "W10", "W18", "W19")
"""Falls on one level, from a bed, a chair or stairs, and those that nothing more is said of."""


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.C.13.d.2")
def osteoporotic_fracture(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield M81 beside a current fracture from a minor fall."""
    diagnoses = coded(case)
    broken = next((d for d in of(diagnoses, *FRACTURES) if seventh(d) in tuple("ABC")), None)
    if broken and of(diagnoses, *MINOR):
        for d in of(diagnoses, "M81"):
            ask = Remedy("ask", (broken.code,), say="ask whether the fracture is due to the osteoporosis (M80)")
            yield Finding(f"{d.code} with {broken.code} after a minor fall may be M80", (d,), ask)
