"""A diagnosis rests only on words copied from an earlier note.

What is copied forward does not show that the condition was looked at on this day. Ask the author to confirm it, or find
words that are new.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    note copied assessment: Pneumonia, on antibiotics.
    dx I10
    dx J18.9 "Pneumonia"    ! evidence/copied_only

    inpatient 2025-11-03 2025-11-07, F 67
    note copied assessment: Pneumonia, on antibiotics.
    note plan: Treat the pneumonia for two more days.
    dx I10
    dx J18.9 "Pneumonia" "pneumonia"
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(
    severity=QUERY,
    authority=("CMS, Medicare Program Integrity Manual, chapter 3, 3.3.2.5; ICD-10-CM Official Guidelines FY2026, III"),
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms019033",
)
def copied_only(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each diagnosis all of whose words lie in repeated passages."""
    documents = {document.id: document for document in case.chart.documents}
    for d in coded(case):
        at = [(documents.get(mention.span.document), mention.span.start) for mention in d.evidence]
        if at and all(document is not None and document.repeated(start) for document, start in at):
            yield Finding(
                f"{d.code} rests only on copied words",
                (d,),
                Remedy("ask", (d.code,), say="ask the author to confirm it"),
            )
