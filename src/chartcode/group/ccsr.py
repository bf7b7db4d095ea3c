"""The Clinical Classifications Software Refined of a case: AHRQ's 530 or so categories of diagnoses, for statistics.

A diagnosis may be in several; the principal or first-listed one has one default, by which stays and visits are counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.categories import INPATIENT, OUTPATIENT
from chartcode.model.case import Case, Group
from chartcode.model.code import ICD10CM, Code

SYSTEM = "CCSR"


def ccsr(case: Case, books: Books) -> Iterator[Group]:
    """Yield the categories of a case's diagnoses, each with its codes; that of the first diagnosis first."""
    book = books.ccsr
    if book is None or not case.diagnosis_codes:
        return
    first = case.diagnosis_codes[0]
    default = book.default(first, INPATIENT if case.inpatient else OUTPATIENT)
    found: dict[str, list[str]] = {}
    for code in dict.fromkeys(case.diagnosis_codes):
        for category in book.of(code):
            found.setdefault(category, []).append(code)
    for category, codes in sorted(found.items(), key=lambda item: (item[0] != default, item[0])):
        reasons = [f"by the table {book.source}"]
        if category == default:
            reasons.append(f"the default category of the first diagnosis, {first}")
        title = book.category(category).title
        yield Group(SYSTEM, book.version, category, title, tuple(Code(ICD10CM, c) for c in codes), None, tuple(reasons))
