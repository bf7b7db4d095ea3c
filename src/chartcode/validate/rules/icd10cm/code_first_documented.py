"""A documented condition that is to be coded first is not reported.

The code carries a "code first" note, and the record has a coded fact for one of the conditions that the note names, but
the claim has none of them. If the two belong together, report that condition first.

Examples:
    outpatient 2025-11-03, F 67
    fact diagnosis amyloidosis; code: E85.9
    dx I10
    dx I43    ! icd10cm/code_first_documented

    outpatient 2025-11-03, F 67
    fact diagnosis amyloidosis; code: E85.9
    dx E85.9
    dx I43
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, unreported
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.A.13 and I.B.7")
def code_first_documented(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code whose "code first" note names a condition that is documented and not reported."""
    for d in coded(case):
        targets = [target for note in books.icd10cm.code_first(d.code.value) for target in note.targets]
        missing = unreported(case, books, targets)
        if missing:
            said = f"{missing} is documented and is to be coded before {d.code}"
            yield Finding(said, (d,), Remedy("add", (missing,), say=f"put {missing} before {d.code}"))
