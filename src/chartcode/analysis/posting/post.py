"""All that was sent and answered, tied to the cases of a store: the rows of the tables of posting, and the accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from decimal import Decimal

from chartcode.analysis.posting.answer import NOUGHT, Posted, posted
from chartcode.analysis.posting.ledger import Stands, oddities, settle, stands, together
from chartcode.analysis.posting.x12 import Event, Sent
from chartcode.model.claim import ATTENDING, RENDERING
from chartcode.model.remittance import ClaimPayment, Remittance
from chartcode.model.status import ClaimStatus
from chartcode.report.claims.answers import named
from chartcode.report.claims.build import claim_number
from chartcode.report.claims.reasons import reason

Value = str | float | int | date | None
Row = tuple[Value, ...]
COLUMNS = tuple(f.name for f in fields(Stands))
"""Columns of the accounts that posting fills, after ``case_id``."""


@dataclass(slots=True)
class _Of:
    """All that was said of one claim's number."""

    sent: list[Sent] = field(default_factory=list)
    statuses: list[ClaimStatus] = field(default_factory=list)
    answers: list[tuple[Posted, ClaimPayment]] = field(default_factory=list)


class Posting:
    """Takes in events; ``accounts`` and ``rows`` are what the reports ask, ``notes`` sentences for their pages."""

    def __init__(self, cases: Iterable[str], numbers: Iterable[tuple[str, str]] = ()) -> None:
        """Take the identifiers of the store's cases, and (claim, case) of claims that have numbers of their own."""
        self.notes: list[str] = []
        self.remittances = 0
        self._known: dict[str, str] = {claim: case for claim, case in numbers if claim}
        for case in cases:
            self._known.setdefault(claim_number(case), case)
            self._known.setdefault(case, case)
        self._claims: defaultdict[str, _Of] = defaultdict(_Of)
        self._read: set[tuple[object, ...]] = set()
        self._sums: list[Row] = []
        self._odd: list[Row] = []
        self._unread: list[str] = []

    def take(self, events: Iterable[Event]) -> Posting:
        """Take in what the files say; return itself."""
        for event in events:
            if isinstance(event, Sent):
                self._claims[event.claim.id].sent.append(event)
            elif isinstance(event, ClaimStatus):
                self._claims[event.id].statuses.append(event)
            elif isinstance(event, Remittance):
                self._remittance(event)
            else:
                self._unread.append(event.why)
        for claim, of in self._claims.items():
            self._settle(claim, of)
        self._tell()
        return self

    def case_of(self, claim: str) -> str | None:
        """Return the case that a claim's number is of, or None."""
        return self._known.get(claim)

    def accounts(self) -> Iterator[Row]:
        """Yield ``case_id`` and ``COLUMNS`` of each case of which something was sent or answered."""
        by_case: defaultdict[str, list[Stands]] = defaultdict(list)
        for claim, of in self._claims.items():
            case = self.case_of(claim)
            if case is not None:
                found = stands([answer for answer, _ in of.answers], of.statuses)
                if of.sent:
                    found.billed_on = min((s.on for s in of.sent if s.on), default=found.billed_on)
                    if found.charges is None:
                        found.charges = of.sent[-1].claim.charge
                by_case[case].append(found)
        for case, several in by_case.items():
            yield case, *map(_plain, astuple(together(several)))

    def rows(self) -> Mapping[str, list[Row]]:
        """Return the rows of the other tables (``tables.POSTED``), by name."""
        return {
            "payments": [row for claim, of in self._claims.items() for row in self._payments(claim, of)],
            "adjustments": [row for claim, of in self._claims.items() for row in self._adjustments(claim, of)],
            "remittances": self._sums,
            "odd": self._odd,
            "billed": [row for claim, of in self._claims.items() for row in self._billed(claim, of)],
        }

    def taxonomies(self) -> Iterator[Row]:
        """Yield (case, taxonomy code) of each claim sent: of who gave the service, else of who bills."""
        for claim, of in self._claims.items():
            case = self.case_of(claim)
            for sent in of.sent if case else ():
                party = sent.claim.person(RENDERING) or sent.claim.person(ATTENDING)
                taxonomy = (party.taxonomy if party else "") or sent.claim.billing.taxonomy
                if taxonomy:
                    yield case, taxonomy

    def _remittance(self, of: Remittance) -> None:
        self.remittances += 1
        key = (of.payer, of.payee_id, of.trace, of.amount, of.on, *(c.id for c in of.claims))
        if key in self._read:
            self._strange("remittance read twice", of.trace, None, of.payer, of.on, of.amount,
                          f"remittance {of.trace} of {of.payer} is in the files twice; it is counted once")  # fmt: skip
            return
        self._read.add(key)
        strangers = 0
        for payment in of.claims:
            self._claims[payment.id].answers.append((posted(payment, of), payment))
            strangers += self.case_of(payment.id) is None
            self._faults(payment, of)
        paid = sum((c.paid for c in of.claims), NOUGHT)
        moved = sum((a.amount for a in of.adjustments), NOUGHT)
        values = (paid, moved, of.amount, of.out_of_balance)
        self._sums.append((of.trace, of.payer, of.on, len(of.claims), strangers, *map(float, values)))
        if of.out_of_balance:
            told = f"remittance {of.trace or 'without a number'} of {of.payer} pays {of.amount:,.2f}, its claims less "
            told += f"what was moved come to {paid - moved:,.2f}: it may be a part"
            self._strange("remittance does not add up", of.trace, None, of.payer, of.on, of.out_of_balance, told)

    def _faults(self, payment: ClaimPayment, of: Remittance) -> None:
        """Tell what is odd about one payment by itself."""
        name, case = f"claim {payment.id or 'without a number'}", self.case_of(payment.id)
        where = (payment.id, case, of.payer, of.on)
        if case is None:
            told = f"{name} fits no case of the store; {payment.paid:,.2f} was paid for it"
            self._strange("claim fits no case", *where, payment.paid, told)
        if payment.out_of_balance:
            told = f"{name}: {payment.out_of_balance:,.2f} of {payment.charge:,.2f} is neither paid nor explained"
            self._strange("claim does not add up", *where, payment.out_of_balance, told)
        lines = sum((line.charge for line in payment.lines), NOUGHT)
        if payment.lines and lines != payment.charge:
            told = f"{name} charges {payment.charge:,.2f} and its lines {lines:,.2f}"
            self._strange("lines are not the claim's charge", *where, payment.charge - lines, told)

    def _settle(self, claim: str, of: _Of) -> None:
        """Put the answers to one claim in order and tell what is odd among them."""
        by_answer = {id(answer): payment for answer, payment in of.answers}
        ordered = settle([answer for answer, _ in of.answers])
        of.answers = [(answer, by_answer[id(answer)]) for answer in ordered]
        case = self.case_of(claim)
        for what, answer, money in oddities(ordered):
            told = f"claim {claim}: {what}, {money:,.2f} on {answer.on or 'a day not said'}"
            self._strange(what, claim, case, answer.payer, answer.on, money, told)
        if case is None and not of.answers:
            said = of.statuses[-1] if of.statuses else None
            payer, on = (said.payer, said.on) if said else (of.sent[-1].claim.payer.name, of.sent[-1].on)
            charge = (said.charge if said else of.sent[-1].claim.charge) or NOUGHT
            told = (
                f"claim {claim or 'without a number'} fits no case of the store; it was sent, and no remittance answers"
            )
            self._strange("claim fits no case", claim, None, payer, on, charge, told)
        if of.statuses and not of.answers and stands((), of.statuses).status == "paid":
            last = of.statuses[-1]
            told = f"claim {claim} is paid by its status (277), and no remittance (835) pays it"
            self._strange("paid by status alone", claim, case, last.payer, last.on, last.paid or NOUGHT, told)
        sent = of.sent[-1].claim.charge if of.sent else None
        first = next((a for a in ordered if not a.reversal), None)
        if sent is not None and first is not None and sent != ordered[-1].charge and sent != first.charge:
            told = f"claim {claim} was sent with a charge of {sent:,.2f} and answered with {first.charge:,.2f}"
            self._strange(
                "answered charge is not the one sent", claim, case, first.payer, first.on, sent - first.charge, told
            )

    def _strange(
        self, what: str, claim: str, case: str | None, payer: str, on: date | None, money: Decimal, told: str
    ) -> None:
        self._odd.append((what, claim, case, payer or None, on, float(money), told))

    def _tell(self) -> None:
        """Say in the notes what does not fit: kinds with their counts, and each file that cannot be read."""
        counts: dict[str, list[Row]] = {}
        for row in self._odd:
            counts.setdefault(str(row[0]), []).append(row)
        parts = []
        for what, rows in sorted(counts.items(), key=lambda item: (-len(item[1]), item[0])):
            money = sum(row[5] for row in rows if isinstance(row[5], float))
            parts.append(f"{what}: {len(rows):,} ({money:,.2f})")
        if parts:
            self.notes.append(f"Posting found what does not fit; each is named under Billing. {'; '.join(parts)}.")
        self.notes += [f"Posting: {told}." for told in self._unread[:_MOST]]
        if len(self._unread) > _MOST:
            self.notes.append(f"Posting: {len(self._unread) - _MOST:,} more files or transactions cannot be read.")

    def _payments(self, claim: str, of: _Of) -> Iterator[Row]:
        for a, _ in of.answers:
            sums = map(float, (a.charge, a.paid, a.patient, a.contract, a.refused))
            yield claim, self.case_of(claim), a.payer or None, a.remittance, a.on, a.words, *sums, a.standing

    def _adjustments(self, claim: str, of: _Of) -> Iterator[Row]:
        for a, payment in of.answers:
            parts = [("", payment.adjustments, payment.remarks)]
            parts += [(named(line), line.adjustments, line.remarks) for line in payment.lines]
            for code, adjustments, remarks in parts:
                for x in adjustments:
                    meant = reason(x.group, x.reason)
                    yield (
                        claim, self.case_of(claim), a.payer or None, a.on, code or None, x.group, x.reason,
                        meant.words or None, " ".join(remarks) or None, meant.kind, float(x.amount), a.standing,
                    )  # fmt: skip

    def _billed(self, claim: str, of: _Of) -> Iterator[Row]:
        """Yield the lines as billed: by the last claim sent, else by the first answer."""
        case = self.case_of(claim)
        if case is None:
            return
        if of.sent:
            for line in of.sent[-1].claim.lines:
                code = str(line.code) if line.code else None
                charge = None if line.charge is None else float(line.charge)
                yield (
                    case,
                    claim,
                    code,
                    " ".join(line.modifiers),
                    line.revenue or None,
                    float(line.quantity),
                    charge,
                    "837",
                )
            return
        for _, payment in of.answers[:1]:
            for paid in payment.lines:
                code = str(paid.billed or paid.code or "") or None
                modifiers, units = " ".join(paid.modifiers), float(paid.units)
                yield case, claim, code, modifiers, paid.revenue or None, units, float(paid.charge), "835"


_MOST = 12
"""Sentences on single files that a page carries."""


def _plain(value: object) -> Value:
    return float(value) if isinstance(value, Decimal) else value  # type: ignore[return-value]  # as declared
