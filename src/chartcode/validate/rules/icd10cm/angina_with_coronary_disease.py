"""Angina stands apart from the coronary disease that it is presumed to come from.

A combination code tells both: unstable angina with disease of a native artery is I25.110, angina with documented spasm
I25.111, refractory angina I25.112, other angina I25.118, angina alone I25.119. The link is presumed unless the record
names another cause.

Examples:
    outpatient 2025-11-03, F 67
    dx I25.10
    dx I20.9    ! icd10cm/angina_with_coronary_disease

    outpatient 2025-11-03, F 67
    dx I25.119
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import cm, coded, of
from chartcode.validate.rule import rule

COMBINED = {
    "I20.0": "I25.110",
    "I20.1": "I25.111",
    "I20.2": "I25.112",
    "I20.81": "I25.118",
    "I20.89": "I25.118",
    "I20.8": "I25.118",
    "I20.9": "I25.119",
}


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.9.b")
def angina_with_coronary_disease(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code of angina beside I25.10."""
    plain = next(iter(of(coded(case), "I25.10")), None)
    for d in of(coded(case), "I20") if plain else ():
        both = COMBINED.get(d.code.value, "")
        if plain and books.icd10cm.valid(both):
            replace = Remedy("replace", (d.code, plain.code), cm(both))
            yield Finding(f"{plain.code} and {d.code} are one code: {both}", (d,), replace)
