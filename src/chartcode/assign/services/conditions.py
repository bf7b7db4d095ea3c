"""What else a note must say for a number: ``has:``, ``top:`` and ``no:`` words, the patient's age and sex."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.services.imaging import WITH, WITHOUT
from chartcode.assign.services.passages import Passage, Reading
from chartcode.assign.services.phrases import Phrases
from chartcode.model.chart import Patient

HAS, TOP, NOT = "has:", "top:", "no:"
_AGE = re.compile(r"age(<|>=)(\d+)")
_ADULT = 40
"""The age taken for a patient of whom the record gives none: most are grown."""


def choices(conditions: Iterable[str]) -> list[str]:
    """Return the choices of words that conditions ask for."""
    return [c.partition(":")[2] for c in conditions if c.startswith((HAS, TOP, NOT))] + [WITHOUT]


def met(
    conditions: Iterable[str],
    reading: Reading,
    passage: Passage,
    phrases: Phrases,
    patient: Patient,
) -> int | None:
    """Return how many conditions a note meets, or None if it fails one.

    ``has:`` asks all that the note tells of the encounter, ``top:`` and ``no:`` only its titles and the sentence: what the
    body of an operative note mentions on the way is no part of what the operation is called. What a title or the sentence
    says to be without contrast has none, whatever is said of contrast elsewhere.
    """
    sentence = frozenset(passage.places)
    count = 0
    for condition in conditions:
        if condition.startswith(HAS):
            if condition[len(HAS) :].startswith(WITH) and phrases.holds(WITHOUT, reading.title | sentence):
                return None
            if not phrases.holds(condition[len(HAS) :], reading.whole | sentence):
                return None
        elif condition.startswith(TOP):
            if not phrases.holds(condition[len(TOP) :], reading.title | sentence):
                return None
        elif condition.startswith(NOT):
            if phrases.holds(condition[len(NOT) :], reading.title | sentence):
                return None
            continue
        elif age := _AGE.fullmatch(condition):
            years = patient.age if patient.age is not None else _ADULT
            if (years < int(age[2])) != (age[1] == "<"):
                return None
        elif (condition.startswith("sex=") and patient.sex not in (None, condition[4:])) or condition.startswith("in:"):
            return None
        count += 1
    return count
