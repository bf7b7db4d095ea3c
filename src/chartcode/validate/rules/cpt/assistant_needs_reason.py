"""An assistant at surgery is paid for this service only with the reason in the record.

The fee schedule pays an assistant if documentation shows the need (assistant indicator 0). Have it ready before the
claim goes out.

Examples:
    professional 2025-11-03, F 67
    dx R05.9
    px 99213 -80    ! cpt/assistant_needs_reason

    professional 2025-11-03, F 67
    dx M17.11
    px 27447 -80
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import INFO, Case, Finding
from chartcode.validate.needs import SCHEDULE
from chartcode.validate.rule import rule
from chartcode.validate.services import has, indicators, services


@rule(
    severity=INFO,
    authority="CMS, Medicare Physician Fee Schedule relative value file, assistant at surgery indicator 0",
    url="https://www.cms.gov/medicare/payment/fee-schedules/physician",
    needs=(SCHEDULE,),
)
def assistant_needs_reason(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each assistant's line that needs its reason shown."""
    for line in services(case):
        row = indicators(line, books) if has(line, "80", "81", "82", "AS") else None
        if row and row.assistant == "0":
            yield Finding(f"{line.code} pays an assistant only if the record shows the need", (line,))
