"""Precision, recall and F1 from counts that add up, and how far they would move with other notes (bootstrap)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bench.notes import Item

ROUNDS = 1000
SEED = 20260501

Array: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one note or of many.

    ``found`` of the ``required`` items were hit by a reported code; ``right`` of the ``reported`` codes are accepted
    for some item. Where no item has alternatives and all are required, these give the usual micro scores.
    """

    found: int = 0
    required: int = 0
    right: int = 0
    reported: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def recall(self) -> float:
        """Required items found, 0..1."""
        return self.found / self.required if self.required else 0.0

    @property
    def precision(self) -> float:
        """Reported codes that are right, 0..1."""
        return self.right / self.reported if self.reported else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def tally(items: Sequence[Item], reported: Collection[str], where: Callable[[str], bool] = lambda _: True) -> Tally:
    """Count one note. ``where`` narrows to items and reported codes of a kind; what is accepted is not narrowed."""
    codes = set(reported)
    accepted = {code for item in items for code in item.accepted}
    asked = [i for i in items if i.required and where(i.code)]
    told = [c for c in codes if where(c)]
    return Tally(
        sum(not codes.isdisjoint(i.accepted) for i in asked),
        len(asked),
        sum(c in accepted for c in told),
        len(told),
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up."""
    return sum(tallies, Tally())


def ratio(part: int, whole: int) -> Callable[[Array], Array]:
    """Return the statistic "column ``part`` over column ``whole``" of summed rows; NaN where there is nothing."""
    return lambda sums: _over(sums[:, part], sums[:, whole], np.nan)


def f1(sums: Array) -> Array:
    """Return F1 of summed tallies (rows of found, required, right, reported); NaN where nothing is asked or told."""
    recall, precision = _over(sums[:, 0], sums[:, 1], 0.0), _over(sums[:, 2], sums[:, 3], 0.0)
    score = _over(2 * recall * precision, recall + precision, 0.0)
    score[(sums[:, 1] == 0) & (sums[:, 3] == 0)] = np.nan
    return score


def _over(part: Array, whole: Array, empty: float) -> Array:
    return np.divide(part, whole, out=np.full_like(whole, empty), where=whole > 0)


def interval(
    rows: Sequence[Sequence[float]],
    statistic: Callable[[Array], Array],
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> tuple[float, float]:
    """Return the 95 % percentile interval of a statistic of column sums, by drawing whole notes with replacement.

    Draws for which the statistic is not defined (NaN) are left out; without any other, the interval is (0, 0).

    Args:
        rows: one row of counts a note.
        statistic: from sums of shape (rounds, columns) to values of shape (rounds,).
        rounds: how often to draw.
        seed: of the generator, so that a figure can be made again.
    """
    if not rows:
        return 0.0, 0.0
    table = np.asarray(rows, dtype=np.float64)
    size = len(table)
    draws = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=rounds)
    values = statistic(draws @ table)
    values = values[~np.isnan(values)]
    if not len(values):
        return 0.0, 0.0
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)
