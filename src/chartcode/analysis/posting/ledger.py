"""The answers to one claim in the order in which they came, and where the claim stands after them.

A reversal (claim status 22) takes one earlier payment back; the two then count for nothing, and the answer that
follows is the correction. A second payment of the same charge by the same first payer, with none taken back, is money
paid twice: it is counted, for it came, and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chartcode.analysis.posting.answer import AGAIN, COUNTED, NOUGHT, OF_NOTHING, REVERSAL, REVERSED, Posted
from chartcode.model.status import ClaimStatus

_RECEIVED = ("A1", "A2")
_RETURNED = ("A3", "A4", "A6", "A7", "A8", "D0")
"""Categories of an acknowledgement (277CA) of a claim that never came to be decided."""
_DENIED, _PAID = "F2", ("F0", "F1")


@dataclass(slots=True)
class Stands:
    """Where a claim stands: columns of the table ``accounts``; amounts are dollars, None where nobody said."""

    status: str = "billed"
    charges: Decimal | None = None
    paid: Decimal | None = None
    allowed: Decimal | None = None
    patient_owes: Decimal | None = None
    contract: Decimal | None = None
    refused: Decimal | None = None
    billed_on: date | None = None
    decided_on: date | None = None
    paid_on: date | None = None
    first_answer: str | None = None
    carc_group: str | None = None
    carc: str | None = None
    rarc: str | None = None
    answered_by: str | None = None
    answers: int = 0


def settle(answers: Sequence[Posted]) -> list[Posted]:
    """Return the answers to one claim, the earliest first, each with its standing."""
    ordered = sorted(answers, key=lambda a: a.on or date.min)
    for at, answer in enumerate(ordered):
        if answer.reversal:
            of = next((a for a in reversed(ordered[:at]) if _undone(a, answer)), None)
            answer.standing = REVERSAL if of else OF_NOTHING
            if of:
                of.standing = REVERSED
    for at, answer in enumerate(ordered):
        if answer.standing == COUNTED and answer.primary and answer.paid > 0 and any(
            a.standing == COUNTED and a.primary and a.paid > 0 and (a.payer, a.charge) == (answer.payer, answer.charge)
            for a in ordered[:at]
        ):  # fmt: skip
            answer.standing = AGAIN
    return ordered


def _undone(earlier: Posted, reversal: Posted) -> bool:
    """Tell whether a reversal takes an earlier answer back: same payer, opposite sums, the payer's number if known."""
    same = not (earlier.control and reversal.control) or earlier.control == reversal.control
    return (
        same or earlier.charge == -reversal.charge
    ) and earlier.standing == COUNTED and not earlier.reversal and earlier.payer == reversal.payer and (
        earlier.paid == -reversal.paid
    )  # fmt: skip


def stands(answers: Sequence[Posted], statuses: Sequence[ClaimStatus] = ()) -> Stands:
    """Return where a claim stands by its settled answers (835) and its statuses (277)."""
    found = Stands()
    told = sorted(statuses, key=lambda s: s.on or date.min)
    received = [s.on for s in told if s.on and any(state.category in _RECEIVED for state in s.states)]
    found.billed_on = min(received, default=None)
    returned = [s for s in told if any(state.category in _RETURNED for state in s.states)]
    if returned:
        found.first_answer = "rejected"
    decided = [a for a in answers if a.decided and a.standing in (COUNTED, AGAIN)]
    first = next((a for a in answers if a.decided and not a.reversal), None)
    if first is not None:
        found.answers = sum(not a.reversal for a in answers)
        found.first_answer = found.first_answer or (
            "denied" if first.denied else "partly denied" if first.refused > 0 else "paid"
        )
        found.decided_on, found.answered_by, found.charges = first.on, first.payer or None, first.charge
    if decided:
        _decided(found, answers, decided)
    elif first is None and told:
        _told(found, told)
    elif first is not None:  # taken back, and not decided anew
        found.paid = sum((a.paid for a in answers), NOUGHT)
    if found.status == "billed" and returned and returned[-1] is told[-1]:
        found.status = "rejected"
    return found


def _decided(found: Stands, answers: Sequence[Posted], decided: Sequence[Posted]) -> None:
    main = next((a for a in reversed(decided) if a.primary and not a.denied), None)
    main = main or next((a for a in reversed(decided) if a.primary), decided[-1])
    found.status = "denied" if all(a.denied for a in decided) else "paid"
    found.charges = main.charge
    found.paid = sum((a.paid for a in answers if a.standing not in (REVERSAL, REVERSED)), NOUGHT)
    found.allowed, found.contract = main.allowed, main.contract
    last = decided[-1] if not decided[-1].denied else main
    found.patient_owes = last.patient
    found.refused = min(main.refused, max(main.charge - main.contract - found.paid - found.patient_owes, NOUGHT))
    found.paid_on = next((a.on for a in decided if a.paid > 0), None)
    if found.refused > 0 or found.status == "denied":
        found.carc_group, found.carc, found.rarc = main.group or None, main.carc or None, main.rarc or None


def _told(found: Stands, told: Sequence[ClaimStatus]) -> None:
    """Take what statuses alone say of a claim that no remittance answers."""
    last = told[-1]
    found.answered_by, found.charges = last.payer or None, last.charge
    categories = [state.category for state in last.states]
    if any(c.startswith(_DENIED) for c in categories):
        found.status, found.decided_on, found.refused = "denied", last.on, last.charge
        found.first_answer = found.first_answer or "denied"
    elif any(c in _PAID for c in categories) and (last.paid or NOUGHT) > 0:
        found.status, found.decided_on, found.paid_on, found.paid = "paid", last.on, last.on, last.paid
        found.first_answer = found.first_answer or "paid"


_SUMS = ("charges", "paid", "allowed", "patient_owes", "contract", "refused")
_FIRSTS = ("billed_on", "decided_on", "paid_on")
_WORST = ("rejected", "denied", "partly denied", "paid")


def together(several: Sequence[Stands]) -> Stands:
    """Return where a case stands that has several claims, such as a hospital's and a physician's.

    Amounts are summed, days are the first; it is paid where one is, denied where all are, and its reason is that of the
    most money.
    """
    if len(several) == 1:
        return several[0]
    found = Stands()
    for name in _SUMS:
        known = [value for s in several if (value := getattr(s, name)) is not None]
        setattr(found, name, sum(known, NOUGHT) if known else None)
    for name in _FIRSTS:
        setattr(found, name, min((day for s in several if (day := getattr(s, name))), default=None))
    states = [s.status for s in several]
    found.status = next((s for s in ("paid", "billed", "rejected") if s in states), "denied")
    found.first_answer = next((a for a in _WORST if any(s.first_answer == a for s in several)), None)
    found.answers = sum(s.answers for s in several)
    worst = max(several, key=lambda s: s.refused or NOUGHT)
    found.carc_group, found.carc, found.rarc = worst.carc_group, worst.carc, worst.rarc
    found.answered_by = next((s.answered_by for s in several if s.answered_by), None)
    return found


def oddities(answers: Sequence[Posted]) -> Iterator[tuple[str, Posted, Decimal]]:
    """Yield (what is odd, the answer, the money) of one claim's settled answers."""
    for answer in answers:
        if answer.standing == AGAIN:
            yield "paid twice", answer, answer.paid
        elif answer.standing == OF_NOTHING:
            yield "takes back a payment that is not in these files", answer, answer.paid
    reversed_ = [a for a in answers if a.standing == REVERSED]
    if reversed_ and not any(a.standing in (COUNTED, AGAIN) and a.decided for a in answers):
        yield "payment taken back and not decided anew", reversed_[-1], reversed_[-1].paid
