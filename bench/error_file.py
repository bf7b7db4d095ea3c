"""Mistakes as a file that a person reads: counts first, then each kind with the notes' own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bench.answers import Answer
from bench.errors import KINDS, SETTLED_AWAY, Mistake, mistakes
from bench.notes import Note
from bench.tables import table

HEADER = """\
# Mistakes on {name}

**This file holds words of the notes.** Keep it where the notes themselves are kept, under the same rules; do not put
it into a repository or a bug report. What each kind means is said at the top of `bench/errors.py`. A kind is a reading
of the key and of the answer by rule: a place to look, not a verdict.
"""
_AROUND = 50


def write(
    name: str, notes: Sequence[Note], answers: Sequence[Answer], title: Callable[[str], str] = lambda _: ""
) -> str:
    """Return the file's text.

    Args:
        name: the set, for the heading.
        notes: the notes with their keys.
        answers: one answer a note.
        title: gives the title of a code of the key, or the empty string.
    """
    by_note = {n.id: n for n in notes}
    found = [m for n, a in zip(notes, answers, strict=True) for m in mistakes(n, a)]
    counts = Counter(m.kind for m in found)
    parts = [
        HEADER.format(name=name),
        table(("kind", "mistakes"), [(kind, str(counts[kind])) for kind in KINDS]),
        _reasons(found),
        _codes(found),
    ]
    for kind in KINDS:
        own = [m for m in found if m.kind == kind]
        if own:
            parts.append(
                "\n".join(
                    [f"## {kind} ({len(own)})\n", *(line for m in own for line in _lines(m, by_note[m.note], title))]
                )
            )
    return "\n\n".join(part for part in parts if part) + "\n"


def _reasons(found: Sequence[Mistake]) -> str:
    """Count the reasons for which right codes were settled away, codes and numbers left out."""
    why = Counter(_pattern(m.why) for m in found if m.kind == SETTLED_AWAY)
    return table(("settled away because", "times"), [(w, str(n)) for w, n in why.most_common(20)]) if why else ""


def _pattern(why: str) -> str:
    bare = re.sub(r"\b[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b", "CODE", why.split("; accepted too:", maxsplit=1)[0])
    return re.sub(r"\d+(?:\.\d+)?", "N", bare)[:110]


def _codes(found: Sequence[Mistake]) -> str:
    """List the codes that are most often missed and most often wrong."""
    lines = []
    for side in ("missed", "wrong"):
        often = Counter(m.code for m in found if m.kind.startswith(side)).most_common(15)
        if often:
            lines.append(f"Most often {side}: " + ", ".join(f"{code} ({n})" for code, n in often))
    return "\n\n".join(lines)


def _lines(mistake: Mistake, note: Note, title: Callable[[str], str]) -> Iterator[str]:
    name = mistake.title or title(mistake.code)
    yield f"- `{mistake.note}` {note.kind} **{mistake.code}** {name}".replace("  ", " ")
    if mistake.why:
        yield f"  - {' '.join(mistake.why.split())}"
    for words, at in zip(mistake.words, mistake.at, strict=True):
        yield f"  - {_around(note.text, words, at)}"


def _around(text: str, words: str, at: int) -> str:
    """Return evidence with the words around it, on one line."""
    if at < 0:
        return f'"{" ".join(words.split())}"'
    before, after = text[max(0, at - _AROUND) : at], text[at + len(words) :][:_AROUND]
    return " ".join(f"... {before}**{words.strip()}**{after} ...".split())
