"""What a payer answered to claims: payments, and each amount that it did not pay with the reason.

Amounts are dollars as ``Decimal``. Group codes say who bears an adjustment: CO the provider by contract, PR the
patient, OA others, PI the payer's own reduction, CR a correction. Reasons are claim adjustment reason codes (CARC),
remarks are remittance advice remark codes (RARC); both lists are kept elsewhere, no text of theirs is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartcode.model.code import Code

PATIENT = "PR"
"""The group code of what the patient owes."""

STATUSES = {
    "1": "processed as primary", "2": "processed as secondary", "3": "processed as tertiary", "4": "denied",
    "19": "processed as primary, forwarded", "20": "processed as secondary, forwarded",
    "21": "processed as tertiary, forwarded", "22": "reversal of a previous payment", "23": "not our claim, forwarded",
    "25": "predetermination, no payment",
}  # fmt: skip
"""Claim status codes (CLP02)."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An amount that was not paid as charged: group code, reason (CARC), amount, and units if they were cut."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ServicePayment:
    """What was paid for one service line; ``billed`` is the code as billed where the payer used another."""

    code: Code | None
    charge: Decimal
    paid: Decimal
    modifiers: tuple[str, ...] = ()
    revenue: str = ""
    units: Decimal = Decimal(1)
    on: date | None = None
    allowed: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    control: str = ""
    billed: Code | None = None

    @property
    def out_of_balance(self) -> Decimal:
        """Charge less adjustments less payment: nought in a remittance that adds up."""
        return self.charge - self.paid - sum((a.amount for a in self.adjustments), Decimal(0))


@dataclass(frozen=True, slots=True)
class ClaimPayment:
    """What was paid for one claim.

    ``id`` is the provider's own number of it (CLP01, as CLM01 on the claim); ``inpatient`` if it was adjudicated as an
    inpatient claim (MIA stands with it).
    """

    id: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_owes: Decimal = Decimal(0)
    payer_control: str = ""
    facility_code: str = ""
    frequency: str = ""
    drg: str = ""
    inpatient: bool = False
    first: date | None = None
    last: date | None = None
    member: str = field(default="", repr=False)
    provider: str = field(default="", repr=False)
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: tuple[ServicePayment, ...] = ()

    @property
    def denied(self) -> bool:
        """Whether the payer denied it: status 4, or nothing paid and nothing left to the patient or another payer."""
        return self.status == "4"

    @property
    def every_adjustment(self) -> Iterator[Adjustment]:
        """Those of the claim and those of its lines."""
        yield from self.adjustments
        for line in self.lines:
            yield from line.adjustments

    @property
    def out_of_balance(self) -> Decimal:
        """Charge less all adjustments less payment: nought in a remittance that adds up."""
        return self.charge - self.paid - sum((a.amount for a in self.every_adjustment), Decimal(0))


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """Money moved outside of any claim (PLB): a reason code, its reference, and the amount taken (or given, if < 0)."""

    reason: str
    reference: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Remittance:
    """One remittance advice (835): a payment of a payer to a provider, and the claims that it is for."""

    payer: str
    payee: str
    payee_id: str
    amount: Decimal
    on: date | None
    trace: str = ""
    method: str = ""
    claims: tuple[ClaimPayment, ...] = ()
    adjustments: tuple[ProviderAdjustment, ...] = ()

    @property
    def out_of_balance(self) -> Decimal:
        """Paid claims less provider adjustments less the amount transferred: nought where it adds up."""
        paid = sum((claim.paid for claim in self.claims), Decimal(0))
        return paid - sum((a.amount for a in self.adjustments), Decimal(0)) - self.amount
