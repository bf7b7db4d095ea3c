"""A documented condition that a "use additional code" note asks for is not reported.

The note at a reported code asks for a second one, and the record has a coded fact that it covers. Add it after the code
that carries the note.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    fact diagnosis Escherichia coli; code: B96.20
    dx N39.0    ! icd10cm/use_additional

    inpatient 2025-11-03 2025-11-07, F 67
    fact diagnosis Escherichia coli; code: B96.20; assertion: possible
    dx N39.0

    inpatient 2025-11-03 2025-11-07, F 67
    fact diagnosis Escherichia coli; code: B96.20
    dx N39.0
    dx B96.20
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, unreported
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.A.13 and I.B.7")
def use_additional(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code whose "use additional code" note names a condition that is documented and not reported."""
    for d in coded(case):
        for note in books.icd10cm.use_additional(d.code.value):
            missing = unreported(case, books, note.targets)
            if missing:
                said = f"{missing} is documented; the note at {note.at} asks for it in addition to {d.code}"
                yield Finding(said, (d,), Remedy("add", (missing,)))
