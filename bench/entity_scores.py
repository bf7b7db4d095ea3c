"""How right the medications and equipment are: recall of the key's strings, precision of those reported.

A string of the key is found if a reported one shares a word of four or more letters with it; a reported one is right if
a string of the key does. What the record denies counts as reported neither way. Repeats count each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bench.answers import Answer, facts
from bench.counts import interval, ratio
from bench.notes import Note
from bench.tables import share, span, table

KINDS = ("medications", "equipment")
_WORD = re.compile(r"[^\W\d_]{4,}")


def entity_found(wanted: str, reported: Iterable[str]) -> bool:
    """Tell whether a reported string shares a word of four or more letters with an entity of the key."""
    words = set(_WORD.findall(wanted.lower()))
    return any(not words.isdisjoint(_WORD.findall(text.lower())) for text in reported)


def report(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return the table of entities: recall and precision with their intervals, and the counts."""
    lines: list[tuple[str, ...]] = []
    missing: list[str] = []
    for kind in KINDS:
        told = [facts(answer, kind) for answer in answers]
        if not any(told):
            missing.append(f"{kind}: not built (no answer of the whole set has one)")
            continue
        wanted: list[tuple[str, ...]] = [getattr(note, kind) for note in notes]
        found = [(sum(entity_found(w, t) for w in ws), len(ws)) for ws, t in zip(wanted, told, strict=True)]
        right = [(sum(entity_found(t, ws) for t in ts), len(ts)) for ws, ts in zip(wanted, told, strict=True)]
        lines.append((kind, *_figures(found), *_figures(right)))
    headings = ("entities", "recall", "95 %", "found", "of", "precision", "95 %", "right", "reported")
    return "\n".join(([table(headings, lines)] if lines else []) + missing)


def _figures(rows: Sequence[tuple[int, int]]) -> tuple[str, str, str, str]:
    part, whole = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0)
    return share(part / whole if whole else 0.0), span(interval(rows, ratio(0, 1))), str(part), str(whole)
