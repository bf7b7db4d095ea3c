"""Misspellings: the words of the books that are one or two letters away from one that they do not have.

The words are sieved first, all at once: two words that are a letter apart differ in few of their letters and pairs of
letters, which are kept as bits. What is left is compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_LETTERS = {letter: n for n, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
_PAIRS = 64
_LEAST = 4
"""Letters of a word that may be misspelt, and of one that may be meant by it."""
_MOST = 12
"""Words that are offered for a misspelt one."""


def letters(word: str) -> int:
    """Return the letters of a word as bits."""
    return sum({1 << _LETTERS[c] for c in word if c in _LETTERS})


def pairs(word: str) -> int:
    """Return the pairs of neighbouring letters of a word, its ends counted, as bits; pairs may share a bit."""
    padded = f"^{word}$"
    found = 0
    for one, other in pairwise(padded):
        found |= 1 << ((ord(one) * 31 + ord(other) * 7) % _PAIRS)
    return found


class Spelling:
    """The words of the books, to be compared with misspelt ones."""

    def __init__(
        self,
        words: Sequence[str],
        letters_of: npt.NDArray[np.uint32],
        pairs_of: npt.NDArray[np.uint64],
        counts: npt.NDArray[np.uint32],
    ) -> None:
        """Take the words, their letters and pairs as bits, and in how many phrases each stands."""
        self._words = words
        self._letters, self._pairs, self._counts = letters_of, pairs_of, counts
        self._sizes = np.array([len(word) for word in words], dtype=np.int16)
        self._first = np.array([ord(word[:1] or " ") for word in words], dtype=np.uint32)

    def near(self, word: str) -> list[tuple[int, int]]:
        """Return (number of a word, letters apart), nearest first and among these the most common first."""
        if len(word) < _LEAST or not word.isascii() or not word.isalpha():
            return []
        for most in (1, 2):
            found = sorted(
                (far, -int(self._counts[number]), number)
                for number in self._alike(word, most)
                if (far := distance(word, self._words[number], most)) <= most
            )
            if found:
                return [(number, far) for far, _, number in found[:_MOST]]
        return []

    def _alike(self, word: str, most: int) -> list[int]:
        """Return the numbers of the words that may be so many letters away; two faults leave the first letter alone."""
        sized = np.flatnonzero((np.abs(self._sizes - len(word)) <= most) & (self._sizes >= _LEAST))
        if most > 1:
            sized = sized[self._first[sized] == ord(word[0])]
        sized = sized[_bits(self._letters[sized] ^ np.uint32(letters(word))) <= 2 * most]
        sized = sized[_bits(self._pairs[sized] ^ np.uint64(pairs(word))) <= 4 * most + 2]
        return [int(number) for number in sized]


def _bits(values: npt.NDArray[np.unsignedinteger]) -> npt.NDArray[np.uint8]:
    """Return how many bits of each value are set (numpy counts them itself only from 2.0 on)."""
    octets = values.view(np.uint8).reshape(len(values), values.itemsize)
    counts: npt.NDArray[np.uint8] = _SET[octets].sum(axis=1, dtype=np.uint8)
    return counts


_SET = np.array([n.bit_count() for n in range(256)], dtype=np.uint8)


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters two words are apart: put in, left out, put for another, or two changed about.

    More than ``most`` is not told apart from ``most + 1``.

    >>> distance("diabetis", "diabetes", 2), distance("astma", "asthma", 2), distance("pnuemonia", "pneumonia", 2)
    (1, 1, 1)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i] * (len(other) + 1)
        for j, b in enumerate(other, 1):
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)
