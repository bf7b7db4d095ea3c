"""The patients: sex, age, payer, physician, and long illnesses that stay the same from visit to visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from chartcode.demo.phrases import table
from chartcode.demo.setting import CLINIC, Provider, at, payer, providers

_AGES = ((0, 17, 16), (18, 44, 26), (45, 64, 26), (65, 84, 26), (85, 95, 6))
"""First and last age, and the weight of the band among patients (not among the living)."""
_PREGNANT = 0.35
_FERTILE = range(19, 39)
_TERM = 41


@dataclass(frozen=True, slots=True)
class Illness:
    """A long illness of a person: its key in the table, how it is called in full, and its drug."""

    key: str
    name: str
    drug: str


@dataclass(frozen=True, slots=True)
class Person:
    """A patient; ``conceived`` is the first day of the last period of one who is pregnant in the year."""

    number: int
    sex: str
    born: date
    payer: str
    physician: Provider
    side: str
    illnesses: tuple[Illness, ...]
    conceived: date | None = None

    def age(self, day: date) -> int:
        """Return completed years on a day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def weeks(self, day: date) -> int | None:
        """Return the completed weeks of pregnancy on a day, or None."""
        if self.conceived is None or not 0 <= (day - self.conceived).days < 7 * (_TERM + 1):
            return None
        return (day - self.conceived).days // 7


def people(count: int, first: date, chance: Random) -> tuple[Person, ...]:
    """Return so many patients; ages are those on the first day of the year."""
    return tuple(_person(number, first, chance) for number in range(count))


def _person(number: int, first: date, chance: Random) -> Person:
    low, high, _ = chance.choices(_AGES, [weight for _, _, weight in _AGES])[0]
    age, sex = chance.randint(low, high), "F" if chance.random() < 0.54 else "M"
    born = date(first.year - age - 1, first.month, first.day) + timedelta(days=chance.randint(1, 364))
    side = chance.choice(("left", "right"))
    expects = sex == "F" and age in _FERTILE and chance.random() < _PREGNANT
    conceived = first + timedelta(days=chance.randint(-250, 300)) if expects else None
    ill = () if conceived else tuple(_illnesses(sex, age, side, chance))
    physician = chance.choice(providers(CLINIC))
    return Person(number, sex, born, payer(age, chance), physician, side, ill, conceived)


def _illnesses(sex: str, age: int, side: str, chance: Random) -> list[Illness]:
    found = []
    for key, illness in table("chronic").items():
        if illness.get("sex", sex) != sex or chance.random() >= at(illness["shares"], age):
            continue
        name = chance.choice(illness["kinds"]).replace("{side}", side)
        found.append(Illness(key, name, chance.choice(illness["drugs"] or [""])))
    return found
