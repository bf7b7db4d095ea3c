"""A documented condition that is not part of a reported code is not reported.

An Excludes2 note says "not included here": the patient may have both conditions, and then both are reported. The record
carries a coded fact for the second one, and no code on the claim covers it. Notes at blocks and chapters are left out:
they only tell the chapters apart.

Examples:
    outpatient 2025-11-03, F 67
    fact diagnosis stasis dermatitis; code: I87.2
    dx L30.9    ! icd10cm/excludes2

    outpatient 2025-11-03, F 67
    fact diagnosis stasis dermatitis; code: I87.2
    dx L30.9
    dx I87.2
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding, Remedy
from chartcode.model.code import looks_like_icd10cm
from chartcode.validate.questions import coded, unreported
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="ICD-10-CM Official Guidelines FY2026, I.A.12.b")
def excludes2(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code beside which a note allows a documented condition that is not reported."""
    for d in coded(case):
        for note in books.icd10cm.notes(d.code.value, "excludes2"):
            missing = unreported(case, books, note.targets) if looks_like_icd10cm(note.at) else None
            if missing:
                said = f"{missing} is documented and not part of {d.code} (Excludes2 note at {note.at}); report both"
                yield Finding(said, (d,), Remedy("add", (missing,)))
                break
