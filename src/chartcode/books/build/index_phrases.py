"""Phrases of an installed Alphabetic Index for the lexicon, in addition to the tabular list and our own terms.

Only what reads as a diagnosis by itself: a main term with at most two levels under it and no "with", "in" or "due to"
between them, of two words or more, whose main term is no mere heading ("History", "Complication", "Fracture").
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

_LEVELS = 3
_WORDS = 6
_JOINED = re.compile(r"\b(?:with|without|in|due to|following|resulting|not|see)\b", re.IGNORECASE)
_NOISE = re.compile(r"\([^)]*\)|\b(?:NEC|NOS)\b")
HEADINGS = frozenset(
    {
        *("absence", "admission", "birth", "complication", "condition", "contact", "counseling", "delivery", "disease"),
        *("disorder", "effect", "encounter", "examination", "exposure", "external", "finding", "history", "newborn"),
        *("neoplasm", "observation", "pregnancy", "presence", "problem", "screening", "status", "transplant"),
        *("abrasion", "burn", "contusion", "dislocation", "fracture", "injury", "laceration", "poisoning", "sprain"),
        *("strain", "vaccination", "wound"),
    }
)
"""Main terms under which the subterms say too little, or that stand for wounds whose site and encounter are coded."""


def phrases(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (code, phrase) from a release of the index; the code is as printed, without its dash."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        question = "SELECT id, parent, term, code, manifestation FROM term WHERE kind = 'index' ORDER BY id"
        ways: dict[int, tuple[str, ...]] = {}
        for number, parent, term, code, manifestation in connection.execute(question):
            way = ways[number] = (*ways.get(parent, ()), " ".join(_NOISE.sub(" ", term).split()))
            if code and not manifestation and (phrase := _phrase(way)):
                yield code.rstrip("-").rstrip("."), phrase
    finally:
        connection.close()


def _phrase(way: tuple[str, ...]) -> str:
    """Return the words of a way through the index, or '' if they do not read as a diagnosis."""
    # "Abdomen, abdominal": what follows the comma is the same word once more.
    main, *below = (way[0].split(", ")[0], *way[1:])
    if len(way) > _LEVELS or _JOINED.search(" ".join(below)) or main.lower().split(" ")[0].rstrip("s") in HEADINGS:
        return ""
    phrase = " ".join((main, *below))
    return phrase if 2 <= len(phrase.split()) <= _WORDS else ""
