"""A file of X12 -> charts: one for each claim (837 professional and institutional), one for each payment (835).

What is neither is refused by name, transaction by transaction; a file may hold several kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from chartcode.collect.silence import completed
from chartcode.collect.source import Source, Unreadable
from chartcode.collect.x12.billed import billed
from chartcode.collect.x12.chart import chart_of_claim
from chartcode.collect.x12.claim import DENTAL, Claim, kind
from chartcode.collect.x12.claim import claims as claims_of
from chartcode.collect.x12.remittance import chart_of_payment, remittance_of
from chartcode.collect.x12.status import statuses as statuses_of
from chartcode.model.chart import Chart
from chartcode.model.claim import Claim as Billed
from chartcode.model.remittance import Remittance
from chartcode.model.status import ClaimStatus
from chartcode.wire import x12 as wire
from chartcode.wire.x12 import KINDS, Malformed, Refused, Transaction, recognise

__all__ = ["NAME", "charts", "claims", "recognise", "remittances", "statuses", "whole"]

NAME = "X12"

READ = "claims (837 professional and institutional) and remittances (835) are read"

T = TypeVar("T")


def charts(source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the chart of each claim and payment, and an ``Unreadable`` in the place of each other transaction."""
    taken: set[str] = set()
    for found in _each(source, _charts):
        if isinstance(found, Unreadable):
            yield found
        else:
            name = f"{source.id}#{found.id}".strip("#")
            if name in taken:
                name = next(other for n in range(2, len(taken) + 3) if (other := f"{name} ({n})") not in taken)
            taken.add(name)
            yield completed(replace(found, id=name), source.silent, setting_known=True)


def claims(source: Source) -> Iterator[Claim | Unreadable]:
    """Yield the claims of a source; ``case_of_claim`` makes a case of each."""
    return _each(source, _claims)


def whole(source: Source) -> Iterator[Billed | Unreadable]:
    """Yield the claims of a source as they were billed: parties, addresses and all, to be written again."""
    return _each(source, _whole)


def remittances(source: Source) -> Iterator[Remittance | Unreadable]:
    """Yield the remittances of a source."""
    return _each(source, _remittances)


def statuses(source: Source) -> Iterator[ClaimStatus | Unreadable]:
    """Yield where each claim stands, of claim status responses and acknowledgements (277)."""
    return _each(source, _statuses, ("277",))


def _charts(of: Transaction, source: Source) -> Iterator[Chart]:
    if of.kind == "835":
        remittance = remittance_of(of)
        for payment in remittance.claims:
            made = chart_of_payment(payment, remittance)
            yield replace(made, remarks=(*of.remarks, *made.remarks))
        return
    for claim in _claims(of, source):
        yield chart_of_claim(claim)


def _claims(of: Transaction, source: Source) -> Iterator[Claim]:
    if of.kind != "837":
        raise _refused(of, source, "claims (837 professional and institutional) are read here")
    if kind(of) == DENTAL:
        raise _refused(of, source, READ, "a dental claim (837D)")
    any_ = False
    for claim in claims_of(of):
        any_ = True
        claim.remarks = [*of.remarks, *claim.remarks]
        yield claim
    if not any_:
        raise source.unreadable("there is no claim (CLM) in it", _place(of.number))


def _whole(of: Transaction, source: Source) -> Iterator[Billed]:
    for _ in _claims(of, source):  # which refuses what is no claim
        break
    yield from billed(of)


def _remittances(of: Transaction, source: Source) -> Iterator[Remittance]:
    if of.kind != "835":
        raise _refused(of, source, "remittances (835) are read here")
    yield remittance_of(of)


def _statuses(of: Transaction, source: Source) -> Iterator[ClaimStatus]:
    if of.kind != "277":
        raise _refused(of, source, "claim statuses (277) are read here")
    yield from statuses_of(of)


def _refused(of: Transaction, source: Source, read: str, what: str = "") -> Unreadable:
    named = what or (f"{KINDS[of.kind]} ({of.kind})" if of.kind in KINDS else "a transaction of an unknown kind")
    return source.unreadable(f"this is {named}; {read}", _place(of.number))


def _each(
    source: Source, read: Callable[[Transaction, Source], Iterator[T]], kinds: tuple[str, ...] = ("837", "835")
) -> Iterator[T | Unreadable]:
    """Yield what a reader makes of each transaction, and complaints in the places of those that give nothing."""
    any_ = False
    try:
        with source.open() as stream:
            for found in wire.transactions(stream):
                any_ = True
                if isinstance(found, Refused):
                    yield source.unreadable(found.why, _place(found.number), found.text.encode())
                    continue
                if found.kind not in kinds:
                    yield _refused(found, source, READ)
                    continue
                try:
                    yield from read(found, source)
                except Unreadable as unreadable:
                    yield unreadable
    except Malformed as error:
        yield source.unreadable(str(error))
        return
    except Unreadable as unreadable:
        yield unreadable
        return
    if not any_:
        yield source.unreadable("there is no transaction (ST) in it")


def _place(number: int) -> str:
    return f"transaction {number}" if number else ""
