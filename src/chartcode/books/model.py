"""The fitted model: phrase associations, priors and trees. A release like any other: version, source, sha256.

It is plain arrays in one file of the package, made by one command in ``training/``. Phrases are kept as hashes only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from chartcode.books.keytable import KeyTable
from chartcode.books.words import phrase_key, share

Floats = npt.NDArray[np.float64]


class Phrases:
    """Learned associations: phrase key -> codes with the share of its occurrences for which the code was assigned."""

    def __init__(self, arrays: dict[str, Any], abbreviations: dict[str, int]) -> None:
        """Take ``keys`` (sorted), ``starts``, ``codes``, ``shares`` and the names of the codes."""
        self.keys = arrays["phrase_keys"]
        self._table = KeyTable(self.keys)
        self._starts, self._codes, self._shares = (
            arrays["phrase_starts"],
            arrays["phrase_codes"],
            arrays["phrase_shares"],
        )
        self._names: list[str] = arrays["code_names"]
        self._abbreviations = abbreviations
        self.codes = lru_cache(maxsize=50_000)(self._codes_of)

    def hash(self, form: str) -> int:
        """Return a word's share in a key; abbreviations count as the words that they stand for."""
        return share(form, self._abbreviations)

    def find(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """Return for each key the number of its phrase, or -1."""
        return self._table.find(keys)

    def _codes_of(self, term: str) -> tuple[tuple[str, float], ...]:
        """Return the codes of a phrase (normal forms joined by spaces) with their shares, best first."""
        number = self._table.place(phrase_key(term.split(), self._abbreviations))
        if number < 0:
            return ()
        a, b = int(self._starts[number]), int(self._starts[number + 1])
        return tuple((self._names[self._codes[i]], float(self._shares[i])) for i in range(a, b))


@dataclass(frozen=True)
class Forest:
    """Boosted trees as arrays; ``names`` are the features in order; ``threshold`` the score from which to report."""

    names: tuple[str, ...]
    feature: npt.NDArray[np.int16]
    split: Floats
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: Floats
    roots: npt.NDArray[np.int32]
    base: float
    scale: tuple[float, float]
    threshold: float
    sure: float
    priors: dict[str, float]

    @cached_property
    def children(self) -> npt.NDArray[np.intp]:
        """The nodes to the left and right of each node, in turn; a leaf leads to itself.

        Of the width of the machine's own integers, by which numpy looks up the fastest.
        """
        own = np.arange(len(self.left))
        pairs = np.stack((np.where(self.left < 0, own, self.left), np.where(self.left < 0, own, self.right)), axis=1)
        return np.asarray(pairs.ravel(), dtype=np.intp)

    @cached_property
    def asked(self) -> npt.NDArray[np.intp]:
        """The feature that each node asks for, of the same width."""
        return np.asarray(self.feature, dtype=np.intp)

    @cached_property
    def depth(self) -> int:
        """The number of steps from a root to the deepest leaf."""
        level, steps = self.roots, 0
        while (self.left[level] >= 0).any():
            inner = level[self.left[level] >= 0]
            level, steps = np.concatenate((self.left[inner], self.right[inner])), steps + 1
        return steps

    def scores(self, rows: Floats) -> Floats:
        """Return for each row of features (n, len(names)) the calibrated probability."""
        if not len(rows):
            return np.zeros(0)
        node = np.broadcast_to(self.roots.astype(np.intp), (len(rows), len(self.roots))).copy()
        flat = np.ascontiguousarray(rows).ravel()
        offset = (np.arange(len(rows)) * rows.shape[1])[:, None]
        for _ in range(self.depth):
            right = flat.take(offset + self.asked.take(node)) > self.split.take(node)
            node = self.children.take(2 * node + right)
        raw = self.base + self.value.take(node).sum(axis=1)
        a, b = self.scale
        return np.asarray(1.0 / (1.0 + np.exp(-(a * raw + b))))


@dataclass(frozen=True)
class Linear:
    """A logistic model: ``weights`` of standardised features by name; ``priors`` as in a forest."""

    names: tuple[str, ...]
    weights: Floats
    centre: Floats
    spread: Floats
    base: float
    priors: dict[str, float]

    def scores(self, rows: Floats) -> Floats:
        """Return for each row of features (n, len(names)) the probability."""
        if not len(rows):
            return np.zeros(0)
        return np.asarray(1.0 / (1.0 + np.exp(-(self.base + ((rows - self.centre) / self.spread) @ self.weights))))


class Model:
    """What was fitted: ``phrases``, one forest per mode, and ``lead``, which picks the first-listed diagnosis."""

    def __init__(self, arrays: dict[str, Any], abbreviations: dict[str, int] | None = None) -> None:
        """Take the arrays of a model file."""
        head = json.loads(bytes(arrays["head"]).decode())
        self.version: str = head["version"]
        self.phrases = Phrases({**arrays, "code_names": head["codes"]}, abbreviations or {})
        self.lead = _linear(head["lead"]) if "lead" in head else None
        self.forests = {mode: _forest(arrays, mode, part) for mode, part in head["forests"].items()}


def _linear(part: dict[str, Any]) -> Linear:
    arrays = {name: np.array(part[name], dtype=np.float64) for name in ("weights", "centre", "spread")}
    return Linear(tuple(part["names"]), base=part["base"], priors=part["priors"], **arrays)


def _forest(arrays: dict[str, Any], mode: str, part: dict[str, Any]) -> Forest:
    columns = {name: arrays[f"{mode}_{name}"] for name in ("feature", "split", "left", "right", "value", "roots")}
    return Forest(
        names=tuple(part["names"]),
        base=part["base"],
        scale=(part["scale"][0], part["scale"][1]),
        threshold=part["threshold"],
        sure=part["sure"],
        priors=part["priors"],
        **columns,
    )


@lru_cache(maxsize=1)
def shipped_arrays() -> dict[str, Any]:
    """Return the arrays of the model that comes with the package."""
    path = resources.files("chartcode.books") / "fitted" / "diagnoses.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        return {name: data[name] for name in data.files}
