"""An outpatient claim has a service that Medicare pays for inpatients only.

Addendum B gives it the status C: it needs an admission. Without an order to admit, the hospital is paid nothing for
the day, unless the patient died or was transferred in the emergency (modifier CA).

Examples:
    outpatient 2025-11-03, M 67, payer Medicare
    dx I25.110
    px 33533    ! claim/inpatient_only

    outpatient 2025-11-03, M 67, payer Medicare
    dx I25.110
    px 33533 -CA

    professional 2025-11-03, M 67, payer Medicare
    dx I25.110
    px 33533
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.needs import STATUSES
from chartcode.validate.rule import rule
from chartcode.validate.services import hospital, medicare, services, status_of


@rule(
    severity=ERROR,
    authority="42 CFR 419.22(n); CMS, Medicare Claims Processing Manual, chapter 4, section 180.7",
    url="https://www.cms.gov/medicare/payment/prospective-payment-systems/hospital-outpatient",
    needs=(STATUSES,),
)
def inpatient_only(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with status C on a hospital's outpatient claim to Medicare."""
    if hospital(case) and medicare(case):
        for line in services(case):
            if status_of(line, books) == "C" and "CA" not in line.modifiers:
                ask = Remedy("ask", (line.code,), say="look for the order to admit")
                yield Finding(f"{line.code} is paid for inpatients only (status C)", (line,), ask)
