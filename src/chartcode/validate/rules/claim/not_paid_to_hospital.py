"""A hospital's outpatient claim has a service that Medicare does not pay to it.

Addendum B gives it the status E1 or E2 (not covered, or no price), M (not billable) or B (another code is used on
this kind of claim, as G0463 for a visit to the clinic). Report what the payment system takes instead, or let the
patient pay.

Examples:
    outpatient 2025-11-03, F 67, payer Medicare
    dx I10
    px 99213    ! claim/not_paid_to_hospital
    px 99397    ! claim/not_paid_to_hospital

    outpatient 2025-11-03, F 67, payer Medicare
    dx M17.11
    px 20610 -RT

    outpatient 2025-11-03, F 67, payer Blue
    dx I10
    px 99213
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.needs import STATUSES
from chartcode.validate.rule import rule
from chartcode.validate.services import hospital, medicare, services, status_of

WHY = {
    "B": "is not what a hospital's outpatient claim reports",
    "E1": "is not covered by Medicare",
    "E2": "has no price under the outpatient payment system",
    "M": "is not billable to the contractor",
}
"""What the status indicators that are never paid say."""


@rule(
    severity=WARNING,
    authority="CMS, OPPS Addendum D1: status indicators B, E1, E2 and M",
    url="https://www.cms.gov/medicare/payment/prospective-payment-systems/hospital-outpatient",
    needs=(STATUSES,),
)
def not_paid_to_hospital(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with such a status on a hospital's outpatient claim to Medicare."""
    if hospital(case) and medicare(case):
        for line in services(case):
            status = status_of(line, books) or ""
            if status in WHY:
                yield Finding(f"{line.code} {WHY[status]} (status {status})", (line,))
