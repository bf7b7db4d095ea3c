"""Resistant staphylococci are reported twice.

Where the code of the infection names MRSA (A41.02, A49.02, J15.212), the organism (B95.62) is not added. Resistance to
penicillins (Z16.11) is not added to any code of MRSA.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx J15.212
    dx B95.62    ! icd10cm/mrsa_twice

    inpatient 2025-11-03 2025-11-07, F 67
    dx L03.115
    dx B95.62
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

COMBINED = ("A41.02", "A49.02", "J15.212")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.1.e.1")
def mrsa_twice(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield the organism beside a combination code, and the resistance beside either."""
    diagnoses = coded(case)
    combined = of(diagnoses, *COMBINED)
    organism = of(diagnoses, "B95.62")
    surplus = [*(organism if combined else ()), *(of(diagnoses, "Z16.11") if combined or organism else ())]
    for d in surplus:
        named = (*combined, *organism)[0].code
        yield Finding(f"{d.code} says again what {named} says", (d,), Remedy("drop", (d.code,), safe=True))
