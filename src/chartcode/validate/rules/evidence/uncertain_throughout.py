"""A diagnosis of an inpatient is uncertain, and not in the final documents.

At discharge from an inpatient stay "probable", "suspected" and the like are coded as if established. The words have to
be there at the end: in the discharge summary or the final diagnosis, not only in the first notes.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx J18.9 "possible pneumonia" possible in history of present illness    ! evidence/uncertain_throughout

    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx J18.9 "possible pneumonia" possible in discharge diagnosis
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import POSSIBLE
from chartcode.validate.questions import assertions, coded
from chartcode.validate.rule import rule

EARLY = (
    "chief complaint",
    "history of present illness",
    "reason for visit",
    "admission diagnosis",
    "emergency department course",
)


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, II.H and III.C")
def uncertain_throughout(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each diagnosis of a stay whose only words are uncertain and stand in the first parts of the record."""
    for d in coded(case) if case.inpatient else ():
        early = {mention.section for mention in d.evidence} <= set(EARLY)
        if assertions(d) == {POSSIBLE} and early:
            say = "find it in the discharge documents, or leave it out"
            yield Finding(
                f"{d.code} is uncertain, and only in the first notes", (d,), Remedy("drop", (d.code,), say=say)
            )
