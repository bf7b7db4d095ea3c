"""Which English word translates which Spanish word: two lexical models trained to agree.

IBM model 1 in both directions with a prior for the diagonal (as fast_align: Dyer, Chahuneau and Smith 2013) and one for
cognates; after a few rounds each direction learns from the links on which both agree (Liang, Taskar and Klein 2006).
All cells of all sentence pairs lie flat in arrays, row-major by Spanish word, row and column 0 being the empty word.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cognates import likeness, skeleton
from sentence_alignment import Bead

Array = NDArray[np.float32]
_EMPTY = "\0"
_MOST_CELLS = 20_000  # a longer sentence pair is a list or a table that failed to be cut
_DIAGONAL = 4.0
_EMPTY_SHARE = 0.08
_COGNATE_COUNT = 2.0
_FLOOR_COUNT = 0.005


class WordAlignment:
    """Link probabilities of the sentence pairs on which it is trained.

    Attributes:
        beads: the sentence pairs kept.
    """

    def __init__(self, beads: Sequence[Bead], alone: int = 4, together: int = 4) -> None:
        self.beads = [bead for bead in beads if (len(bead.spanish) + 1) * (len(bead.english) + 1) <= _MOST_CELLS]
        self._spanish = _vocabulary([[token.form for token in bead.spanish] for bead in self.beads])
        self._english = _vocabulary([[token.form for token in bead.english] for bead in self.beads])
        self._lay_out()
        self._likeness = self._cognate_prior()
        self._train(alone, together)

    def _lay_out(self) -> None:
        width = len(self._english)
        sizes = np.array([(len(bead.spanish) + 1) * (len(bead.english) + 1) for bead in self.beads], dtype=np.int64)
        self._starts = np.concatenate(([0], np.cumsum(sizes)))
        total = int(self._starts[-1])
        keys = np.empty(total, dtype=np.int64)
        self._row = np.empty(total, dtype=np.int32)
        self._column = np.empty(total, dtype=np.int32)
        near = np.empty(total, dtype=np.float32)
        rows = columns = 0
        for bead, start, end in zip(self.beads, self._starts, self._starts[1:], strict=False):
            left = np.array([0, *(self._spanish[token.form] for token in bead.spanish)], dtype=np.int64)
            right = np.array([0, *(self._english[token.form] for token in bead.english)], dtype=np.int64)
            n, m = len(left), len(right)
            keys[start:end] = (left[:, None] * width + right[None, :]).ravel()
            self._row[start:end] = np.repeat(np.arange(rows, rows + n, dtype=np.int32), m)
            self._column[start:end] = np.tile(np.arange(columns, columns + m, dtype=np.int32), n)
            near[start:end] = _diagonal(n, m).ravel()
            rows, columns = rows + n, columns + m
        pairs, self._pair = np.unique(keys, return_inverse=True)
        self._pair = self._pair.astype(np.int32)
        self._pair_spanish = (pairs // width).astype(np.int32)
        self._pair_english = (pairs % width).astype(np.int32)
        self._pair_keys = pairs
        no_spanish, no_english = self._pair_spanish[self._pair] == 0, self._pair_english[self._pair] == 0
        self._inside = ~(no_spanish | no_english)
        near[~self._inside] = 0.0
        self._english_prior = self._prior(near, self._column, no_spanish & ~no_english)
        self._spanish_prior = self._prior(near, self._row, no_english & ~no_spanish)

    @staticmethod
    def _prior(near: Array, word: NDArray[np.int32], empty: NDArray[np.bool_]) -> Array:
        total = np.bincount(word, near)
        prior = near * ((1.0 - _EMPTY_SHARE) / np.maximum(total, 1e-12))[word]
        prior[empty] = _EMPTY_SHARE
        return prior.astype(np.float32)

    def _cognate_prior(self) -> Array:
        spanish, english = list(self._spanish), list(self._english)
        prefix: dict[str, int] = {}
        spanish_class = _prefix_classes(spanish, prefix)[self._pair_spanish]
        english_class = _prefix_classes(english, prefix)[self._pair_english]
        prior = np.zeros(len(self._pair_spanish), dtype=np.float32)
        for pair in np.flatnonzero(spanish_class == english_class):
            prior[pair] = likeness(spanish[self._pair_spanish[pair]], english[self._pair_english[pair]])
        return prior

    def _train(self, alone: int, together: int) -> None:
        start = 0.1 + 10.0 * self._likeness
        english_given, spanish_given = start, start
        for turn in range(alone + together + 1):
            self.english_posterior = self._posterior(english_given, self._english_prior, self._column)
            self.spanish_posterior = self._posterior(spanish_given, self._spanish_prior, self._row)
            if turn == alone + together:
                break
            left, right = self.english_posterior, self.spanish_posterior
            if turn >= alone:
                both = np.where(self._inside, left * right, 0.0)
                left, right = np.where(self._inside, both, left), np.where(self._inside, both, right)
            english_given = self._normalised(left, self._pair_spanish)
            spanish_given = self._normalised(right, self._pair_english)
        both = np.sqrt(np.where(self._inside, self.english_posterior * self.spanish_posterior, 0.0))
        self._link_counts = np.bincount(self._pair, both, minlength=len(self._pair_spanish))

    def _posterior(self, translation: NDArray[np.floating], prior: Array, word: NDArray[np.int32]) -> Array:
        weight = translation[self._pair].astype(np.float32) * prior
        total = np.bincount(word, weight).astype(np.float32)
        return (weight / np.maximum(total, np.float32(1e-30))[word]).astype(np.float32, copy=False)

    def _normalised(self, posterior: Array, given: NDArray[np.int32]) -> Array:
        counts = (
            np.bincount(self._pair, posterior, minlength=len(given)) + _FLOOR_COUNT + _COGNATE_COUNT * self._likeness
        )
        return (counts / np.bincount(given, counts)[given]).astype(np.float32)

    def links(self, number: int) -> tuple[Array, Array]:
        """Link probabilities of a bead, each of shape (Spanish words + 1, English words + 1), 0 = the empty word.

        Returns:
            (which Spanish word each English word comes from: columns sum to 1,
            which English word each Spanish word comes from: rows sum to 1).
        """
        bead, cells = self.beads[number], slice(self._starts[number], self._starts[number + 1])
        shape = (len(bead.spanish) + 1, len(bead.english) + 1)
        return self.english_posterior[cells].reshape(shape), self.spanish_posterior[cells].reshape(shape)

    def dictionary(self, least: float = 0.1) -> dict[str, list[tuple[str, float]]]:
        """Folded Spanish words -> (folded English word, share of the Spanish word's links); frequent words left out."""
        spanish, english = list(self._spanish), list(self._english)
        total = np.bincount(self._pair_spanish, self._link_counts)
        share = self._link_counts / np.maximum(total, 1e-9)[self._pair_spanish]
        found: dict[str, list[tuple[str, float]]] = {}
        for pair in np.flatnonzero((share >= least) & (self._pair_spanish > 0) & (self._pair_english > 0)):
            word = spanish[self._pair_spanish[pair]]
            found.setdefault(word, []).append((english[self._pair_english[pair]], float(share[pair])))
        return found


def _vocabulary(sides: Sequence[Sequence[str]]) -> dict[str, int]:
    numbers = {_EMPTY: 0}
    for words in sides:
        for word in words:
            numbers.setdefault(word, len(numbers))
    return numbers


def _diagonal(rows: int, columns: int) -> NDArray[np.floating]:
    """Closeness to the diagonal of the words of a bead; row and column 0 are the empty words."""
    i = (np.arange(rows) - 0.5) / max(rows - 1, 1)
    j = (np.arange(columns) - 0.5) / max(columns - 1, 1)
    return np.exp(-_DIAGONAL * np.abs(i[:, None] - j[None, :]))


def _prefix_classes(words: Sequence[str], numbers: dict[str, int]) -> NDArray[np.int32]:
    """A number for the first two letters of each word's skeleton, so that only words that begin alike are compared."""
    return np.array([numbers.setdefault(skeleton(word)[:2], len(numbers)) for word in words], dtype=np.int32)
