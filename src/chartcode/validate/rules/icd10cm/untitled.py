"""A code is valid on this day, but the installed tabular list has no words for it.

Validity is known for each day of many years; titles and notes come from the tabular list that is installed. For this
code its notes (excludes, code first, seventh characters) could not be looked at. Install the tabular list of that year
to have them read.

Examples:
    outpatient 2016-11-03, F 67
    dx I10
    dx H81.41    ! icd10cm/untitled

    outpatient 2025-11-03, F 67
    dx M54.50
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding
from chartcode.validate.questions import coded
from chartcode.validate.rule import rule


@rule(severity=INFO, authority="the tabular list that is installed")
def untitled(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each valid code without a title."""
    for d in coded(case):
        if books.icd10cm.valid(d.code.value) and not books.icd10cm.title(d.code.value):
            version = books.icd10cm.tabular.version
            yield Finding(f"{d.code} is valid on {books.day}, but has no title in the installed list ({version})", (d,))
