"""Medicare covers a procedure of the stay only within limits.

Transplants, artificial hearts and lung volume reduction are paid only in approved facilities, and some only within a
study. Check the approval before the claim goes out.

Examples:
    inpatient 2025-11-03 2025-11-21, F 55
    dx I50.84 poa Y
    px 02YA0Z0 @2025-11-04    ! mce/limited_coverage

    inpatient 2025-11-03 2025-11-07, F 55
    dx K35.80 poa Y
    px 0DTJ4ZZ @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.medicare_coverage import LIMITED, coverage
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(severity=WARNING, authority="CMS, Definitions of Medicare Code Edits, limited coverage", url=CODE_EDITOR)
def limited_coverage(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each procedure of an inpatient whose coverage is limited."""
    for line, kind, why in coverage(case, books):
        if kind == LIMITED:
            yield Finding(f"{line.code} has limited coverage: {why}", (line,))
