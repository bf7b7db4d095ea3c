"""Where a claim stands with its payer: a claim status response (277) or an acknowledgement of claims (277CA).

Category codes say how far the claim is; status codes say what about. Both lists are kept elsewhere; the words for the
categories are our own, status codes are given as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from chartcode.model.code import Code

CATEGORIES = {
    "A0": "forwarded", "A1": "received", "A2": "accepted into adjudication", "A3": "returned, not to be processed",
    "A4": "not found", "A5": "split", "A6": "rejected: something is missing", "A7": "rejected: something is not valid",
    "A8": "rejected: two things do not fit", "P0": "pending", "P1": "pending, in process", "P2": "pending, in review",
    "P3": "pending, asked of the provider", "P4": "pending, asked of the patient", "P5": "pending, by the payer",
    "F0": "finalized", "F1": "finalized, paid", "F2": "finalized, denied", "F3": "finalized, revised",
    "F3F": "finalized, forwarded", "F3N": "finalized, not forwarded", "F4": "finalized, no payment",
    "E0": "the inquiry had an error", "E1": "the payer's system is down", "E2": "the payer did not answer",
    "D0": "no such claim",
}  # fmt: skip
"""Claim status category codes -> our words."""

_BAD = ("A3", "A4", "A6", "A7", "A8", "F2", "D0", "E")


@dataclass(frozen=True, slots=True)
class State:
    """One status: its category, the status code, and whose matter it is (an entity identifier code), if said."""

    category: str
    code: str = ""
    entity: str = ""

    @property
    def words(self) -> str:
        """The category in words; requests for information begin with R."""
        return CATEGORIES.get(self.category, "information is asked for" if self.category[:1] == "R" else self.category)

    @property
    def refused(self) -> bool:
        """Whether the claim, or the inquiry, went no further."""
        return self.category.startswith(_BAD)


@dataclass(frozen=True, slots=True)
class LineStatus:
    """Where a service line stands."""

    code: Code | None
    states: tuple[State, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """Where a claim stands; ``id`` is the provider's own number of it (CLM01)."""

    id: str
    states: tuple[State, ...] = ()
    on: date | None = None
    charge: Decimal | None = None
    paid: Decimal | None = None
    payer_control: str = ""
    payer: str = field(default="")
    lines: tuple[LineStatus, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the claim, or one of its lines, went no further."""
        return any(s.refused for s in (*self.states, *(s for line in self.lines for s in line.states)))
