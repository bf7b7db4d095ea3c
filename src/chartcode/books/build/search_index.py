"""Everything by which an entry of any book may be looked for -> one file of arrays for ``chartcode.books.search``.

An entry has phrases: its title, inclusion terms, entries of the Alphabetic Index, our own terms. A phrase is a bag of
words; a word leads to the phrases that have it. Seventh characters are no entries of their own: they are chosen when
the entry is shown.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log1p
from typing import Any

import numpy as np

from chartcode.books.search.reading import NOT, Token, Words, tokens
from chartcode.books.search.spelling import letters, pairs

CODE, HEADING, STEM = 0, 1, 2
"""Kinds of entries: reported as it is, only what stands under it is, reported with a seventh character."""

_PROCEDURES = 1
"""The book of which codes without a title are listed too: their tables say what they are."""
_STEM_WORDS = 12
_SIDED = re.compile(r"\b(?:right|left|bilateral)\b")
_RESIDUE = re.compile(r"^other\b|\bother (?!and unspecified)|elsewhere classified")
_OTHER = 0.2
_RESIDUAL = 0.82
"""How surely the title of a code for what has no code of its own means it, "other" being left out of its words."""
_LESS = {"V": 0.04, "W": 0.04, "X": 0.04, "Y": 0.04, "O": 0.03, "P": 0.03, "Z": 0.02}
_PAST = re.compile(r"Z(?:8[0-7]|9)")
"""Chapters that are seldom meant by the bare name of a condition or procedure: causes, births, reasons; and still less
what was once, is in the family, or was left behind."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry: its place among the books, its code without a dot, its title and its kind."""

    book: int
    code: str
    title: str
    kind: int = CODE


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase by which an entry is looked for.

    ``groups`` are its words, each with others that may stand in its place; ``beginnings`` words of which only the
    beginning is given; ``optional`` words that may be said besides and change nothing; ``trust`` how surely the phrase
    means the entry (1 at most).
    """

    book: int
    code: str
    groups: tuple[tuple[Token, ...], ...]
    trust: float
    optional: tuple[Token, ...] = ()
    beginnings: tuple[tuple[str, ...], ...] = field(default=())


def plain(book: int, code: str, text: str, trust: float, words: Words, optional: str = "") -> Said:
    """Return what a text says, each word by itself.

    What it says is not there need not be said: "without complications" is meant where no complication is spoken of.
    """
    said = words.spelled_out(tokens(text))
    groups = tuple((t,) for t in said if not t.form.startswith(NOT))
    besides = (*(t for t in said if t.form.startswith(NOT)), *words.spelled_out(tokens(optional)))
    return Said(book, code, groups, trust, besides)


class _Vocabulary:
    def __init__(self) -> None:
        self.forms: dict[str, int] = {}
        self.written: dict[str, set[int]] = defaultdict(set)

    def number(self, token: Token) -> int:
        """Return the number of a word's form; how it is written leads to it too."""
        found = self.forms.setdefault(token.form, len(self.forms))
        self.written[token.written].add(found)
        return found


def build(listed: Iterable[Listed], said: Iterable[Said], words: Words) -> dict[str, Any]:
    """Return the arrays of a search (see ``chartcode.books.search.pages.Pages``)."""
    entries = sorted(
        {(e.book, e.code): e for e in listed if e.title or e.book == _PROCEDURES}.values(),
        key=lambda e: (e.book, e.code),
    )
    number = {(e.book, e.code): n for n, e in enumerate(entries)}
    vocabulary = _Vocabulary()
    phrases = _Phrases()
    seen: set[tuple[int, tuple[int, ...]]] = set()
    own = np.zeros(len(entries), dtype=np.uint16)

    for n, entry in enumerate(entries):
        whole = plain(entry.book, entry.code, entry.title, 1.0, words)
        title = [[vocabulary.number(t) for t in group] for group in whole.groups]
        besides = [vocabulary.number(t) for t in whole.optional]
        phrases.add(n, title, _RESIDUAL if _plainness(entry) == _OTHER else 1.0, besides)
        seen.add((n, tuple(sorted({t for group in title for t in group}))))
    late: list[tuple[int, Said]] = []
    for phrase in said:
        n = number.get((phrase.book, phrase.code), -1)
        if n < 0:
            continue
        own[n] += 1
        if phrase.beginnings:
            late.append((n, phrase))
            continue
        groups = [[vocabulary.number(t) for t in group] for group in phrase.groups]
        bag = (n, tuple(sorted({t for group in groups for t in group})))
        if groups and bag not in seen:
            seen.add(bag)
            phrases.add(n, groups, phrase.trust, [vocabulary.number(t) for t in phrase.optional])
    written = sorted(vocabulary.written)
    for n, phrase in late:
        groups = [[vocabulary.number(t) for t in group] for group in phrase.groups]
        groups += [list(_begun(group, written, vocabulary)) for group in phrase.beginnings]
        phrases.add(n, groups, phrase.trust)
    return _arrays(entries, phrases, vocabulary, own)


def _begun(beginnings: tuple[str, ...], written: list[str], vocabulary: _Vocabulary) -> Iterator[int]:
    """Yield the words with one of some beginnings, the beginning itself where there is none."""
    for stem in beginnings:
        at = bisect_left(written, stem)
        found = [w for w in written[at : at + 10 * _STEM_WORDS] if w.startswith(stem)][:_STEM_WORDS]
        yield from (n for w in found for n in vocabulary.written[w])
        if not found:
            yield vocabulary.number(Token(stem, stem))


class _Phrases:
    """Phrases as they come, in flat arrays: lists of a few hundred thousand would fill the memory."""

    def __init__(self) -> None:
        self.entry = array("I")
        self.trust = array("f")
        self.words = array("I")
        self.starts = array("I", [0])
        self.group_words = array("I")
        self.group_starts = array("I", [0])

    def add(self, entry: int, groups: list[list[int]], trust: float, optional: Iterable[int] = ()) -> None:
        """Take a phrase: of each group one word is enough, so its first one weighs for all."""
        self.entry.append(entry)
        self.trust.append(trust)
        self.words.extend(sorted({w for group in groups for w in group} | set(optional)))
        self.starts.append(len(self.words))
        self.group_words.extend(sorted({group[0] for group in groups if group}))
        self.group_starts.append(len(self.group_words))


def _arrays(
    entries: list[Listed], phrases: _Phrases, vocabulary: _Vocabulary, own: np.ndarray[Any, Any]
) -> dict[str, Any]:
    count = len(phrases.entry)
    words = np.frombuffer(phrases.words, dtype=np.uint32)
    sizes = np.diff(np.frombuffer(phrases.starts, dtype=np.uint32)).astype(np.int64)
    of = np.repeat(np.arange(count, dtype=np.uint32), sizes)
    order = np.argsort(words, kind="stable")
    frequency = np.bincount(words, minlength=len(vocabulary.forms))
    rarity = np.log(count / np.maximum(frequency, 1)).astype(np.float32) + 1
    group_sizes = np.diff(np.frombuffer(phrases.group_starts, dtype=np.uint32)).astype(np.int64)
    weight = np.bincount(
        np.repeat(np.arange(count), group_sizes),
        weights=rarity[np.frombuffer(phrases.group_words, dtype=np.uint32)],
        minlength=count,
    ).astype(np.float32)
    written = sorted(vocabulary.written)
    pairs_of = [(w, n) for w in written for n in sorted(vocabulary.written[w])]
    entry = np.frombuffer(phrases.entry, dtype=np.uint32)
    prior = np.array([_prior(e, int(own[n])) for n, e in enumerate(entries)], dtype=np.float32)
    return {
        "codes": np.array([e.code for e in entries], dtype="S7"),
        "books": np.array([e.book for e in entries], dtype=np.uint8),
        "kinds": np.array([e.kind for e in entries], dtype=np.uint8),
        "last": np.array(list(_last(entries)), dtype=np.uint32),
        "plainness": np.array([_plainness(e) for e in entries], dtype=np.float32),
        "entry": entry,
        "factor": np.frombuffer(phrases.trust, dtype=np.float32) * prior[entry],
        "weight": np.maximum(weight, 0.01),
        "postings": of[order],
        "posting_starts": np.concatenate(([0], np.cumsum(frequency))).astype(np.uint32),
        "rarity": rarity,
        "written": np.frombuffer("\n".join(w for w, _ in pairs_of).encode(), dtype=np.uint8),
        "forms": np.array([n for _, n in pairs_of], dtype=np.uint32),
        "letters": np.array([letters(w) for w, _ in pairs_of], dtype=np.uint32),
        "pairs": np.array([pairs(w) for w, _ in pairs_of], dtype=np.uint64),
    }


def _last(entries: list[Listed]) -> Iterator[int]:
    """Yield for each entry the number of the last one whose code begins with its own."""
    ends = list(range(len(entries)))
    open_: list[int] = []
    for n, entry in enumerate(entries):
        while open_ and not (entries[open_[-1]].book == entry.book and entry.code.startswith(entries[open_[-1]].code)):
            ends[open_.pop()] = n - 1
        open_.append(n)
    for n in open_:
        ends[n] = len(entries) - 1
    yield from ends


def _prior(entry: Listed, own: int) -> float:
    """Return how likely an entry is wanted before anything is said: what we have many words for is met often."""
    likely = 1 + min(0.06, 0.015 * log1p(own))
    if entry.book == _PROCEDURES:
        likely -= 0.02  # many codes of one procedure, of which the words seldom choose
    if entry.book == 0:
        likely -= 0.05 if _PAST.match(entry.code) else _LESS.get(entry.code[0], 0.0)
    return likely


def _plainness(entry: Listed) -> float:
    """Return how much of an entry is said when its heading is said: all of an unspecified one, less of the others."""
    title = entry.title.lower()
    if _RESIDUE.search(title):
        return _OTHER
    if "unspecified" in title or "without complication" in title:
        return 0.6 if _SIDED.search(title) else 1.0
    return 0.5
