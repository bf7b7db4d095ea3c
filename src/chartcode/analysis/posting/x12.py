"""X12 files -> claims as sent (837), statuses (277) and remittances (835), each file read once, by what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chartcode.collect.x12.billed import billed
from chartcode.collect.x12.claim import DENTAL, kind
from chartcode.collect.x12.remittance import remittance_of
from chartcode.collect.x12.status import statuses
from chartcode.collect.x12.values import day
from chartcode.model.claim import Claim
from chartcode.model.remittance import Remittance
from chartcode.model.status import ClaimStatus
from chartcode.wire.x12 import KINDS, Malformed, Refused, Transaction, recognise, transactions

_HEAD = 200
ACCEPTED = frozenset(("TA1", "997", "999"))
"""Acknowledgements of files, which say nothing of single claims."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A claim as it was sent, and the day on which its file was made (BHT04)."""

    claim: Claim
    on: date | None


@dataclass(frozen=True, slots=True)
class Unread:
    """What cannot be read, in a sentence."""

    why: str


Event = Sent | ClaimStatus | Remittance | Unread


def events(paths: Iterable[Path]) -> Iterator[Event]:
    """Yield what the files say, in the order of their names; of a folder all files that are X12.

    A file that cannot be read, or holds something else, is an ``Unread`` in its place.
    """
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
            other = [p for p in inside if not _is_x12(p)]
            for found in inside:
                if found not in other:
                    yield from _events(found)
            if other:
                yield Unread(f"{path}: {len(other)} of its {len(inside)} files are no X12 and were not read")
            if not inside:
                yield Unread(f"{path} holds no files")
        elif path.is_file():
            yield from _events(path)
        else:
            yield Unread(f"{path}: there is no such file; check the path")


def _is_x12(path: Path) -> bool:
    with path.open("rb") as stream:
        return recognise(stream.read(_HEAD))


def _events(path: Path) -> Iterator[Event]:
    try:
        with path.open("rb") as stream:
            for found in transactions(stream):
                place = f"{path}, transaction {found.number}" if found.number else str(path)
                if isinstance(found, Refused):
                    yield Unread(f"{place}: {found.why}")
                else:
                    yield from _of(found, place)
    except Malformed as fault:
        yield Unread(f"{path}: {fault}")
    except OSError as fault:
        yield Unread(f"{path}: {(fault.strerror or 'it cannot be read').lower()}; check the path")


def _of(found: Transaction, place: str) -> Iterator[Event]:
    if found.kind == "835":
        yield remittance_of(found)
    elif found.kind == "277":
        yield from statuses(found)
    elif found.kind == "837" and kind(found) != DENTAL:
        made = next((day(s.get(4)) for s in found.segments if s.name == "BHT"), None)
        yield from (Sent(claim, made) for claim in billed(found))
    elif found.kind not in ACCEPTED:
        what = (
            "a dental claim (837D)" if found.kind == "837" else KINDS.get(found.kind, "a transaction of another kind")
        )
        yield Unread(f"{place}: this is {what}; claims (837), statuses (277) and remittances (835) are posted")
