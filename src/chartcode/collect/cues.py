"""What a note's headings and phrases say of its kind and setting: cues, and the weight that each speaks with.

The cues stand in ``cues.toml``; the weights in ``weights.toml`` were fitted (multinomial logistic regression, by
``training/fit_cues.py``, which prints the cross-validated accuracy) and are kept as a table that a reader can check:
a decision is the sum of the weights of the cues found, and the largest of them are its reason.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from chartcode.collect.words import Phrases, Words
from chartcode.model.chart import Section

CONSTANT = "constant"
_SHORT, _LONG = 1500, 4500
"""Lengths in characters below and above which a note is called short or long."""

_REASONS = 3


class Verdict(NamedTuple):
    """What the cues make of a note: the value, its probability in 0..1, and the cues that spoke loudest for it."""

    value: str
    probability: float
    why: tuple[str, ...]


def table(name: str) -> dict[str, dict[str, dict[str, float]]]:
    """Read one of this room's data files."""
    read: dict[str, dict[str, dict[str, float]]] = tomllib.loads(
        files("chartcode.collect").joinpath(name).read_text("utf-8")
    )
    return read


@cache
def _phrases() -> Phrases[tuple[str, ...]]:
    """Read the cue phrases, once; one phrase may belong to several cues."""
    cues: defaultdict[str, list[str]] = defaultdict(list)
    for cue, phrases in table("cues.toml")["phrases"].items():
        for phrase in phrases:
            cues[phrase].append(cue)
    return Phrases.of((phrase, tuple(names)) for phrase, names in cues.items())


@cache
def _weights() -> dict[str, dict[str, dict[str, float]]]:
    """Read the weights, once: by question, by value, by cue."""
    return table("weights.toml")


def cues(sections: Iterable[Section], of: Words) -> dict[str, float]:
    """Return the cues of a note, each with its strength: 1, or up to 2 for a phrase said often."""
    names = [section.name for section in sections if section.name]
    found = {f"heading {name}": 1.0 for name in names}
    if names:
        found[f"begins with {names[0]}"] = 1.0
    said = Counter(cue for phrase in _phrases().find(of) for cue in phrase.value)
    for cue, count in said.items():
        found[f"says {cue}"] = 1.0 if count < 3 else 1.5 if count < 6 else 2.0
    if found:
        length = len(of.text)
        size = "short" if length < _SHORT else "long" if length > _LONG else "of middle length"
        found[f"is {size}"] = 1.0
        found[CONSTANT] = 1.0
    return found


def weigh(question: str, found: Mapping[str, float]) -> Verdict | None:
    """Return what the cues answer to a question (``kind`` or ``setting``), or None if there are none."""
    if not found:
        return None
    values = _weights()[question]
    scores = {value: sum(weights.get(cue, 0.0) * n for cue, n in found.items()) for value, weights in values.items()}
    best = max(scores, key=lambda value: scores[value])
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    weights = values[best]
    loud = sorted((cue for cue in found if weights.get(cue, 0.0) > 0), key=lambda cue: -weights[cue] * found[cue])
    why = tuple(cue for cue in loud if cue != CONSTANT and not cue.startswith("is "))[:_REASONS]
    return Verdict(best, 1 / total, why)
