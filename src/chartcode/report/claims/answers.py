"""A payer's answer tied to what was billed: each payment to its case, each line to its code, rule and evidence.

What does not add up, what answers no case, and what case has no answer is said, never dropped.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from chartcode.model.case import Case, Diagnosis, Finding, Procedure, Visit
from chartcode.model.remittance import STATUSES, Adjustment, ClaimPayment, Remittance, ServicePayment
from chartcode.report.claims.build import claim_number
from chartcode.report.claims.reasons import DENIAL, REMARKS, reason


@dataclass(frozen=True, slots=True)
class Answered:
    """A line as its payer answered it; ``entry`` is what the case has of it, ``findings`` what our rules said of it."""

    payment: ServicePayment
    entry: Procedure | Visit | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def denied(self) -> tuple[Adjustment, ...]:
        """The amounts that were refused."""
        return refused(self.payment.adjustments)


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim as its payer answered it, with the case, where one is known by its number."""

    remittance: Remittance
    payment: ClaimPayment
    case: Case | None
    lines: tuple[Answered, ...]

    @property
    def status(self) -> str:
        """The payer's status in words."""
        return STATUSES.get(self.payment.status, f"status {self.payment.status or 'not said'}")

    @property
    def denied(self) -> tuple[Adjustment, ...]:
        """The amounts that were refused, of the claim and of its lines; those of a reversal are none."""
        return () if self.payment.status == "22" else refused(tuple(self.payment.every_adjustment))

    @property
    def refused(self) -> Decimal:
        """What was refused, in dollars; of a claim denied without a reason, all of it."""
        found = sum((a.amount for a in self.denied), Decimal(0))
        return found or (self.payment.charge - self.payment.paid if self.payment.denied else Decimal(0))


def refused(adjustments: Sequence[Adjustment]) -> tuple[Adjustment, ...]:
    """Return those adjustments that are neither contract, nor the patient's, nor another payer's."""
    return tuple(a for a in adjustments if a.amount > 0 and reason(a.group, a.reason).kind == DENIAL)


def answers(remittances: Sequence[Remittance], cases: Sequence[Case]) -> tuple[list[Answer], list[str]]:
    """Return each claim's answer, and sentences on what does not fit."""
    known: dict[str, Case] = {}
    for case in cases:
        known.setdefault(claim_number(case.chart.id), case)
        known.setdefault(case.chart.id, case)
    found, told, seen = [], [], set()
    for remittance in remittances:
        name = f"remittance {remittance.trace or 'without a number'}"
        if remittance.out_of_balance:
            told.append(f"{name} does not add up: claims less provider adjustments differ from the payment by "
                        f"{_dollars(remittance.out_of_balance)}; it may be partial")  # fmt: skip
        for payment in remittance.claims:
            answer = _answer(remittance, payment, known.get(payment.id))
            found.append(answer)
            seen.add(payment.id)
            told += _odd(answer, asked=bool(cases))
    without = [c.chart.id for c in cases if not seen & {c.chart.id, claim_number(c.chart.id)}]
    told += [f"case {name} has no answer in these remittances" for name in without]
    return found, told


def _odd(answer: Answer, *, asked: bool) -> Iterator[str]:
    payment = answer.payment
    if payment.out_of_balance:
        yield f"claim {payment.id} does not add up: {_dollars(payment.out_of_balance)} of its charge is unexplained"
    lines = sum((line.charge for line in payment.lines), Decimal(0))
    if payment.lines and lines != payment.charge:
        yield f"claim {payment.id} charges {_dollars(payment.charge)} and its lines {_dollars(lines)}"
    if asked and answer.case is None:
        yield f"claim {payment.id} answers no case that was given"


def _answer(remittance: Remittance, payment: ClaimPayment, case: Case | None) -> Answer:
    left: list[Procedure | Visit] = list(case.procedures) if case else []
    if case and case.visit and case.visit.code and not any(str(p.code) == case.visit.code for p in case.procedures):
        left.insert(0, case.visit)
    return Answer(remittance, payment, case, tuple(_line(line, case, left) for line in payment.lines))


def _line(line: ServicePayment, case: Case | None, left: list[Procedure | Visit]) -> Answered:
    code = str(line.billed or line.code or "")
    same = [entry for entry in left if str(entry.code) == code]
    if case is None or not same:
        return Answered(line)
    entry = max(same, key=lambda e: (e.modifiers == line.modifiers, getattr(e, "on", None) == line.on))
    left.remove(entry)
    pointers = entry.pointers if isinstance(entry, Procedure) else ()
    diagnoses = tuple(d for d in case.coded if not pointers or str(d.code) in pointers)
    begins = {start for a in line.adjustments for start in reason(a.group, a.reason).rules}
    findings = tuple(f for f in case.findings if entry in f.on or (f.rule and f.rule.startswith(tuple(begins))))
    return Answered(line, entry, diagnoses, findings)


def said(adjustment: Adjustment) -> str:
    """Return an adjustment in words."""
    words = reason(adjustment.group, adjustment.reason).words
    return f"{adjustment.group}-{adjustment.reason} {_dollars(adjustment.amount)}" + (f": {words}" if words else "")


def remarked(codes: Sequence[str]) -> list[str]:
    """Return remark codes in words."""
    return [f"{code}: {REMARKS[code]}" if code in REMARKS else code for code in codes]


def _dollars(value: Decimal) -> str:
    return f"{value:,.2f}"


def summary(found: Sequence[Answer], told: Sequence[str]) -> str:
    """Return the answers as text: a line a claim, below it what was refused, then sums and what does not fit."""
    return "".join(f"{line}\n" for line in _summary(found, told))


def _summary(found: Sequence[Answer], told: Sequence[str]) -> Iterator[str]:
    reasons: dict[str, tuple[int, Decimal]] = {}
    for answer in found:
        payment = answer.payment
        yield (f"{payment.id}: {answer.status}; charged {_dollars(payment.charge)}, paid {_dollars(payment.paid)}, "
               f"patient {_dollars(payment.patient_owes)}, refused {_dollars(answer.refused)}")  # fmt: skip
        for adjustment in refused(payment.adjustments):
            yield f"    claim: {said(adjustment)}"
        for remark in remarked(payment.remarks) if answer.refused else ():
            yield f"    remark {remark}"
        for line in answer.lines:
            yield from _refusals(line)
        for adjustment in answer.denied:
            count, amount = reasons.get(f"{adjustment.group}-{adjustment.reason}", (0, Decimal(0)))
            reasons[f"{adjustment.group}-{adjustment.reason}"] = (count + 1, amount + adjustment.amount)
    charged, paid = (sum((getattr(a.payment, key) for a in found), Decimal(0)) for key in ("charge", "paid"))
    lost = sum((a.refused for a in found), Decimal(0))
    denied = sum(1 for a in found if a.refused > 0)
    yield (f"{len(found)} claims: charged {_dollars(charged)}, paid {_dollars(paid)}; refused {_dollars(lost)} of "
           f"{denied} claims")  # fmt: skip
    for name, (count, amount) in sorted(reasons.items(), key=lambda item: -item[1][1]):
        words = reason(*name.split("-", 1)).words
        yield f"    {name}: {count} times, {_dollars(amount)}" + (f", {words}" if words else "")
    for remittance in dict.fromkeys(answer.remittance for answer in found):
        for moved in remittance.adjustments:
            yield f"    outside of any claim: {_dollars(-moved.amount)} (reason {moved.reason})"
    for sentence in told:
        yield f"! {sentence}"


def _refusals(line: Answered) -> Iterator[str]:
    for adjustment in line.denied:
        yield f"    {named(line.payment)}: {said(adjustment)}"
    if line.denied:
        for remark in remarked(line.payment.remarks):
            yield f"        remark {remark}"
        for finding in line.findings:
            yield f"        our rule {finding.rule}: {finding.message}"
        words = [m.span.text for m in line.entry.evidence if m.span.text] if line.entry else []
        if words:
            yield f"        the record says: {'; '.join(dict.fromkeys(words))}"


def named(line: ServicePayment) -> str:
    """Return a line's code with its modifiers, or its revenue code."""
    code = str(line.code or (f"revenue {line.revenue}" if line.revenue else "service"))
    return "-".join((code, *line.modifiers))


COLUMNS = ("remittance", "paid_on", "payer", "claim", "case", "status", "line", "code", "modifiers", "units", "day",
           "charge", "allowed", "paid", "group", "reason", "kind", "amount", "words", "remarks", "rules")  # fmt: skip
"""Columns of the table: a row for each adjustment; a line without one has a row of its own."""


def table(found: Sequence[Answer]) -> str:
    """Return the answers as CSV with a heading."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for answer in found:
        for row in _rows(answer):
            writer.writerow({k: f"'{v}" if str(v).startswith(("=", "+", "@")) else v for k, v in row.items()})
    return out.getvalue()


def _rows(answer: Answer) -> Iterator[Mapping[str, object]]:
    payment, remittance = answer.payment, answer.remittance
    common = {
        "remittance": remittance.trace, "paid_on": remittance.on or "", "payer": remittance.payer, "claim": payment.id,
        "case": answer.case.chart.id if answer.case else "", "status": answer.status,
    }  # fmt: skip
    whole = {"charge": payment.charge, "paid": payment.paid, "remarks": " ".join(payment.remarks)}
    for adjustment in payment.adjustments or (() if payment.lines else (None,)):
        yield {**common, **whole, **_adjusted(adjustment)}
    for number, line in enumerate(answer.lines, start=1):
        paid = line.payment
        own = {
            "line": number, "code": str(paid.code or paid.revenue), "modifiers": " ".join(paid.modifiers),
            "units": paid.units, "day": paid.on or "", "charge": paid.charge, "paid": paid.paid,
            "allowed": "" if paid.allowed is None else paid.allowed, "remarks": " ".join(paid.remarks),
            "rules": " ".join(dict.fromkeys(f.rule for f in line.findings)),
        }  # fmt: skip
        for adjustment in paid.adjustments or (None,):
            yield {**common, **own, **_adjusted(adjustment)}


def _adjusted(adjustment: Adjustment | None) -> Mapping[str, object]:
    if adjustment is None:
        return {}
    meant = reason(adjustment.group, adjustment.reason)
    return {"group": adjustment.group, "reason": adjustment.reason, "kind": meant.kind, "amount": adjustment.amount,
            "words": meant.words}  # fmt: skip
