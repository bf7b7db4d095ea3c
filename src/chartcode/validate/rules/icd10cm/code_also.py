"""A documented condition that a "code also" note asks for is not reported.

Two codes may be needed to describe the condition; the note does not say in which order. The record has a coded fact
that the note covers.

Examples:
    outpatient 2025-11-03, F 67
    fact diagnosis persistent asthma; code: J45.40
    dx J44.1    ! icd10cm/code_also

    outpatient 2025-11-03, F 67
    fact diagnosis persistent asthma; code: J45.40
    dx J44.1
    dx J45.40
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.validate.questions import coded, unreported
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.A.17")
def code_also(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code whose "code also" note names a condition that is documented and not reported."""
    for d in coded(case):
        for note in books.icd10cm.code_also(d.code.value):
            missing = unreported(case, books, note.targets)
            if missing:
                said = f"{missing} is documented; the note at {note.at} says to code it also"
                yield Finding(said, (d,), Remedy("add", (missing,)))
