"""The words tell that an operation was converted to an open one, and its approach is endoscopic.

What was begun by scope and done by incision has the approach Open; the scope is coded as an Inspection by its own
approach.

Examples:
    inpatient 2025-11-03 2025-11-07, F 67
    dx K80.00
    px 0FT44ZZ @2025-11-04 "laparoscopic cholecystectomy converted to open"    ! icd10pcs/converted_to_open

    inpatient 2025-11-03 2025-11-07, F 67
    dx K80.00
    px 0FT40ZZ @2025-11-04 "laparoscopic cholecystectomy converted to open"
    px 0FJ44ZZ @2025-11-04
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.validate.questions import operations
from chartcode.validate.rule import rule

CONVERTED = re.compile(r"\bconver(?:ted|sion)\b[^.]{0,25}\b(?:open|laparotomy|thoracotomy)", re.IGNORECASE)
ENDOSCOPIC = "4"


@rule(severity=WARNING, authority="ICD-10-PCS Official Guidelines FY2026, B3.2d and B5.2a")
def converted_to_open(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line of an endoscopic approach, other than an inspection, whose words tell of the conversion."""
    for line in operations(case):
        words = (mention.span.text for mention in line.evidence)
        if (
            line.code.value[4] == ENDOSCOPIC
            and line.code.value[2] != "J"
            and any(CONVERTED.search(said) for said in words)
        ):
            meant = f"{line.code.value[:4]}0{line.code.value[5:]}"
            say = (
                f"report {meant}, and the scope as an inspection"
                if books.icd10pcs.valid(meant)
                else "build it with the approach Open"
            )
            yield Finding(
                f"the operation was converted to open, and {line.code} is not",
                (line,),
                Remedy("ask", (line.code,), say=say),
            )
