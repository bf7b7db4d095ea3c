"""Scores of ranked lists, and of how far a stated confidence can be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def average_precision(ranked: Sequence[str], relevant: set[str]) -> float:
    """Return the mean of the precisions at the rank of each relevant code; codes that are not listed count as zero.

    Source: the measure "map" of trec_eval, by which CodiEsp ranks systems; a code listed twice counts once.
    """
    hits, score = 0, 0.0
    for rank, code in enumerate(dict.fromkeys(ranked), 1):
        if code in relevant:
            hits += 1
            score += hits / rank
    return score / len(relevant) if relevant else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Reported codes with a confidence in ``[low, high)`` (the last bin includes 1)."""

    low: float
    high: float
    count: int
    right: int
    confidence: float

    @property
    def precision(self) -> float:
        """The share that is right, to be compared with the mean confidence."""
        return self.right / self.count if self.count else 0.0


def reliability(judged: Iterable[tuple[float, bool]], bins: int = 10) -> tuple[list[Bin], float]:
    """Return the reliability curve and the expected calibration error.

    Args:
        judged: (confidence, right) of each reported code.
        bins: how many bins of equal width.

    Returns:
        The bins that are not empty, and the mean distance of confidence from precision, weighted by count.
    """
    boxes: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in judged:
        boxes[min(max(int(confidence * bins), 0), bins - 1)].append((confidence, right))
    found = [
        Bin(at / bins, (at + 1) / bins, len(box), sum(r for _, r in box), sum(c for c, _ in box) / len(box))
        for at, box in enumerate(boxes)
        if box
    ]
    everything = sum(b.count for b in found)
    error = sum(b.count * abs(b.confidence - b.precision) for b in found) / everything if everything else 0.0
    return found, error
