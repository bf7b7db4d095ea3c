"""Phrases that lead to procedure codes in research mode, learned from CodiEsp by ``training/fit_procedures.py``.

Codes are those of the corpus that still lead somewhere today: seven characters, or four where its coders left the rest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import numpy as np

from chartcode.books.model import Phrases


@dataclass(frozen=True)
class ProcedurePhrases:
    """Phrases with codes and the share of documents in which they hold; ``terms`` are such shares of our own terms.

    ``threshold`` is the share from which a code is reported; ``unknown`` the share taken for a term that the corpus
    does not have.
    """

    version: str
    phrases: Phrases
    terms: Mapping[str, float]
    threshold: float
    unknown: float

    def trust(self, term: str) -> float:
        """Return how often a term of ours leads to a code of the corpus."""
        return self.terms.get(term, self.unknown)


def shipped(abbreviations: dict[str, int]) -> ProcedurePhrases:
    """Return the phrases that come with the package."""
    path = resources.files("chartcode.books") / "fitted" / "procedures.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files}
    head = json.loads(bytes(arrays["head"]).decode())
    phrases = Phrases({**arrays, "code_names": head["codes"]}, abbreviations)
    return ProcedurePhrases(head["version"], phrases, head["terms"], head["threshold"], head["unknown"])
