"""The words of a text, and phrases found among them: one pass and a dictionary, however long the list of phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[A-Za-z0-9]+")
_GAP = frozenset(" \t\r\n-/'#.\u2019")
"""What may stand between two words of one phrase, at most three characters of it."""


class Words(NamedTuple):
    """The words of a text in small letters, with where each begins and ends, and where each word stands."""

    text: str
    lower: list[str]
    starts: list[int]
    ends: list[int]
    places: Mapping[str, list[int]]


def words(text: str) -> Words:
    """Return the words of a text: runs of ASCII letters and digits."""
    found = list(_WORD.finditer(text))
    spans = [m.span() for m in found]
    lower = [m.group().lower() for m in found]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(lower):
        places.setdefault(word, []).append(at)
    return Words(text, lower, [s for s, _ in spans], [e for _, e in spans], places)


class Found(NamedTuple, Generic[T]):
    """A phrase found: its first word's index, the index after its last word, its characters, and its value."""

    first: int
    after: int
    start: int
    end: int
    value: T


@dataclass(frozen=True)
class Phrases(Generic[T]):
    """Phrases by their first word, each first word's longest phrase first."""

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], T], ...]]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, T]]) -> Phrases[T]:
        """Build from (phrase, value) pairs; the first value of a phrase stands."""
        table: dict[str, dict[tuple[str, ...], T]] = {}
        for phrase, value in pairs:
            split = tuple(_WORD.findall(phrase.lower()))
            table.setdefault(split[0], {}).setdefault(split, value)
        return cls({first: tuple(sorted(t.items(), key=lambda item: -len(item[0]))) for first, t in table.items()})

    def find(self, of: Words) -> Iterator[Found[T]]:
        """Yield the phrases of a text from left to right, the longest at each place, without overlaps."""
        lower, starts, ends, count = of.lower, of.starts, of.ends, len(of.lower)
        table, at = self.by_first, -1
        for i in sorted(i for word in table.keys() & of.places.keys() for i in of.places[word]):
            if i <= at:
                continue
            for phrase, value in table[lower[i]]:
                after = i + len(phrase)
                if after <= count and (after == i + 1 or (lower[i + 1] == phrase[1] and self._together(of, i, phrase))):
                    yield Found(i, after, starts[i], ends[after - 1], value)
                    at = after - 1
                    break

    @staticmethod
    def _together(of: Words, i: int, phrase: tuple[str, ...]) -> bool:
        """Tell whether the words from the i-th on are the phrase, with nothing but small gaps between them."""
        if tuple(of.lower[i : i + len(phrase)]) != phrase:
            return False
        for j in range(i, i + len(phrase) - 1):
            gap = of.text[of.ends[j] : of.starts[j + 1]]
            if len(gap) > 3 or not _GAP.issuperset(gap) or ("." in gap and gap[-1].isspace()):
                return False
        return True
