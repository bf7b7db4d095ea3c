"""The words of the starters, compiled: which phrases a sentence holds, in any order.

A phrase is a bag of terms. A term is one word, a beginning (``laparoscop*``), a choice (``excis*/remov*``) or a pair of
words (``below-knee``); ``-word`` must not stand in the sentence. Each phrase waits under its rarest term, so a
sentence asks only the phrases that it may hold.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from chartcode.books.words import normal

WORD = re.compile(r"x[- ]?rays?\b|[a-z]&[a-z]\b|[a-z]+(?:['\u2019][a-z]{1,2}\b)?\d*[a-z]?(?![a-z])|\d+(?:\.\d+)?")
_MEMO = 50_000
"""Words whose choices are remembered; then all are forgotten."""

REACH = 14
"""Words between the first and the last term of a phrase."""


def tokens(text: str, at: int = 0) -> list[tuple[str, int, int]]:
    """Return the words of a text in lower case with their offsets, counted from ``at``; x-rays are one word."""
    found = []
    for match in WORD.finditer(text.lower()):
        word, (start, end) = match.group(), match.span()
        if word[0] == "x" and word.rstrip("s")[-3:] == "ray":
            word = "xray"
        found.append((word, at + start, at + end))
    return found


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase in a sentence: the row it belongs to, and the places of its words among the sentence's."""

    row: int
    places: frozenset[int]
    size: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    row: int
    needed: tuple[int, ...]
    barred: frozenset[int]
    all_needed: frozenset[int]


@dataclass
class Phrases:
    """Compiled phrases; ``find`` asks them of a sentence's words, ``holds`` asks single choices of words."""

    _phrases: dict[int, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    _slots: dict[str, int] = field(default_factory=dict)
    _exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _beginnings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _shortest: int = 0
    _openings: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _firsts: set[str] = field(default_factory=set)
    _memo: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls, named: Iterable[tuple[int, Iterable[str]]], words: Mapping[str, str], choices: Iterable[str] = ()
    ) -> Phrases:
        """Compile (row, phrases) pairs, and choices of words that conditions ask for.

        Args:
            named: the numbers of rows with their phrases as written in a starter.
            words: what stands for others, ``@lap`` for a choice of words and ``{orif}`` for whole phrases.
            choices: terms that ``holds`` will be asked for.
        """
        made = cls()
        raw: list[_Phrase] = []
        for row, phrases in named:
            for phrase in phrases:
                for spelled in _spelled(phrase, words):
                    terms = spelled.split()
                    needed = [made.slot(t) for t in terms if t[0] != "-"]
                    barred = [made.slot(t[1:]) for t in terms if t[0] == "-" and len(t) > 1]
                    if needed:
                        raw.append(_Phrase(row, tuple(dict.fromkeys(needed)), frozenset(barred), frozenset(needed)))
        for choice in choices:
            made.slot(choice)
        counts = Counter(slot for one in raw for slot in one.needed)
        for one in raw:
            made._phrases[min(one.needed, key=lambda s: (counts[s], s))].append(one)
        made._shortest = min(map(len, made._beginnings), default=0)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for beginning in made._beginnings:
            lengths[beginning[: made._shortest]].add(len(beginning))
        made._openings = {opening: tuple(sorted(found)) for opening, found in lengths.items()}
        return made

    def slot(self, choice: str) -> int:
        """Return the number of a choice of words, made known if need be."""
        number = self._slots.get(choice)
        if number is None:
            number = self._slots[choice] = len(self._slots)
            for term in choice.split("/"):
                words = [w for w, _, _ in tokens(term.rstrip("*"))] if term[0] != "+" else [term]
                if len(words) > 1:
                    self._firsts.add(words[0])
                word = " ".join(words)
                if term.endswith("*"):
                    self._beginnings[word].append(number)
                else:
                    self._exact[word if len(words) > 1 or term[0] == "+" else normal(word)].append(number)
        return number

    def slots_of(self, word: str) -> tuple[int, ...]:
        """Return the choices that a word, or a pair of words, answers."""
        found = self._memo.get(word)
        if found is None:
            if len(self._memo) >= _MEMO:
                self._memo.clear()
            found = self._memo[word] = self._answered(word)
        return found

    def _answered(self, word: str) -> tuple[int, ...]:
        form = word if " " in word else normal(word)
        found = list(self._exact.get(form, ()))
        for spelled in {word, form}:
            for length in self._openings.get(spelled[: self._shortest], ()):
                found += self._beginnings.get(spelled[:length], ())
        return tuple(dict.fromkeys(found))

    def places(self, words: list[str]) -> dict[int, list[int]]:
        """Return, by choice, where among a sentence's words it is answered."""
        found: dict[int, list[int]] = {}
        known = self._memo
        for at, word in enumerate(words):
            slots = known.get(word)
            for slot in self.slots_of(word) if slots is None else slots:
                if slot in found:
                    found[slot].append(at)
                else:
                    found[slot] = [at]
            if word in self._firsts and at + 1 < len(words):
                for slot in self.slots_of(f"{word} {words[at + 1]}"):
                    found.setdefault(slot, []).append(at)
        return found

    def find(self, found: Mapping[int, list[int]], reach: int = REACH) -> Iterator[Hit]:
        """Yield the phrases that a sentence holds, whose ``places`` are given."""
        answered = found.keys()
        for slot in [slot for slot in found if slot in self._phrases]:
            for phrase in self._phrases[slot]:
                if answered >= phrase.all_needed and answered.isdisjoint(phrase.barred):
                    places = _nearest([found[n] for n in phrase.needed], found[slot])
                    if places and max(places) - min(places) <= reach:
                        yield Hit(phrase.row, places, len(phrase.needed))

    def holds(self, choice: str, slots: frozenset[int]) -> bool:
        """Tell whether a choice of words is among the answered ones."""
        return self._slots.get(choice, -1) in slots


def _nearest(lists: list[list[int]], anchors: list[int]) -> frozenset[int]:
    """Return the places, one a list, that lie closest together around an anchor; each word serves one term."""
    best: frozenset[int] = frozenset()
    width = 10_000
    for anchor in anchors:
        chosen: set[int] = set()
        for places in sorted(lists, key=len):
            free = [p for p in places if p not in chosen] or places
            chosen.add(min(free, key=lambda p: abs(p - anchor)))
        if (span := max(chosen) - min(chosen)) < width:
            best, width = frozenset(chosen), span
    return best


def _spelled(phrase: str, words: Mapping[str, str]) -> Iterator[str]:
    """Yield a phrase with what stands for others written out."""
    parts = []
    for term in phrase.split():
        if term[0] == "{":
            parts.append([p.strip() for p in words[term].split(";")])
        elif "@" in term:
            sign = "-" if term[0] == "-" else ""
            parts.append([sign + "/".join(words.get(t, t) for t in term.removeprefix("-").split("/"))])
        else:
            parts.append([term])
    yield from (" ".join(choice) for choice in product(*parts))
