"""One claim as one remittance answered it, in the sums that accounts are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartcode.model.remittance import STATUSES, Adjustment, ClaimPayment, Remittance
from chartcode.report.claims.reasons import CONTRACT, DENIAL, PATIENT, reason

NOUGHT = Decimal(0)
COUNTED, REVERSAL, REVERSED, OF_NOTHING, AGAIN = (
    "counted", "reversal", "reversed", "reversal of nothing", "paid again"
)  # fmt: skip
"""How an answer stands in the ledger."""
PRIMARY = frozenset(("1", "4", "19"))
_UNDECIDED = frozenset(("23", "25"))
_REVERSAL = "22"


@dataclass(slots=True)
class Posted:
    """An answer in the ledger; ``standing`` is set by ``ledger``. Amounts are dollars."""

    claim: str
    payer: str
    remittance: str
    on: date | None
    status: str
    control: str
    charge: Decimal
    paid: Decimal
    patient: Decimal
    contract: Decimal
    refused: Decimal
    allowed: Decimal
    group: str = ""
    carc: str = ""
    rarc: str = ""
    standing: str = COUNTED

    @property
    def reversal(self) -> bool:
        """Whether it takes a payment back: status 22, or less than nothing paid."""
        return self.status == _REVERSAL or self.paid < 0

    @property
    def decided(self) -> bool:
        """Whether the payer decided the claim: it neither sent it on as another's nor told beforehand."""
        return self.status not in _UNDECIDED

    @property
    def denied(self) -> bool:
        """Whether all of it was refused: status 4, or nothing paid, nothing left to the patient, and a refusal."""
        return self.status == "4" or (self.paid <= 0 and self.patient <= 0 < self.refused)

    @property
    def primary(self) -> bool:
        """Whether it is the first payer's answer."""
        return self.status in PRIMARY or self.status not in STATUSES

    @property
    def words(self) -> str:
        """The status in words."""
        return STATUSES.get(self.status, f"status {self.status or 'not said'}")


def posted(payment: ClaimPayment, of: Remittance) -> Posted:
    """Return the line of the ledger that a claim of a remittance makes."""
    sums = dict.fromkeys((CONTRACT, PATIENT, DENIAL), NOUGHT)
    worst: Adjustment | None = None
    for adjustment in payment.every_adjustment:
        kind = reason(adjustment.group, adjustment.reason).kind
        if kind in sums:
            sums[kind] += adjustment.amount
        if kind == DENIAL and (worst is None or adjustment.amount > worst.amount):
            worst = adjustment
    refused = max(sums[DENIAL], NOUGHT)
    if payment.denied and not refused:  # denied without a reason: all that nobody else bears
        refused = max(payment.charge - payment.paid - sums[CONTRACT] - sums[PATIENT], NOUGHT)
    said = [line.allowed for line in payment.lines if line.allowed is not None]
    allowed = sum(said, NOUGHT) if said and len(said) == len(payment.lines) else payment.paid + sums[PATIENT]
    remarks = [*payment.remarks, *(r for line in payment.lines for r in line.remarks)] if refused else []
    return Posted(
        payment.id, of.payer, of.trace, of.on, payment.status, payment.payer_control, payment.charge, payment.paid,
        sums[PATIENT], sums[CONTRACT], refused, allowed, worst.group if worst else "", worst.reason if worst else "",
        " ".join(dict.fromkeys(remarks)),
    )  # fmt: skip
