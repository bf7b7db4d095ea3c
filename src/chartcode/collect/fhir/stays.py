"""Which resource belongs to which encounter.

What belongs to no encounter goes by its date: to the encounter within whose days it lies, else to the last one that
began before it, else to the first; a fact that came so says in ``placed`` whether it lies within its days. A claim
that names no encounter and lies within none is an encounter of its own. Without encounters, there is one chart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from chartcode.collect.fhir.bag import Bag, Held, encounters
from chartcode.collect.fhir.claims import billed
from chartcode.collect.fhir.encounters import encounter
from chartcode.collect.fhir.values import day, part, text, when
from chartcode.model.chart import Encounter

CLAIMS = ("Claim", "ExplanationOfBenefit")
_DATED = ("recordedDate", "effective", "performed", "authoredOn", "occurrence", "issued", "date", "onset", "recorded",
          "whenHandedOver", "recordedOn", "created", "timing")  # fmt: skip
_NESTED = 10
"""Encounters that may be parts of one another."""


@dataclass
class Stay:
    """An encounter with what belongs to it: a chart on its way.

    ``known`` says whether it tells its setting; ``placed`` how a resource, by its number in ``of``, came here by date.
    """

    name: str
    encounter: Encounter
    known: bool
    of: list[Held] = field(default_factory=list)
    placed: dict[int, str] = field(default_factory=dict)
    resource: Held | None = None

    def covers(self, on: date) -> bool:
        """Tell whether a day lies within the encounter."""
        first, last = self.encounter.first, self.encounter.last
        return first is not None and first <= on <= (last or first)


def shared_out(bag: Bag, types: Collection[str]) -> list[Stay]:
    """Return the encounters of a patient, each with the resources of some types that belong to it."""
    real = _stays(bag)
    by_name = {stay.name: stay for stay in real}
    billed_alone: list[Stay] = []
    loose: list[Held] = []
    for held in bag.all:
        if held.type not in types:
            continue
        stay = _named(held, bag, by_name)
        if stay is not None:
            stay.of.append(held)
        elif held.type in CLAIMS and not _within(_day(held), real):
            about = billed(held.tree)
            billed_alone.append(Stay(held.name, about.encounter, about.setting_known, [held]))
        else:
            loose.append(held)
    found = [*real, *billed_alone]
    if not found:
        found = [Stay(next((h.name for h in bag.of("Patient")), "record"), _undated(bag), known=False)]
    for held in loose:
        on = _day(held)
        stay = _by_day(on, real or found)
        if real:
            stay.placed[len(stay.of)] = "within its days" if on and stay.covers(on) else "outside its days"
        stay.of.append(held)
    return found


def _stays(bag: Bag) -> list[Stay]:
    """Return the encounters in order of their days; a part of another one belongs to it."""
    found = []
    for held in bag.of("Encounter"):
        if bag.at(held.tree, "partOf") in (None, held):
            about, known = encounter(held, bag)
            found.append(Stay(held.name, about, known, resource=held))
    return sorted(found, key=lambda s: (s.encounter.first or date.max, s.name))


def _undated(bag: Bag) -> Encounter:
    """Return the encounter of a record that has none."""
    days = [d for held in bag.all if (d := _day(held))]
    return Encounter(first=max(days)) if days else Encounter()


def _named(held: Held, bag: Bag, by_name: Mapping[str, Stay]) -> Stay | None:
    """Return the encounter that a resource names, or the one that its encounter is a part of."""
    for reference in encounters(held.tree):
        meant = bag.get(reference)
        for _ in range(_NESTED):
            if meant is None or meant.name in by_name:
                break
            meant = bag.at(meant.tree, "partOf")
        if meant is not None and meant.name in by_name:
            return by_name[meant.name]
    return None


def _day(held: Held) -> date | None:
    if held.type in CLAIMS:
        return billed(held.tree).encounter.first
    return when(held.tree, *_DATED)[0] or day(text(part(held.tree, "context", "period"), "start"))


def _within(on: date | None, stays: Sequence[Stay]) -> bool:
    return on is not None and any(stay.covers(on) for stay in stays)


def _by_day(on: date | None, stays: Sequence[Stay]) -> Stay:
    """Return the encounter for what names none."""
    if on is None:
        return stays[-1]
    begun = [s for s in stays if s.encounter.first is not None and s.encounter.first <= on]
    return next((s for s in stays if s.covers(on)), max(begun, key=_first) if begun else stays[0])


def _first(stay: Stay) -> date:
    return stay.encounter.first or date.min
