"""The lexicon: which code a phrase leads to, found by the phrase's key (``chartcode.books.words``).

One table for all phrases: titles and inclusion terms of the tabular list and our own clinical terms. It is plain
arrays in one file, so opening it costs some twenty milliseconds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chartcode.books.keytable import KeyTable
from chartcode.books.words import forms, phrase_key, share

OWN, INCLUSION, TITLE, DERIVED, INDEXED = 4, 3, 2, 1, 0
"""Where a phrase comes from, best first: our own terms, inclusion terms, titles, forms derived from titles, and, where
the user wants them, entries of an installed Alphabetic Index."""
SOURCES = {
    OWN: "own term",
    INCLUSION: "inclusion term",
    TITLE: "title",
    DERIVED: "derived from a title",
    INDEXED: "Alphabetic Index",
}

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase of the lexicon, the codes it leads to (best first), its source, and whether it needs support."""

    phrase: str
    codes: tuple[str, ...]
    source: int
    ambiguous: bool = False


class Lexicon:
    """Phrases by key. ``version`` names the sources that it was compiled from."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        """Take the arrays that ``chartcode.books.build.lexicon`` made."""
        self.keys: Keys = arrays["keys"]
        self._table = KeyTable(self.keys)
        self._starts = arrays["starts"]
        self._codes = arrays["codes"]
        self._sources = arrays["sources"]
        self._ambiguous = arrays["ambiguous"]
        head = json.loads(bytes(arrays["head"]).decode())
        self.version: str = head["version"]
        self._code_names: list[str] = head["codes"]
        self._text = bytes(arrays["text"])
        self._offsets = arrays["offsets"]
        self.abbreviations: dict[str, int] = head["abbreviations"]
        self._words = {word: n for n, word in enumerate(head["words"])}
        self._posting_starts, self._postings = arrays["posting_starts"], arrays["postings"]
        self._sizes = arrays["sizes"]
        self.phrases_with = lru_cache(maxsize=20_000)(self._phrases_with)
        self.term = lru_cache(maxsize=50_000)(self._term)
        self.words = lru_cache(maxsize=50_000)(self._words_of)
        self.weight = lru_cache(maxsize=50_000)(self._weight)
        self.look_up = lru_cache(maxsize=50_000)(self._look_up)
        self.hash = lru_cache(maxsize=100_000)(self._hash)
        self.key_of = lru_cache(maxsize=50_000)(self._key_of)

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Open a compiled lexicon."""
        with np.load(path, allow_pickle=False) as data:
            return cls({name: data[name] for name in data.files})

    def __len__(self) -> int:
        """Return the number of phrases."""
        return len(self.keys)

    def _hash(self, form: str) -> int:
        """Return a word's hash; an abbreviation counts as the words that it stands for."""
        return share(form, self.abbreviations)

    def key(self, forms: Iterable[str]) -> int:
        """Return the key of a bag of normal forms."""
        return phrase_key(forms, self.abbreviations)

    def find(self, keys: Keys) -> npt.NDArray[np.int64]:
        """Return for each key the number of its phrase, or -1."""
        return self._table.find(keys)

    def _term(self, number: int) -> Term:
        """Return a phrase by its number."""
        first, last = int(self._starts[number]), int(self._starts[number + 1])
        a, b = int(self._offsets[number]), int(self._offsets[number + 1])
        return Term(
            self._text[a:b].decode(),
            tuple(self._code_names[c] for c in self._codes[first:last]),
            int(self._sources[number]),
            bool(self._ambiguous[number]),
        )

    def _phrases_with(self, form: str) -> tuple[int, ...]:
        """Return the numbers of the phrases that have a word."""
        at = self._words.get(form)
        if at is None:
            return ()
        a, b = int(self._posting_starts[at]), int(self._posting_starts[at + 1])
        return tuple(self._postings[a:b].tolist())

    def frequency(self, form: str) -> int:
        """Return how many phrases have a word."""
        at = self._words.get(form)
        return 0 if at is None else int(self._posting_starts[at + 1] - self._posting_starts[at])

    def size(self, number: int) -> int:
        """Return how many different words a phrase has."""
        return int(self._sizes[number])

    def _weight(self, form: str) -> float:
        """Return how much a word tells: the logarithm of its rarity among the phrases."""
        return math.log(1 + len(self.keys) / (1 + self.frequency(form)))

    def _key_of(self, term: str) -> int:
        """Return the key of normal forms joined by spaces, as mentions carry them."""
        return self.key(term.split())

    def _words_of(self, number: int) -> tuple[str, ...]:
        """Return the different words of a phrase that count."""
        return tuple(sorted(set(forms(self.term(number).phrase))))

    def _look_up(self, term: str) -> Term | None:
        """Return the term of normal forms joined by spaces, as mentions carry them, or None."""
        found = self._table.place(self.key_of(term))
        return None if found < 0 else self.term(found)
