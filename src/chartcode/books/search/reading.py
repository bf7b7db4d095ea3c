"""How words are read, the same way when an entry is taken into the search and when a coder types.

A word counts by its normal form (``chartcode.books.words``), so "renal" and "kidneys" are one; a safe abbreviation
counts as the words that it stands for. What patients say ("water pills") is rewritten into what the books say by
``lay.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from chartcode.books.words import SMALL, WORD, counted, normal

_ABBREVIATIONS = ("terms", "abbreviations.tsv")
_LAY = ("search", "lay.tsv")
NOT = "no-"
_LONGEST = 4
"""Words of the longest lay phrase."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is written, in lower case, and the form by which it counts."""

    written: str
    form: str


def tokens(text: str) -> list[Token]:
    """Return the words of a text that count, in order.

    What is said not to be there is another word than what is there.

    >>> [t.form for t in tokens("Calculus of the Kidneys")]
    ['stone', 'kidney']
    >>> [t.form for t in tokens("Migraine without aura, intractable")]
    ['migraine', 'no-aura', 'intractable']
    """
    found: list[Token] = []
    before, end, negated = "", 0, ""
    for match in WORD.finditer(text):
        form = counted(normal(match.group()), before)
        if negated and (form in _ENDING or _STOP.search(text, end, match.start())):
            negated = ""
        end = match.end()
        if form == "to" and before == "secondary" and found:
            found.pop()
        elif form in _NEGATING:
            negated = NOT
        elif form not in SMALL:
            found.append(Token(negated + match.group().lower(), negated + form))
        before = form
    return found


_NEGATING = frozenset(("without", "not"))
_ENDING = frozenset(("with", "and", "but", "in"))
_STOP = re.compile(r"[,;:(]")


@dataclass(frozen=True, slots=True)
class Words:
    """What words stand for: ``safe`` abbreviations by their form, the ``doubtful`` ones, and ``lay`` phrases."""

    safe: Mapping[str, tuple[Token, ...]]
    doubtful: Mapping[str, tuple[Token, ...]]
    lay: Mapping[tuple[str, ...], tuple[tuple[Token, ...], ...]]

    @classmethod
    @cache
    def shipped(cls) -> Words:
        """Return those that come with the package."""
        safe: dict[str, tuple[Token, ...]] = {}
        doubtful: dict[str, tuple[Token, ...]] = {}
        for short, phrases in _rows(*_ABBREVIATIONS):
            form = normal(short.rstrip("?"))
            into = doubtful if short.endswith("?") or phrases[0].endswith("?") else safe
            into.setdefault(form, tuple(tokens(phrases[0].rstrip("?"))))
        lay = {
            tuple(t.form for t in tokens(said)): tuple(tuple(tokens(phrase)) for phrase in phrases)
            for said, phrases in _rows(*_LAY)
        }
        return cls(safe, doubtful, lay)

    def spelled_out(self, said: list[Token]) -> list[Token]:
        """Return words with safe abbreviations replaced by what they stand for."""
        return [one for token in said for one in self.safe.get(token.form, (token,))]

    def _lay_end(self, said: list[Token], start: int) -> int:
        """Return where the longest lay phrase that begins at a word ends, or 0 if none does."""
        forms = tuple(token.form for token in said[start : start + _LONGEST])
        return next((start + n for n in range(len(forms), 0, -1) if forms[:n] in self.lay), 0)

    def readings(self, said: list[Token]) -> list[list[Token]]:
        """Return what words may mean, they themselves first: lay phrases replaced, a doubtful abbreviation read."""
        found = [self.spelled_out(said)]
        every: list[Token] = []
        start = 0
        while start < len(said):
            end = self._lay_end(said, start)
            choices = self.lay.get(tuple(t.form for t in said[start:end]), ()) if end else ()
            found += [self.spelled_out([*said[:start], *instead, *said[end:]]) for instead in choices]
            every += choices[0] if choices else said[start : start + 1]
            start = end if choices else start + 1
        if len(found) > 2:
            found.append(self.spelled_out(every))
        for n, token in enumerate(said):
            if token.form in self.doubtful:
                found.append(self.spelled_out([*said[:n], *self.doubtful[token.form], *said[n + 1 :]]))
        return found


def _rows(*name: str) -> list[tuple[str, list[str]]]:
    text = resources.files("chartcode.books").joinpath(*name).read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [(left.strip(), [p.strip() for p in right.split(";") if p.strip()]) for left, _, right in lines]
