"""A paralysis is coded against the default of the dominant side, and the record does not say why.

Where the record names the side and not the hand that the patient writes with, a right side counts as dominant and a
left side as not. Another choice needs words about the patient's handedness.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    note assessment: Acute stroke with right hemiparesis.
    dx I63.9 "Acute stroke"
    dx G81.93 "right hemiparesis"    ! icd10cm/dominant_side

    inpatient 2025-11-03 2025-11-07, F 67
    note assessment: Right hemiparesis in a left-handed patient.
    dx G81.93 "Right hemiparesis"

    inpatient 2025-11-03 2025-11-07, F 67
    note assessment: Acute stroke with right hemiparesis.
    dx G81.91 "right hemiparesis"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

TOLD = re.compile(r"hand(?:ed|edness)|dominan(?:t|ce)|ambidext", re.IGNORECASE)
PARALYSES = (
    "G81",
    "G83.1",
    "G83.2",
    "G83.3",
    "I69.03",
    "I69.04",
    "I69.05",
    "I69.13",
    "I69.14",
    "I69.15",
    "I69.23",
    "I69.24",
    "I69.25",
    "I69.33",
    "I69.34",
    "I69.35",
    "I69.83",
    "I69.84",
    "I69.85",
    "I69.93",
    "I69.94",
    "I69.95",
)


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.6.a and I.C.9.d.1")
def dominant_side(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each paralysis of the right nondominant or left dominant side, where nothing tells the handedness."""
    paralyses, documents = of(coded(case), *PARALYSES), case.chart.documents
    if not paralyses or not documents or any(TOLD.search(document.text) for document in documents):
        return
    for d in paralyses:
        title = books.icd10cm.title(d.code.value).lower().replace("non-dominant", "nondominant")
        if "right nondominant" in title or "left dominant" in title:
            say = "find the handedness in the record, or code the default: right is dominant, left is not"
            yield Finding(
                f"{d.code} is not the default of its side, and the record tells no handedness",
                (d,),
                Remedy("ask", (d.code,), say=say),
            )
