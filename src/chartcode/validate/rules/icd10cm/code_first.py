"""A condition that is to be coded first stands after the code that asks for it.

A "code first" note orders two codes: the underlying condition comes before the code that carries the note. The same
holds for "code, if applicable, any causal condition first". Move the named condition in front.

Examples:
    outpatient 2025-11-03, F 67
    dx N18.4    ! icd10cm/code_first
    dx I12.9

    outpatient 2025-11-03, F 67
    dx I12.9
    dx N18.4

    outpatient 2025-11-03, F 67
    dx N18.4
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.A.13 and I.B.7")
def code_first(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each code that has no condition of its note before it, but one after it."""
    diagnoses = coded(case)
    for at, d in enumerate(diagnoses):
        targets = [target for note in books.icd10cm.code_first(d.code.value) for target in note.targets]
        if not targets or any(books.icd10cm.covers(targets, b.code.value) for b in diagnoses[:at]):
            continue
        late = next((b for b in diagnoses[at + 1 :] if books.icd10cm.covers(targets, b.code.value)), None)
        if late and not _mutual(late.code.value, d.code.value, books):
            move = Remedy("move", (late.code,), (d.code,), f"put {late.code} before {d.code}", safe=True)
            yield Finding(f"{late.code} is to be coded before {d.code} ('code first' note)", (d,), move)


def _mutual(one: str, other: str, books: Books) -> bool:
    """Tell whether the first of two codes also asks for the second to stand before it."""
    return any(books.icd10cm.covers(note.targets, other) for note in books.icd10cm.code_first(one))
