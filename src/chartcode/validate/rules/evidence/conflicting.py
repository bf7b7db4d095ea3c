"""One part of the record affirms a disease, and another one denies it.

Where the documents of a stay contradict each other, the attending provider is asked; no coder chooses between them.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx J18.9 "pneumonia" "no pneumonia" negated    ! evidence/conflicting

    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx J18.9 "pneumonia" "possible pneumonia" possible
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.model.chart import AFFIRMED, NEGATED
from chartcode.validate.questions import assertions, coded
from chartcode.validate.rule import rule

SAID = ("assessment", "assessment and plan", "impression", "discharge diagnosis", "final diagnosis", "hospital course")
"""Where a provider concludes; a denial elsewhere, such as in a review of systems, is of a moment."""


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.B.14 and III")
def conflicting(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each disease of a stay with words for it, and words against it beside them or in another document."""
    denied = [m for m in case.mentions if m.assertion == NEGATED and m.term and m.section in SAID]
    for d in coded(case) if case.inpatient else ():
        if AFFIRMED not in assertions(d) or d.code.value.startswith(("R", "Z")):
            continue
        terms = {mention.term for mention in d.evidence if mention.assertion == AFFIRMED}
        places = {mention.span.document for mention in d.evidence}
        elsewhere = any(m.term in terms and m.span.document not in places for m in denied)
        if NEGATED in assertions(d) or elsewhere:
            ask = Remedy("ask", (d.code,), say="ask the attending provider which statement holds")
            yield Finding(f"{d.code} is both affirmed and denied in the record", (d,), ask)
