"""An 835 transaction -> a remittance, and each of its claims -> a chart of what was billed and paid (005010X221)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from chartcode.collect.sheet import Entry, sheet
from chartcode.collect.x12.values import amount, day, quantity, service
from chartcode.model.chart import INPATIENT, OUTPATIENT, PROFESSIONAL, Chart, Encounter, Fact, Patient
from chartcode.model.code import REVENUE, Code
from chartcode.model.remittance import (
    STATUSES,
    Adjustment,
    ClaimPayment,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from chartcode.wire.x12 import Segment, Transaction

_HOSPITAL = ("11", "18", "21", "41")
"""Facility types of inpatient claims."""


def remittance_of(transaction: Transaction) -> Remittance:
    """Return the remittance that an 835 holds."""
    walk = _Walk()
    for segment in transaction.segments:
        handler = _HANDLERS.get(segment.name)
        if handler is not None:
            handler(walk, segment)
    return walk.done()


def chart_of_payment(payment: ClaimPayment, of: Remittance, id: str = "") -> Chart:  # noqa: A002 - Chart.id
    """Return the chart of one claim as its payer answered it: services as facts, with what was paid and why not more.

    A remittance names neither sex nor birth, and no diagnosis.
    """
    code = payment.facility_code
    bill = len(code) == 2 and any(line.revenue for line in payment.lines)
    where = (
        INPATIENT
        if payment.inpatient or payment.drg or (bill and code in _HOSPITAL)
        else OUTPATIENT
        if bill
        else PROFESSIONAL
    )
    days = sorted(line.on for line in payment.lines if line.on)
    first = payment.first or (days[0] if days else None)
    last = payment.last or (days[-1] if days else None)
    encounter = Encounter(where, first, last, None, of.payer or None, of.payee or None, payment.provider or None)
    status = STATUSES.get(payment.status, f"status {payment.status}" if payment.status else "")
    billed = [_fact(line, number, payment) for number, line in enumerate(payment.lines, start=1)]
    told = [f"the payer answered: {status}"] if status else []
    if payment.out_of_balance:
        told.append("the payment does not add up: charge less adjustments is not what was paid")
    entries, facts = sheet("entries", [Entry("procedure", fact) for fact in billed], encounter.on)
    return Chart(id or payment.id, (entries,) if entries else (), Patient(), encounter, facts, tuple(told))


def _fact(line: ServicePayment, number: int, payment: ClaimPayment) -> Fact:
    code = line.code or (Code(REVENUE, line.revenue) if line.revenue else None)
    said = {
        "line": str(number), "modifiers": " ".join(line.modifiers), "units": quantity(str(line.units)),
        "revenue": line.revenue, "charge": str(line.charge), "paid": str(line.paid),
        "allowed": "" if line.allowed is None else str(line.allowed),
        "adjustments": " ".join(f"{a.group}-{a.reason}:{a.amount}" for a in line.adjustments),
        "remark codes": " ".join(line.remarks), "at": f"SVC[{number}]",
    }  # fmt: skip
    status = "denied" if payment.denied or (line.charge and not line.paid) else "paid"
    kept = tuple((name, value) for name, value in said.items() if value)
    return Fact(
        "procedure", str(code) if code else "service", (), code, on=line.on or payment.first, author="payer",
        status=status, attributes=kept,
    )  # fmt: skip


@dataclass(slots=True)
class _Walk:
    """A walk through the segments of an 835."""

    head: dict[str, Any] = field(default_factory=dict)
    claims: list[ClaimPayment] = field(default_factory=list)
    moved: list[ProviderAdjustment] = field(default_factory=list)
    claim: ClaimPayment | None = None
    line: ServicePayment | None = None

    def done(self) -> Remittance:
        """Return the remittance."""
        self.end_claim()
        return Remittance(
            self.head.get("payer", ""), self.head.get("payee", ""), self.head.get("payee_id", ""),
            self.head.get("amount", Decimal(0)), self.head.get("on"), self.head.get("trace", ""),
            self.head.get("method", ""), tuple(self.claims), tuple(self.moved),
        )  # fmt: skip

    def end_line(self) -> None:
        """Put the line under way into its claim."""
        if self.line is not None and self.claim is not None:
            self.claim = replace(self.claim, lines=(*self.claim.lines, self.line))
        self.line = None

    def end_claim(self) -> None:
        """Put the claim under way into the remittance."""
        self.end_line()
        if self.claim is not None:
            self.claims.append(self.claim)
        self.claim = None

    def bpr(self, of: Segment) -> None:
        """The payment."""
        money = amount(of.get(2))
        taken = of.get(3).upper() == "D"
        self.head |= {"amount": -money if taken else money, "method": of.get(4), "on": day(of.get(16))}

    def trn(self, of: Segment) -> None:
        """The trace number."""
        self.head.setdefault("trace", of.get(2))

    def n1(self, of: Segment) -> None:
        """Payer or payee."""
        if of.get(1) == "PR":
            self.head["payer"] = of.get(2)
        elif of.get(1) == "PE":
            self.head |= {"payee": of.get(2), "payee_id": of.get(4)}

    def clp(self, of: Segment) -> None:
        """A claim begins."""
        self.end_claim()
        self.claim = ClaimPayment(
            of.get(1), of.get(2), amount(of.get(3)), amount(of.get(4)), amount(of.get(5)), of.get(7), of.get(8),
            of.get(9), of.get(11),
        )  # fmt: skip

    def nm1(self, of: Segment) -> None:
        """The member's number, and who gave the service."""
        if self.claim is not None and of.get(1) in ("QC", "IL"):
            self.claim = replace(self.claim, member=of.get(9) or self.claim.member)
        elif self.claim is not None and of.get(1) == "82":
            self.claim = replace(self.claim, provider=" ".join(filter(None, (of.get(4), of.get(3)))))

    def dtm(self, of: Segment) -> None:
        """Days of the claim (232 to 233) or of the line (472, 150 to 151)."""
        on, what = day(of.get(2)), of.get(1)
        if self.line is not None:
            if what in ("472", "150"):
                self.line = replace(self.line, on=on)
        elif self.claim is not None:
            if what == "232":
                self.claim = replace(self.claim, first=on)
            elif what == "233":
                self.claim = replace(self.claim, last=on)

    def cas(self, of: Segment) -> None:
        """Adjustments: a group, and up to six triplets of reason, amount and quantity."""
        found = tuple(
            Adjustment(of.get(1), of.get(n), amount(of.get(n + 1)), amount(of.get(n + 2)))
            for n in range(2, min(len(of.elements), 20), 3)
            if of.get(n)
        )
        if self.line is not None:
            self.line = replace(self.line, adjustments=self.line.adjustments + found)
        elif self.claim is not None:
            self.claim = replace(self.claim, adjustments=self.claim.adjustments + found)

    def svc(self, of: Segment) -> None:
        """A service line begins."""
        self.end_line()
        parts = [*of.parts(1), *[""] * 8]
        code = service(parts[0].upper(), parts[1])
        revenue = parts[1] if parts[0].upper() == "NU" else of.get(4)
        self.line = ServicePayment(
            code, amount(of.get(2)), amount(of.get(3)), tuple(m.upper() for m in parts[2:6] if m), revenue,
            amount(of.get(5)) if of.get(5) else Decimal(1), billed=service(of.part(6, 1).upper(), of.part(6, 2)),
        )  # fmt: skip

    def amt(self, of: Segment) -> None:
        """The allowed amount of a line (B6)."""
        if self.line is not None and of.get(1) == "B6":
            self.line = replace(self.line, allowed=amount(of.get(2)))

    def ref(self, of: Segment) -> None:
        """The line's control number."""
        if self.line is not None and of.get(1) == "6R":
            self.line = replace(self.line, control=of.get(2))

    def lq(self, of: Segment) -> None:
        """A remark code of the line."""
        if self.line is not None and of.get(2):
            self.line = replace(self.line, remarks=(*self.line.remarks, of.get(2)))

    def outcome(self, of: Segment) -> None:
        """Remark codes of the claim: MOA03 to MOA07, MIA05 and MIA20 to MIA23."""
        numbers = range(3, 8) if of.name == "MOA" else (5, 20, 21, 22, 23)
        if self.claim is not None:
            said = tuple(filter(None, (of.get(n) for n in numbers)))
            self.claim = replace(self.claim, remarks=said, inpatient=self.claim.inpatient or of.name == "MIA")

    def plb(self, of: Segment) -> None:
        """Adjustments of the provider: up to six pairs of a composite (reason, reference) and an amount."""
        self.end_claim()
        for n in range(3, len(of.elements), 2):
            if of.get(n):
                self.moved.append(ProviderAdjustment(of.part(n, 1), of.part(n, 2), amount(of.get(n + 1))))


_HANDLERS: dict[str, Callable[[_Walk, Segment], None]] = {
    "BPR": _Walk.bpr, "TRN": _Walk.trn, "N1": _Walk.n1, "CLP": _Walk.clp, "NM1": _Walk.nm1, "DTM": _Walk.dtm,
    "CAS": _Walk.cas, "SVC": _Walk.svc, "AMT": _Walk.amt, "REF": _Walk.ref, "LQ": _Walk.lq, "MOA": _Walk.outcome,
    "MIA": _Walk.outcome, "PLB": _Walk.plb,
}  # fmt: skip
