"""An uncertain diagnosis is reported for an outpatient.

"Probable", "suspected", "rule out" and the like are coded as if established only at discharge from an inpatient stay.
Everywhere else report what is certain at the end of the visit: the sign, the symptom, the abnormal finding, or another
reason for it. All words behind this code are uncertain.

Examples:
    ed 2025-11-03, F 67
    dx R05.9    "cough"
    dx J18.9    "pneumonia" possible    ! icd10cm/uncertain_outpatient

    ed 2025-11-03, F 67
    dx J18.9    "pneumonia" possible "pneumonia of the left lower lobe"

    inpatient 2025-11-03 2025-11-07, F 67
    dx J18.9    "pneumonia" possible
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import POSSIBLE
from chartcode.validate.questions import assertions, coded
from chartcode.validate.rule import rule

OBSERVATION = ("Z03", "Z04", "Z05", "Z20")
"""Codes whose very meaning is a suspicion (I.C.21.c.6), and contact, which needs no certainty of infection."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, IV.H")
def uncertain_outpatient(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code of an outpatient that only uncertain words support."""
    if case.inpatient:
        return
    for d in coded(case):
        meant_so = d.code.value.startswith(OBSERVATION) or "suspected" in books.icd10cm.title(d.code.value).lower()
        if assertions(d) == {POSSIBLE} and not meant_so:
            drop = Remedy("drop", (d.code,), say="report the sign, symptom or finding that is certain")
            yield Finding(f"{d.code} is only suspected; outside of inpatient stays that is not coded", (d,), drop)
