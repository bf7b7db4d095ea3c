"""A 277 transaction -> where each claim stands (005010X212 response, 005010X214 acknowledgement)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcode.collect.x12.billed import money
from chartcode.collect.x12.values import day, service
from chartcode.model.status import ClaimStatus, LineStatus, State
from chartcode.wire.x12 import Segment, Transaction

_OF_A_CLAIM = ("22", "23", "PT")
"""Levels of the hierarchy at which claims stand: subscriber, dependent, and patient in an acknowledgement."""


def statuses(transaction: Transaction) -> Iterator[ClaimStatus]:
    """Yield the claims of a 277, in order."""
    level = payer = who = ""
    claim: ClaimStatus | None = None
    for of in transaction.segments:
        if claim is not None and of.name in ("HL", "TRN"):
            yield claim
            claim = None
        if of.name == "HL":
            level = of.get(3)
        elif of.name == "NM1":
            who = of.get(1)
            payer = of.get(3) if who in ("PR", "AY") and level == "20" else payer
        elif of.name == "TRN" and level in _OF_A_CLAIM:
            claim = ClaimStatus(of.get(2), payer=payer)
        elif claim is not None:
            claim = _with(claim, of)
    if claim is not None:
        yield claim


def _with(claim: ClaimStatus, of: Segment) -> ClaimStatus:
    if of.name == "STC":
        states = tuple(_state(of, number) for number in (1, 10, 11) if of.part(number, 1))
        if claim.lines:
            last = claim.lines[-1]
            return replace(claim, lines=(*claim.lines[:-1], replace(last, states=last.states + states)))
        return replace(
            claim, states=claim.states + states, on=claim.on or day(of.get(2)), charge=claim.charge or money(of.get(4)),
            paid=claim.paid or money(of.get(5)),
        )  # fmt: skip
    if of.name == "REF" and not claim.lines:
        if of.get(1) == "1K":
            return replace(claim, payer_control=of.get(2))
        if of.get(1) == "EJ":
            return replace(claim, id=of.get(2))
    if of.name == "SVC":
        line = LineStatus(service(of.part(1, 1).upper(), of.part(1, 2)))
        return replace(claim, lines=(*claim.lines, line))
    return claim


def _state(of: Segment, number: int) -> State:
    return State(of.part(number, 1), of.part(number, 2), of.part(number, 3))
