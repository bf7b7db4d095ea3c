"""A disease of a pregnant patient is reported without the code that says that it complicates the pregnancy.

In pregnancy diabetes goes under O24, hypertension under O10, infection with HIV under O98.7, COVID-19 under O98.5,
anemia under O99.0, obesity under O99.21; the code of the disease itself follows where it tells more.

Examples:
    outpatient 2025-11-03, F 29
    dx O26.893
    dx E11.9    ! icd10cm/disease_in_pregnancy
    dx Z3A.30

    outpatient 2025-11-03, F 29
    dx O24.113
    dx E11.9
    dx Z3A.30
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

IN_PREGNANCY = (
    (("E08", "E09", "E10", "E11", "E13"), ("O24",)),
    (("I10", "I11", "I12", "I13", "I15"), ("O10", "O11", "O13", "O14", "O15", "O16")),
    (("B20", "Z21"), ("O98.7",)),
    (("U07.1",), ("O98.5",)),
    (
        ("D50", "D51", "D52", "D53", "D55", "D56", "D57", "D58", "D59", "D60", "D61", "D62", "D63", "D64"),
        ("O99.0", "O90.81"),
    ),
    (("E66",), ("O99.21",)),
)


@rule(
    severity=WARNING,
    authority="ICD-10-CM Official Guidelines FY2026, I.C.15.a.1, I.C.15.d, I.C.15.f, I.C.15.g and I.C.15.s",
)
def disease_in_pregnancy(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each such disease where the pregnancy is coded and its code of Chapter 15 is not."""
    diagnoses = coded(case)
    if not of(diagnoses, "O2", "O3", "O4", "O6", "O7", "O8", "O9"):
        return
    for diseases, needed in IN_PREGNANCY:
        for d in of(diagnoses, *diseases)[:1]:
            if not of(diagnoses, *needed):
                say = f"add the code of Chapter 15 ({' or '.join(needed)})"
                yield Finding(f"{d.code} in pregnancy follows a code from {needed[0]}", (d,), Remedy("add", say=say))
