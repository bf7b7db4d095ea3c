"""Medicare does not cover a procedure of the stay.

Some procedures are never covered; others are not covered beside a certain diagnosis (a sterilization with Z30.2, stem
cells from a donor for some leukemias), beyond an age (an artificial lumbar disc after 60), or alone (a pancreas without
a kidney and without type 1 diabetes). The claim, or the line, will be denied: tell the patient before the operation.

Examples:
    inpatient 2025-11-03 2025-11-07, M 45
    dx N46.9
    px 0VLQ0ZZ @2025-11-03    ! mce/noncovered_procedure
    dx Z30.2

    inpatient 2025-11-03 2025-11-07, F 71
    dx M51.361
    px 0SR20JZ @2025-11-03    ! mce/noncovered_procedure

    inpatient 2025-11-03 2025-11-07, F 58
    dx M51.361
    px 0SR20JZ @2025-11-03
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.medicare_coverage import NON_COVERED, coverage
from chartcode.validate.rule import CODE_EDITOR, rule


@rule(severity=ERROR, authority="CMS, Definitions of Medicare Code Edits, non-covered procedure", url=CODE_EDITOR)
def noncovered_procedure(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each procedure of an inpatient that the editor calls non-covered, with the reason."""
    for line, kind, why in coverage(case, books):
        if kind == NON_COVERED:
            yield Finding(f"Medicare does not cover {line.code}: {why}", (line,))
