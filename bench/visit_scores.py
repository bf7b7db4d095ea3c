"""How right the visits are: found, level, number, and where the level goes wrong.

A note whose key has a level is asked for exactly that; one step beside it counts as near. ``not_applicable`` in the key
means that no visit is to be found; ``cannot_tell`` that one is, without a level. Two independent codings of gold notes
agreed on 41 of 47 levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from bench.answers import Answer
from bench.counts import interval, ratio
from bench.notes import Note
from bench.tables import share, span, table
from chartcode.model.case import CANNOT_TELL, LEVELS, NOT_APPLICABLE

NOT_BUILT = "not built (no answer of the whole set has one)"
HALVES = ("first", "second")


def half(note: str) -> str:
    """Return in which half a note lies, by the hash of its id: the rules were made while reading the first half."""
    return HALVES[int(sha256(note.encode()).hexdigest(), 16) % 2]


def row(name: str, rows: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Return one line of a table of shares: the share, its interval, how many of how many."""
    part, whole = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0)
    return (name, share(part / whole if whole else 0.0), span(interval(rows, ratio(0, 1))), str(part), str(whole))


def report(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return the tables of the visits as Markdown."""
    if not any(answer.get("visit") for answer in answers):
        return f"E/M: {NOT_BUILT}"
    pairs = [(note, told(answer)) for note, answer in zip(notes, answers, strict=True)]
    codes = [(n, (a.get("visit") or {}).get("code")) for n, a in zip(notes, answers, strict=True)]
    asked = [(note, level) for note, level in pairs if note.em in LEVELS]
    rows = [
        row("E/M level right", [_hit(level == n.em) for n, level in asked]),
        row("E/M level within one", [_hit(near(n.em or "", level)) for n, level in asked]),
        *(
            row(f"E/M level right, {name} half", [_hit(level == n.em) for n, level in asked if half(n.id) == name])
            for name in HALVES
        ),
        row("E/M code right", [_hit(code == n.em_code) for n, code in codes if n.em_code]),
        row("a visit found where one is", [_hit(level != NOT_APPLICABLE) for _, level in asked]),
        row("no level where it cannot be told", [_hit(level == n.em) for n, level in pairs if n.em == CANNOT_TELL]),
        row(
            "a level given where none applies", [_hit(level in LEVELS) for n, level in pairs if n.em == NOT_APPLICABLE]
        ),
    ]
    return "\n\n".join((table(("visit", "share", "95 %", "n", "of"), rows), _confusion(asked), _bands(notes, answers)))


def told(answer: Answer) -> str:
    """Return the level that an answer gives; without a visit none applies."""
    return (answer.get("visit") or {}).get("level") or NOT_APPLICABLE


def near(wanted: str, level: str) -> bool:
    """Tell whether a level is the wanted one or its neighbour."""
    return level in LEVELS and abs(LEVELS.index(level) - LEVELS.index(wanted)) <= 1


def _hit(right: bool) -> tuple[int, int]:
    return int(right), 1


def _confusion(asked: Sequence[tuple[Note, str]]) -> str:
    """Return how often each level of the key was called what."""
    names = (*LEVELS, CANNOT_TELL, NOT_APPLICABLE)
    rows = [
        (wanted, *(str(sum(n.em == wanted and level == name for n, level in asked)) for name in names))
        for wanted in LEVELS
    ]
    return table(("key, and as told", *names), rows)


def _bands(notes: Sequence[Note], answers: Sequence[Answer]) -> str:
    """Return how right the levels of each band are."""
    visits = [(n, a.get("visit") or {}) for n, a in zip(notes, answers, strict=True) if n.em in LEVELS]
    rows = [
        row(f"right where {band}", [_hit(v.get("level") == n.em) for n, v in visits if v.get("band") == band])
        for band in ("confident", "check")
    ]
    return table(("band", "share", "95 %", "n", "of"), rows)
