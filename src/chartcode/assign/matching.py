"""Phrases of a lexicon in a text: every window of up to nine words, and those that skip one or two inner words.

A window's key is a difference of running sums, so all windows of a document are looked up in one go.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from chartcode.books.words import SMALL, TURNED, WORD, counted, normal

_LONGEST = 9
_LONGEST_GAPPED = 6
_MAX_REACH = 90
_SIDES = frozenset(("right", "left", "bilateral"))
_NEVER_SKIPPED = frozenset(
    [
        "no",
        "not",
        "without",
        "denies",
        "denied",
        "denying",
        "negative",
        "never",
        "nor",
        "neither",
        "none",
        "unlikely",
        "absent",
        "rule",
        "ruled",
        "possible",
        "probable",
        "suspected",
        "likely",
        "probably",
        "possibly",
        "presumed",
        "presumably",
        "questionable",
        "suspicious",
        "suggestive",
        "consistent",
        "compatible",
        "versus",
        "vs",
        "if",
        "history",
        "screening",  # "colon cancer screening and family history" is no family history of colon cancer
        "diagnosis",  # "postoperative diagnosis: renal failure" is no postoperative renal failure
    ]
)
"""A phrase does not reach across these: they change what its words mean."""


_TURN = frozenset(("because", "while"))
"""Small words that begin another clause: "symptoms because of an infection" are no symptoms of one phrase."""
_TO_LOOK_AT = SMALL | TURNED
"""Forms that may be left out or turned into others; the rest of the words count as they are."""


class Table(Protocol):
    """A table of phrases by key."""

    def hash(self, form: str) -> int:
        """Return a word's share in a key."""
        ...

    def find(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """Return for each key the number of its phrase, or -1."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text that count: normal forms, offsets, the sentence and the clause in which each stands."""

    forms: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    clauses: list[int]

    def between(self, start: int, end: int) -> list[str]:
        """Return the normal forms that begin in a stretch of text."""
        first, last = self.numbers(start, end)
        return self.forms[first:last]

    def numbers(self, start: int, end: int) -> tuple[int, int]:
        """Return the numbers (first, last + 1) of the words that begin in a stretch of text."""
        return bisect_right(self.starts, start - 1), bisect_right(self.starts, end - 1)


class Hit(NamedTuple):
    """A phrase found: the numbers of the first and last word (inclusive), the inner words skipped, the phrase."""

    first: int
    last: int
    skipped: tuple[int, ...]
    phrase: int

    @property
    def size(self) -> int:
        """Return how many words matched."""
        return self.last - self.first + 1 - len(self.skipped)


def read_words(text: str, sentence_ends: list[int]) -> Words:
    """Return the words of a text that count; small words are left out, and "secondary to" is one."""
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    clauses: list[int] = []
    turns = 0
    sentence, limit = 0, sentence_ends[0] if sentence_ends else len(text)
    before = ""
    for match in WORD.finditer(text):
        form = normal(match.group())
        if form in _TO_LOOK_AT:
            if form in TURNED:
                form = counted(form, before)
            if form in SMALL:
                turns += form in _TURN
                if form == "to" and before == "secondary" and forms and forms[-1] == "secondary":
                    for column in (forms, starts, ends, sentences, clauses):
                        column.pop()
                before = form
                continue
        before = form
        start, end = match.span()
        while start >= limit and sentence + 1 < len(sentence_ends):
            sentence += 1
            limit = sentence_ends[sentence]
        forms.append(form)
        starts.append(start)
        ends.append(end)
        sentences.append(sentence)
        clauses.append(sentence + turns)
    return Words(forms, starts, ends, sentences, clauses)


def find_phrases(words: Words, *tables: Table) -> list[Hit]:
    """Return all phrases of the tables in the text, unsorted and overlapping; all tables hash words alike."""
    count = len(words.forms)
    if not count:
        return []
    h = np.array(list(map(tables[0].hash, words.forms)), dtype=np.uint64)
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(h, dtype=np.uint64)))
    clause = np.array(words.clauses)
    starts = np.array(words.starts)
    ends = np.array(words.ends)
    keys: list[npt.NDArray[np.uint64]] = []
    shapes: list[tuple[npt.NDArray[np.int64], int, tuple[int, ...]]] = []
    for length in range(1, min(_LONGEST, count) + 1):
        size = count - length + 1
        at = np.flatnonzero(
            (clause[:size] == clause[length - 1 :]) & (ends[length - 1 :] - starts[:size] <= _MAX_REACH)
        )
        if not len(at):
            break
        whole = sums[at + length] - sums[at]
        keys.append(whole)
        shapes.append((at, length, ()))
        if 3 <= length <= _LONGEST_GAPPED:
            for skip in range(1, length - 1):
                keys.append(whole - h[at + skip])
                shapes.append((at, length, (skip,)))
                if skip + 1 < length - 1:
                    keys.append(whole - h[at + skip] - h[at + skip + 1])
                    shapes.append((at, length, (skip, skip + 1)))
    every = np.concatenate(keys)
    barred = [form in _NEVER_SKIPPED for form in words.forms]
    return [hit for table in tables for hit in _hits(table.find(every), shapes, barred)]


def _hits(
    found: npt.NDArray[np.int64], shapes: list[tuple[npt.NDArray[np.int64], int, tuple[int, ...]]], barred: list[bool]
) -> Iterator[Hit]:
    """Yield the hits among the windows, each the number of its phrase or -1, in the order of the shapes."""
    windows = np.flatnonzero(found >= 0)  # few of the many; asked of all shapes at once
    bases = np.cumsum([0, *(len(at) for at, _, _ in shapes)])
    of_shape = np.searchsorted(bases, windows, side="right") - 1
    within = windows - bases[of_shape]
    for shape, n, phrase in zip(of_shape.tolist(), within.tolist(), found[windows].tolist(), strict=True):
        at, length, skips = shapes[shape]
        first = int(at[n])
        if not any(barred[first + s] for s in skips):
            yield Hit(first, first + length - 1, tuple(first + s for s in skips), phrase)


def choose(hits: list[Hit], words: Words, text: str) -> list[Hit]:
    """Return the hits that stand, the longest first; only a coordination ("acute and chronic") shares words.

    A side within a phrase belongs to it: "crush injury (of the) right elbow" is no skipping of "right".
    """
    taken: dict[int, int] = {}
    chosen: list[Hit] = []
    sides = {n: sum(words.forms[k] in _SIDES for k in h.skipped) for n, h in enumerate(hits) if h.skipped}

    def order(numbered: tuple[int, Hit]) -> tuple[int, int, int, int]:
        number, hit = numbered
        return -hit.size, len(hit.skipped) - sides.get(number, 0), hit.first, hit.phrase

    for _, hit in sorted(enumerate(hits), key=order):
        own = [n for n in range(hit.first, hit.last + 1) if n not in hit.skipped]
        shared = [n for n in own if n in taken]
        if shared:
            if len(shared) == len(own) or not hit.skipped or not _coordinated(hit, words, text):
                continue
            if max(taken[n] for n in shared) > hit.size:
                continue
        chosen.append(hit)
        for n in own:
            taken[n] = max(taken.get(n, 0), hit.size)
    chosen.sort(key=lambda h: (h.first, h.last))
    return chosen


def _coordinated(hit: Hit, words: Words, text: str) -> bool:
    """Tell whether a skipped word is joined to its neighbours by "and", "or", a comma or a slash."""
    first = hit.skipped[0]
    before = text[words.ends[first - 1] : words.starts[first]]
    after = text[words.ends[hit.skipped[-1]] : words.starts[hit.skipped[-1] + 1]]
    return any(mark in gap for gap in (before, after) for mark in (" and ", " or ", ",", "/", "&"))
