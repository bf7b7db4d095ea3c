"""What the accounting would know of an encounter: charges, days, payment or denial, and the visit as billed.

What a payer decides is known here and told in remittances alone (``remit``): the file of accounts has what the practice
itself knows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from chartcode.books.parameters import Parameters
from chartcode.books.visits import Visits
from chartcode.demo.fees import charge
from chartcode.demo.phrases import drawn, table
from chartcode.demo.planted import DENIED, DENIER, OVER_CODER, RAISED, REASONS, SINCE
from chartcode.demo.setting import CLINIC, EMERGENCY, STAY
from chartcode.demo.year import LAST, Event
from chartcode.model.case import LEVELS

_DRAWN_UP = LAST
"""The day on which the accounts are drawn up: what came later is not in them, so the last weeks are not decided."""
_BESIDE = {CLINIC: (0, 0), EMERGENCY: (480, 3900), STAY: (7200, 21000)}
"""What is charged beside the visit and the room: drugs, laboratory, imaging, the operating room."""
_OWN = ("case_id", "charges", "line_charges", "coder", "coded_on", "billed_on", "billed_visit", "billed_principal")
_CODERS = ("coder 1", "coder 2", "coder 3", "coder 4")
_USUAL = {"16": 5, "197": 4, "50": 3, "97": 3, "29": 2, "18": 2}
"""Claim adjustment reason codes of denials in an ordinary month, by weight."""
_RAISED, _LOWERED = 0.03, 0.05
"""Share of the visits of other physicians that are billed one level above and below."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account; the columns are those of ``chartcode.analysis.accounts``."""

    case_id: str
    status: str
    charges: float
    line_charges: float
    coder: str
    coded_on: date | None = None
    billed_on: date | None = None
    decided_on: date | None = None
    paid: float | None = None
    carc: str | None = None
    billed_visit: str | None = None
    billed_principal: str | None = None

    def row(self) -> dict[str, str]:
        """Return what the practice itself knows as a row of CSV, empty where nothing is known."""
        known = asdict(self)
        own = {name: "" if known[name] is None else str(known[name]) for name in _OWN}
        return {"case_id": self.case_id, "status": "unbilled" if self.status == "unbilled" else "billed"} | own


def accounts(event: Event) -> Account:
    """Return the account of an encounter; a pure function of it."""
    chance = event.chance
    beside = chance.uniform(*_BESIDE[event.place])
    nights = (event.last - event.first).days if event.place == STAY else 0
    coded = event.last + timedelta(days=chance.randint(0, 3) + (2 if event.place == STAY else 0))
    billed = coded + timedelta(days=chance.randint(1, 5))
    decided = billed + timedelta(days=chance.randint(9, 34))
    refused = _refused(event, chance)
    coder, visit = chance.choice(_CODERS), billed_visit(event, chance)
    charges = round(beside + nights * charge("room") + (charge(visit) if visit else 0), 2)
    account = Account(
        event.id,
        "unbilled",
        charges,
        charges,
        coder,
        _reached(coded),
        billed_visit=visit,
        billed_principal=event.template.get("principal"),
    )
    if billed > _DRAWN_UP:
        return account
    if decided > _DRAWN_UP:
        return replace(account, status="billed", billed_on=billed)
    paid = 0.0 if refused else round(charges * payer(event.person.payer)["pays"] * chance.uniform(0.9, 1.1), 2)
    status = "denied" if refused else "paid"
    return replace(account, status=status, billed_on=billed, decided_on=decided, paid=paid, carc=refused)


def _reached(day: date) -> date | None:
    return day if day <= _DRAWN_UP else None


def payer(name: str) -> dict[str, Any]:
    """Return what the table of payers says of one."""
    return next(p for p in table("practice")["payer"] if p["name"] == name)


def _refused(event: Event, chance: Random) -> str | None:
    """Return the reason of a denial, or None where the claim is paid."""
    name = event.person.payer
    if name == DENIER and event.last >= SINCE and chance.random() < DENIED:
        return chance.choice(REASONS)
    return drawn(_USUAL, chance) if chance.random() < payer(name)["denies"] else None


def billed_visit(event: Event, chance: Random) -> str | None:
    """Return the number of the visit as the practice billed it: mostly what the note supports, a step off at times."""
    visits = _visits(event.first)
    if event.place == STAY:
        return None
    if not event.level:
        return visits.preventive("established", event.person.age(event.first))
    family = visits.family("emergency") if event.place == EMERGENCY else visits.family("office", "established")
    if family is None:
        return None
    over = RAISED if event.provider.name == OVER_CODER else _RAISED
    luck = chance.random()
    step = 1 if luck < over else -1 if luck > 1 - _LOWERED else 0
    levels = [level for level in LEVELS if level in family.levels]
    return family.levels[levels[max(0, min(len(levels) - 1, levels.index(event.level) + step))]]


@cache
def _visits(day: date) -> Visits:
    return Visits(Parameters(day))
