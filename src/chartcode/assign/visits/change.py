"""What one element more, or one less, would make of a level: for learning, both ways alike, never for choosing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chartcode.assign.visits.element import rank
from chartcode.books.visits import Family, two_of_three
from chartcode.model.case import LEVELS, Element

_NEEDS = {
    "problems": (
        "one small problem",
        "two small problems, one long illness that is steady, or one passing illness or injury",
        "a long illness not at its goal, two of them, a new one of unknown cause, or one of the whole body",
        "a long illness much worse, or one that endangers life, limb or organ",
    ),
    "data": (
        "no item or one",
        "two tests or outside notes, or another person who tells the history",
        "three items, a test read by the author, or the case talked over with another professional",
        "two of these: three items, a test read by the author, the case talked over with another professional",
    ),
    "risk": (
        "treatment of minimal risk",
        "treatment of low risk, such as rest, exercises or drugs without prescription",
        "a drug on prescription, an operation of usual risk, or hardship that stands in the way of treatment",
        "hospital care decided, a drug whose toxicity is watched, an urgent or risky operation, or care limited",
    ),
}
"""What each level of each element needs, in our own words, the lowest level first."""


def changes(elements: Sequence[Element], minutes: int | None, family: Family) -> Iterator[str]:
    """Yield the single steps, up and down, that would change the level by elements; then those of the time."""
    level = two_of_three(e.level for e in elements)
    for step in (1, -1):
        for at, element in enumerate(elements):
            to = rank(element.level) + step
            if not 0 <= to < len(LEVELS):
                continue
            moved = [*elements[:at], replace(element, level=LEVELS[to]), *elements[at + 1 :]]
            result = two_of_three(e.level for e in moved)
            if result != level:
                yield (
                    f"with {element.name} {LEVELS[to]} in place of {element.level} the level is {result}:"
                    f" {LEVELS[to]} is {_NEEDS[element.name][to]}"
                )
    if minutes is not None:
        yield from _by_minutes(minutes, family)


def _by_minutes(minutes: int, family: Family) -> Iterator[str]:
    steps = [least for _, least in family.minutes]
    above = [least for least in steps if least > minutes]
    reached = [least for least in steps if least <= minutes]
    if reached:
        yield f"by time the record reaches the step of {reached[-1]} minutes; fewer would not"
    if above:
        yield f"by time the next step is {above[0]} minutes; the record states {minutes}"
