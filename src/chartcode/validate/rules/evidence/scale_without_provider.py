"""What another clinician may document stands without the disease that the provider has to name.

The depth of an ulcer, the stage of a pressure ulcer, the stroke scale and the alcohol level may come from others; the
ulcer, the stroke, the disorder itself must be the provider's.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx L89.153 "stage 3 sacral ulcer" by nurse    ! evidence/scale_without_provider

    inpatient 2025-11-03 2025-11-07, F 67
    dx I10
    dx L89.153 "stage 3" by nurse "sacral pressure ulcer"
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import QUERY, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule


@rule(severity=QUERY, authority="ICD-10-CM Official Guidelines FY2026, I.B.14")
def scale_without_provider(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each ulcer whose words are all those of others than the provider."""
    for d in of(coded(case), "L89", "L97", "L98.4"):
        authors = {mention.author for mention in d.evidence}
        if authors and "provider" not in authors:
            ask = Remedy("ask", (d.code,), say="ask the provider for the diagnosis of the ulcer")
            yield Finding(
                f"the stage may be by {', '.join(sorted(authors))}; the ulcer of {d.code} is the provider's to name",
                (d,),
                ask,
            )
