"""A diagnosis that is coded only when confirmed is reported on uncertain words.

For HIV, Zika, COVID-19 and influenza of identified viruses the inpatient rule on uncertain diagnoses does not hold: the
provider must state the disease. A positive test is not asked for; the statement is enough.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx R50.9    "fever"
    dx U07.1    "COVID-19" possible    ! icd10cm/confirmed_only

    inpatient 2025-11-03 2025-11-07, F 67
    dx U07.1    "COVID-19"
    dx J18.9    "pneumonia" possible
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import POSSIBLE
from chartcode.validate.questions import assertions, coded, of
from chartcode.validate.rule import rule

CONFIRMED = ("A92.5", "B20", "J09", "J10", "U07.1", "Z21")


@rule(
    severity=WARNING,
    authority="ICD-10-CM Official Guidelines FY2026, I.C.1.a.1, I.C.1.f.1, I.C.1.g.1.a and I.C.10.c",
)
def confirmed_only(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of these diseases for an inpatient that only uncertain words support."""
    if not case.inpatient:
        return
    for d in of(coded(case), *CONFIRMED):
        if assertions(d) == {POSSIBLE}:
            drop = Remedy("drop", (d.code,), say="report the signs and symptoms, or ask whether it is confirmed")
            yield Finding(f"{d.code} is only suspected; it is coded only when the provider confirms it", (d,), drop)
