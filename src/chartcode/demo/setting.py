"""Who works where, and who pays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from chartcode.demo.phrases import drawn, table

STAY, SURGERY, EMERGENCY, CLINIC = "stay", "surgery", "emergency", "clinic"


@dataclass(frozen=True, slots=True)
class Provider:
    """A physician, the facility, the kinds of work done there, and the specialty by its taxonomy code."""

    name: str
    facility: str
    work: tuple[str, ...]
    taxonomy: str = ""


@cache
def providers(work: str = "") -> tuple[Provider, ...]:
    """Return the providers who do a kind of work, or all of them."""
    everyone = (
        Provider(p["name"], f["name"], tuple(p["work"]), p["taxonomy"])
        for f in table("practice")["facility"]
        for p in f["providers"]
    )
    return tuple(p for p in everyone if not work or work in p.work)


def payer(age: int, chance: Random) -> str:
    """Return who pays for a person of an age."""
    return drawn({p["name"]: at(p["shares"], age) for p in table("practice")["payer"]}, chance)


def at(steps: dict[str, float], age: int) -> float:
    """Return the value of the last step whose age is reached, 0 before the first."""
    return next((value for start, value in reversed(steps.items()) if age >= int(start)), 0.0)
