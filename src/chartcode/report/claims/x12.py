"""Claims -> an 837 interchange: 005010X222A1 for professional, 005010X223A2 for institutional claims.

Our own, because a claim is two hundred lines of segments in a fixed order and what matters is which segment stands
when; pyx12 is the judge of it in the tests. Control numbers come from the content, so that the same claims give the
same file and other claims another number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zlib import crc32

from chartcode.model.claim import PROFESSIONAL, Claim, Party, Person
from chartcode.report.claims.loops import billing_loops, claim_loops, patient_loops, subscriber_loops
from chartcode.report.claims.segments import element, segment

GUIDES = {PROFESSIONAL: "005010X222A1", "institutional": "005010X223A2"}
MOST = 5000
"""The most claims in one transaction, as the guides recommend."""

Rows = Iterator[str]


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sends to whom: identifiers as the clearinghouse gave them (at most 15 characters), names, a telephone.

    ``test`` marks the interchange as a test (ISA15); ``minute`` is HHMM.
    """

    sender: str
    receiver: str
    sender_name: str
    receiver_name: str
    contact: str
    phone: str
    on: date
    minute: str = "0000"
    test: bool = False


def interchange(claims: Sequence[Claim], envelope: Envelope, control: int | None = None) -> str:
    """Return an interchange with all claims, which are of one kind.

    Args:
        claims: at least one.
        envelope: who sends, to whom, on which day.
        control: the interchange's number (ISA13), 1 to 999,999,999; without it, one that the content gives.

    Raises:
        ValueError: there is no claim, or the claims are of two kinds.
    """
    kinds = {claim.kind for claim in claims}
    if len(kinds) != 1:
        raise ValueError("an 837 has claims of one kind; write professional and institutional claims apart")
    guide = GUIDES[kinds.pop()]
    bodies = [
        list(_transaction(claims[n : n + MOST], envelope, guide, f"{n // MOST + 1:04d}"))
        for n in range(0, len(claims), MOST)
    ]
    number = control or crc32("".join(row for body in bodies for row in body).encode()) % 999_999_998 + 1
    return "\n".join([*_open(envelope, guide, number), *(row for body in bodies for row in body),
                      segment("GE", len(bodies), number), segment("IEA", "1", f"{number:09d}"), ""])  # fmt: skip


def _open(by: Envelope, guide: str, number: int) -> Rows:
    who = [f"{element(name)[:15]:15}" for name in (by.sender, by.receiver)]
    kinds = ("ZZ", who[0], "ZZ", who[1], f"{by.on:%y%m%d}", by.minute)
    usage = "T" if by.test else "P"
    yield "*".join(("ISA", "00", " " * 10, "00", " " * 10, *kinds, "^", "00501", f"{number:09d}", "0", usage, ":~"))
    yield segment("GS", "HC", by.sender, by.receiver, f"{by.on:%Y%m%d}", by.minute, number, "X", guide)


def _transaction(claims: Sequence[Claim], by: Envelope, guide: str, control: str) -> Rows:
    rows = [segment("ST", "837", control, guide), *_body(claims, by, control)]
    yield from rows
    yield segment("SE", len(rows) + 1, control)


def _body(claims: Sequence[Claim], by: Envelope, control: str) -> Rows:
    yield segment("BHT", "0019", "00", control, f"{by.on:%Y%m%d}", by.minute, "CH")
    yield segment("NM1", "41", "2", by.sender_name[:60], "", "", "", "", "46", by.sender)
    yield segment("PER", "IC", by.contact[:60], "TE", re.sub(r"\D", "", by.phone))
    yield segment("NM1", "40", "2", by.receiver_name[:60], "", "", "", "", "46", by.receiver)
    levels = _Levels()
    for (billing, pay_to), of_one in groupby(claims, key=lambda c: (c.billing, c.pay_to)):
        top = levels.next()
        yield segment("HL", top, "", "20", "1")
        yield from billing_loops(billing, pay_to)
        for (subscriber, payer), theirs in groupby(of_one, key=lambda c: (c.subscriber, c.payer)):
            members = list(theirs)
            # a level says whether another is below it; a subscriber's own claims stand apart from his dependents'
            for dependents, some in groupby(members, key=lambda c: c.patient is not None):
                yield from _subscriber(levels, top, (subscriber, payer), list(some), dependents=dependents)


def _subscriber(
    levels: _Levels, top: int, whose: tuple[Person, Party], claims: list[Claim], *, dependents: bool
) -> Rows:
    second = levels.next()
    yield segment("HL", second, top, "22", "1" if dependents else "0")
    yield from subscriber_loops(*whose, dependents=dependents)
    for patient, of_one in groupby(claims, key=lambda c: c.patient):
        if patient is not None:
            yield segment("HL", levels.next(), second, "23", "0")
            yield from patient_loops(patient)
        for claim in of_one:
            yield from claim_loops(claim)


class _Levels:
    """Numbers of the hierarchy within a transaction."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        self._last += 1
        return self._last
