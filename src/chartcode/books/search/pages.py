"""The compiled file of a search: entries, phrases, and the words that lead to them, as arrays."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chartcode.books.search.spelling import Spelling

Numbers = npt.NDArray[np.uint32]


class Pages:
    """Entries are numbered by book and code, phrases as they were taken in, words by their forms."""

    def __init__(self, path: Path) -> None:
        """Open a compiled file."""
        with np.load(path, allow_pickle=False) as data:
            arrays = {name: data[name] for name in data.files}
        self.codes: npt.NDArray[np.bytes_] = arrays["codes"]
        self.books: npt.NDArray[np.uint8] = arrays["books"]
        self.kinds: npt.NDArray[np.uint8] = arrays["kinds"]
        self.last: Numbers = arrays["last"]
        self.plainness: npt.NDArray[np.float32] = arrays["plainness"]
        self.entry: Numbers = arrays["entry"]
        self.factor: npt.NDArray[np.float32] = arrays["factor"]
        self.weight: npt.NDArray[np.float32] = arrays["weight"]
        self.rarity: npt.NDArray[np.float32] = arrays["rarity"]
        self._postings: Numbers = arrays["postings"]
        self._starts: Numbers = arrays["posting_starts"]
        self._forms: Numbers = arrays["forms"]
        self._text = arrays["written"]
        self._letters, self._pairs = arrays["letters"], arrays["pairs"]
        self.starts: list[int] = np.searchsorted(self.books, np.arange(5)).tolist()
        self.phrase_books: npt.NDArray[np.uint8] = self.books[self.entry]

    def __len__(self) -> int:
        """Return how many phrases there are; the title of entry n is phrase n."""
        return len(self.entry)

    @cached_property
    def written(self) -> list[str]:
        """The words as they are written, in order; one with several forms stands several times."""
        return bytes(self._text).decode().split("\n")

    @cached_property
    def spelling(self) -> Spelling:
        """The same words, to be compared with misspelt ones."""
        counts = np.diff(self._starts)[self._forms]
        return Spelling(self.written, self._letters, self._pairs, counts)

    def exactly(self, word: str) -> Numbers:
        """Return the forms of a word as it is written."""
        return self._forms[bisect_left(self.written, word) : bisect_left(self.written, word + "\0")]

    def beginning(self, word: str, most: int) -> Numbers:
        """Return the forms of the words that begin with some letters, the most common ones where there are many."""
        forms = np.unique(self._forms[bisect_left(self.written, word) : bisect_left(self.written, word + "\uffff")])
        if len(forms) > most:
            counts = self._starts[forms + 1] - self._starts[forms]
            forms = forms[np.argpartition(counts, len(forms) - most)[-most:]]
        return forms

    def form(self, number: int) -> int:
        """Return the form of a word by its number among the written ones."""
        return int(self._forms[number])

    def phrases(self, forms: Numbers) -> Numbers:
        """Return the phrases that have one of some words; one may stand several times."""
        if len(forms) == 1:
            return self._postings[self._starts[forms[0]] : self._starts[forms[0] + 1]]
        parts = [self._postings[self._starts[n] : self._starts[n + 1]] for n in forms]
        return np.concatenate(parts) if parts else self._postings[:0]
