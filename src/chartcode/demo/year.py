"""Who comes on which day, and with what: the encounters of a year in the order of their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from chartcode.demo.people import Illness, Person, people
from chartcode.demo.phrases import drawn, table
from chartcode.demo.planted import ELSEWHERE, LEFT_OUT, VAGUE
from chartcode.demo.setting import CLINIC, EMERGENCY, STAY, SURGERY, Provider, providers
from chartcode.model.case import LEVELS

FIRST, LAST = date(2025, 5, 1), date(2026, 4, 30)
"""The days of the year: a release of the codes begins within it, on 1 October."""
SEED = 20251001
FOLLOW_UP = "follow-up"
SHARES = {CLINIC: 0.63, EMERGENCY: 0.22, STAY: 0.15}
"""What the encounters are."""
DIED = "20"

_VISITS_EACH = 2.4
_PREFIX = {CLINIC: "VISIT", EMERGENCY: "ED", STAY: "STAY"}
_FOLLOWS_UP = 0.68
_WORSE = 0.28
_MOST_PROBLEMS = 4
_SEASON = 3.0
_SATURDAY = 5
_TRIES = 400
_DELIVERY, _PREGNANCY = "delivery", "pregnancy"
_PRENATAL, _TERM = 8, 38
"""Weeks of pregnancy from which there are prenatal visits, and births."""
_CHILDBED = 42
"""Days after a birth without visits."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A long illness that a visit addresses: how the note calls it, and whether it is worse than it should be."""

    illness: Illness
    worse: bool
    vague: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One encounter: who, where, when, with what; ``level`` is what its note is written to support.

    ``key`` and ``template`` are the entry of the place's table, empty for a follow-up visit of ``problems``; ``vague``
    says that the note leaves type, side and stage out.
    """

    number: int
    place: str
    person: Person
    provider: Provider
    key: str
    first: date
    last: date
    disposition: str | None = None
    level: str = ""
    vague: bool = False
    problems: tuple[Problem, ...] = ()
    template: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The identifier of its chart."""
        return f"{_PREFIX[self.place]}-{self.number:05}"

    @property
    def chance(self) -> Random:
        """A source of chance of its own, so that a note does not depend on the notes before it."""
        return Random(f"{SEED} {self.number}")  # noqa: S311 - a demonstration, not a secret


def year(count: int) -> Iterator[Event]:
    """Yield so many encounters, in the order of their first days; the same for the same count."""
    chance = Random(SEED)  # noqa: S311 - as above
    everyone = _Patients(people(max(40, int(count / _VISITS_EACH)), FIRST, chance))
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    weekdays = [day for day in days if day.weekday() < _SATURDAY]
    places = [drawn(SHARES, chance) for _ in range(count)]
    dates = sorted((chance.choice(weekdays if place == CLINIC else days), place) for place in places)
    for number, (day, place) in enumerate(dates, start=1):
        event = (
            _visit(number, day, everyone, chance) if place == CLINIC else _acute(number, place, day, everyone, chance)
        )
        everyone.note(event)
        yield event


class _Patients:
    """The patients, and who cannot come: those who died, or lie in the hospital."""

    def __init__(self, everyone: tuple[Person, ...]) -> None:
        self._everyone = everyone
        self._away: dict[int, date] = {}

    def note(self, event: Event) -> None:
        """Remember until when the patient of an encounter is away."""
        rests = timedelta(days=_CHILDBED if event.key == _DELIVERY else 0)
        self._away[event.person.number] = date.max if event.disposition == DIED else event.last + rests

    def at_term(self, day: date) -> list[Person]:
        """Return those who are due to give birth on a day."""
        here = (p for p in self._everyone if self._away.get(p.number, date.min) < day)
        return [p for p in here if (p.weeks(day) or 0) >= _TERM]

    def any(self, day: date, chance: Random) -> Person:
        """Return someone who can come on a day."""
        for _ in range(_TRIES):
            person = chance.choice(self._everyone)
            if self._away.get(person.number, date.min) < day:
                return person
        return chance.choice(self._everyone)


def _fits(key: str, template: Mapping[str, Any], person: Person, day: date) -> bool:
    low, high = template["ages"]
    weeks = person.weeks(day)
    if key == _DELIVERY:
        return weeks is not None and weeks >= _TERM
    if key == _PREGNANCY:
        return weeks is not None and _PRENATAL <= weeks < _TERM
    return weeks is None and low <= person.age(day) <= high and template.get("sex", person.sex) == person.sex


def _weight(template: Mapping[str, Any], day: date) -> float:
    return float(template["share"]) * (_SEASON if day.month in template.get("season", ()) else 1)


def _visit(number: int, day: date, everyone: _Patients, chance: Random) -> Event:
    """Return a visit of a clinic: a follow-up of long illnesses, or what brings a patient on the day."""
    person = everyone.any(day, chance)
    doctor = person.physician
    share = LEFT_OUT if doctor.facility == VAGUE else ELSEWHERE
    if person.illnesses and chance.random() < _FOLLOWS_UP:
        chosen = chance.sample(person.illnesses, min(len(person.illnesses), chance.randint(1, _MOST_PROBLEMS)))
        problems = tuple(Problem(i, chance.random() < _WORSE, chance.random() < share) for i in chosen)
        return Event(number, CLINIC, person, doctor, FOLLOW_UP, day, day, level=_level(problems), problems=problems)
    fitting = {k: _weight(t, day) for k, t in table(CLINIC).items() if _fits(k, t, person, day)}
    if person.weeks(day) is not None and not fitting:  # a patient who is due comes in another week
        return _visit(number, day, everyone, chance)
    key = drawn(fitting, chance)
    template = table(CLINIC)[key]
    vague = chance.random() < share
    return Event(number, CLINIC, person, doctor, key, day, day, level=template["level"], vague=vague, template=template)


def _level(problems: tuple[Problem, ...]) -> str:
    """Return the level that a follow-up supports: problems, and whether drugs are managed (AMA table of 2021)."""
    many, drugs = len(problems) > 1 or any(p.worse for p in problems), any(p.illness.drug for p in problems)
    return LEVELS[many + drugs]


def _acute(number: int, place: str, day: date, everyone: _Patients, chance: Random) -> Event:
    """Return a visit of the emergency department or a stay."""
    templates = table("stays" if place == STAY else place)
    weights = {key: _weight(template, day) for key, template in templates.items()}
    for _ in range(_TRIES):
        key, person = drawn(weights, chance), everyone.any(day, chance)
        if key == _DELIVERY:
            person = next(iter(everyone.at_term(day)), person)
        if _fits(key, templates[key], person, day):
            break
    template = templates[key]
    surgeon = place == STAY and "surgery" in template
    doctor = chance.choice(providers(SURGERY if surgeon else place))
    leaves = drawn(template.get("leaves", {"01": 96, "07": 4}), chance)
    last = day if place == EMERGENCY else min(LAST, day + timedelta(days=chance.randint(*template["days"])))
    vague = chance.random() < ELSEWHERE
    return Event(number, place, person, doctor, key, day, last, leaves, template.get("level", ""), vague, (), template)
