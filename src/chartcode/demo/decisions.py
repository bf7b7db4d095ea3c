"""What the practice's coders decided about charts: mostly with a reason, one of them without words behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from chartcode.demo.accounts import accounts
from chartcode.demo.notes import texts
from chartcode.demo.phrases import table
from chartcode.demo.planted import ADDED, ADDER, ADDS
from chartcode.demo.setting import STAY
from chartcode.demo.year import LAST, SEED, Event
from chartcode.model.case import Decision
from chartcode.model.ledger import ACCEPT, ADD, OVERRIDE, REJECT

_REVIEWED = {STAY: 0.8}
_ELSEWHERE = 0.35
"""Share of encounters that a coder looks at again."""


def decided(event: Event) -> tuple[Decision, ...]:
    """Return what the coder of an encounter decided about its chart; a pure function of it."""
    chance = Random(f"{SEED} decisions {event.number}")  # noqa: S311 - a demonstration, not a secret
    if chance.random() >= _REVIEWED.get(event.place, _ELSEWHERE):
        return ()
    account = accounts(event)
    on = min(LAST, account.coded_on or event.last + timedelta(days=1))
    return tuple(_of(event, account.coder, on, chance))


def _of(event: Event, who: str, on: date, chance: Random) -> Iterator[Decision]:
    text = " ".join(texts(event).values())
    for row in table("decisions")["decision"]:
        if row["place"] != event.place or row["words"] not in text or chance.random() >= row["share"]:
            continue
        why = chance.choice(row.get("why", [""]))
        if "rule" in row:
            yield Decision(OVERRIDE, row["rule"], why, who, on)
        if "sure" in row:
            yield Decision(ACCEPT, row["sure"], "", who, on)
        if "gone" in row:
            yield Decision(REJECT, row["gone"], why, who, on)
        if "new" in row:
            yield Decision(ADD, row["new"], why, who, on)
    if event.place == STAY and who == ADDER and chance.random() < ADDED:
        yield Decision(ADD, ADDS, "seen by the dietitian", who, on)
