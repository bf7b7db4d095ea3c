"""The levels of a visit in neutral words, their order, and one element of medical decision making."""

from __future__ import annotations

from chartcode.model.case import LEVELS, Element, Mention

STRAIGHTFORWARD, LOW, MODERATE, HIGH = LEVELS
MOST_SHOWN = 6
"""The most words shown for one reason: more do not make it truer."""


def rank(level: str) -> int:
    """Return the place of a level in their order, 0 to 3."""
    return LEVELS.index(level)


class Tally:
    """Reasons for a level as they come up; the highest decides, and brings its words."""

    def __init__(self, name: str) -> None:
        """Begin an element: ``problems``, ``data`` or ``risk``."""
        self.name = name
        self.found: list[tuple[int, str, tuple[Mention, ...]]] = []

    def add(self, level: str, reason: str, evidence: tuple[Mention, ...] | list[Mention] = ()) -> None:
        """Note that something found supports a level."""
        self.found.append((rank(level), reason, tuple(evidence)[:MOST_SHOWN]))

    def element(self) -> Element:
        """Return the element at the highest level found, with the reasons for it."""
        top = max((level for level, _, _ in self.found), default=0)
        chosen = [(reason, evidence) for level, reason, evidence in self.found if level == top]
        words = dict.fromkeys(mention for _, evidence in chosen for mention in evidence)
        return Element(self.name, LEVELS[top], tuple(dict.fromkeys(reason for reason, _ in chosen)), tuple(words))
