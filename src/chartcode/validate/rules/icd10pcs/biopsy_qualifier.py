"""The words tell a biopsy, and the code is not a diagnostic one.

A biopsy is Excision, Extraction or Drainage with the qualifier Diagnostic (X).

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx R91.1
    px 0BBC3ZZ @2025-11-04 "needle biopsy of the lung"    ! icd10pcs/biopsy_qualifier

    inpatient 2025-11-03 2025-11-07, F 67
    dx R91.1
    px 0BBC3ZX @2025-11-04 "needle biopsy of the lung"
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import operations
from chartcode.validate.rule import rule

BIOPSY = re.compile(r"\bbiops", re.IGNORECASE)
REMOVED = re.compile(r"resect|excis(?:ed|ion)|remov|ectomy", re.IGNORECASE)
OPERATIONS = ("B", "D", "9")


@rule(severity=WARNING, authority="ICD-10-PCS Official Guidelines FY2026, B3.4a")
def biopsy_qualifier(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each such operation without the qualifier, if its words tell a biopsy and no removal."""
    for line in operations(case):
        code = line.code.value
        words = " ".join(mention.span.text for mention in line.evidence)
        if code[2] in OPERATIONS and code[5:] == "ZZ" and BIOPSY.search(words) and not REMOVED.search(words):
            meant = f"{code[:6]}X"
            if books.icd10pcs.valid(meant):
                say = f"report {meant}"
                yield Finding(f"a biopsy has the qualifier X: {meant}", (line,), Remedy("ask", (line.code,), say=say))
