"""The words tell whether a fracture is displaced, and the code says the contrary.

A fracture that the record does not call displaced or nondisplaced is coded as displaced.

Examples:
    ed 2025-11-03, F 27
    dx S92.421A "nondisplaced fracture of the great toe"    ! icd10cm/displacement_contradicts

    ed 2025-11-03, F 27
    dx S92.424A "nondisplaced fracture of the great toe"

    ed 2025-11-03, F 27
    dx S92.421A "fracture of the great toe"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import coded, of
from chartcode.validate.rule import rule

SAID = re.compile(r"\b(non-?\s?displaced|undisplaced|not displaced|displaced)\b", re.IGNORECASE)


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.19.c")
def displacement_contradicts(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each fracture whose title and words disagree."""
    for d in of(coded(case), "S"):
        title = books.icd10cm.title(d.code.value).lower()
        if not title.startswith(("displaced", "nondisplaced")):
            continue
        said = {found.lower() != "displaced" for m in d.evidence for found in SAID.findall(m.span.text)}
        if said == {title.startswith("displaced")}:
            yield Finding(
                f"{d.code} tells the contrary of its words about displacement",
                (d,),
                Remedy("replace", (d.code,), say="choose the code that the words tell"),
            )
