"""The words tell an open fracture, and the code a closed one.

A fracture that the record does not call open or closed is coded as closed; one that it calls open or compound has B or
C, or a letter of healing for open fractures.

Examples:
    ed 2025-11-03, F 27
    dx S82.201A "open fracture of the tibia"    ! icd10cm/open_fracture

    ed 2025-11-03, F 27
    dx S82.201B "open fracture of the tibia"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import AFFIRMED
from chartcode.validate.questions import coded, of, seventh
from chartcode.validate.rule import rule

OPEN = re.compile(
    r"\b(?:open|compound)\s+(?:\w+\s+){0,3}fracture|\bfracture\b[^.]{0,30}\b(?:open|compound)\b|gustilo", re.IGNORECASE
)
REPAIR = re.compile(r"\bopen\s+(?:reduction|treatment|repair|fixation)", re.IGNORECASE)
CLOSED = tuple("ADGKP")


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.c")
def open_fracture(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each closed fracture whose words of evidence call it open."""
    for d in of(coded(case), "S"):
        if seventh(d) not in CLOSED or "fracture" not in books.icd10cm.title(d.code.value).lower():
            continue
        words = [REPAIR.sub("", m.span.text) for m in d.evidence if m.assertion == AFFIRMED]
        if any(OPEN.search(said) for said in words):
            yield Finding(
                f"{d.code} is a closed fracture, and its words call it open",
                (d,),
                Remedy("replace", (d.code,), say="choose the seventh character of an open fracture"),
            )
