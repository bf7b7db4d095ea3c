"""Control limits, units far from their peers, and change points: what tells a signal from noise.

A p chart's limits lie three standard errors from the pooled share (Shewhart); a unit's distance from its peers is
counted in standard errors from the median share of the others (after Spiegelhalter 2005); a change point is the month
whose split makes a binomial series most likely, reported where twice the gain of log likelihood exceeds ``CHANGE``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

SIGMAS = 3.0
CHANGE = 13.0
"""About one false alarm in a thousand series of twelve months (chi-square with one degree, over eleven splits)."""
_FEW = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one point of a p chart: its share, the limits about the centre, and whether it lies outside of them."""

    share: float
    centre: float
    lower: float
    upper: float
    signal: bool


def p_chart(counts: Sequence[tuple[float, float]]) -> list[Limits]:
    """Return the limits for (n, d) a period; a period with nothing counted has the centre's share and no signal."""
    total = sum(d for _, d in counts)
    centre = sum(n for n, _ in counts) / total if total else 0.0
    return [_limits(n, d, centre) for n, d in counts]


def _limits(n: float, d: float, centre: float) -> Limits:
    if not d:
        return Limits(centre, centre, 0.0, 1.0, signal=False)
    spread = SIGMAS * math.sqrt(centre * (1 - centre) / d)
    lower, upper = max(0.0, centre - spread), min(1.0, centre + spread)
    share = n / d
    return Limits(share, centre, lower, upper, signal=not lower <= share <= upper)


def from_peers(counts: Sequence[tuple[float, float]]) -> list[float | None]:
    """Return for each unit (n, d) how many standard errors its share lies from its peers'; None if too few.

    The peers' share is their median, so that one outlier does not make all the others look strange. A share of nought
    or one has no spread of its own: at least that of one in a hundred is taken.
    """
    found: list[float | None] = []
    for at, (n, d) in enumerate(counts):
        others = [a / b for place, (a, b) in enumerate(counts) if place != at and b >= _FEW]
        if d < _FEW or not others:
            found.append(None)
            continue
        share = median(others)
        error = math.sqrt(max(share * (1 - share), 0.0099) / d)
        found.append((n / d - share) / error)
    return found


def interval(n: int, d: int) -> tuple[float, float]:
    """Return the bounds between which a share n / d truly lies, 95 times of 100 (Wilson 1927); d is at least 1."""
    share, z = n / d, 1.959964
    centre = (share + z * z / (2 * d)) / (1 + z * z / d)
    half = z / (1 + z * z / d) * math.sqrt(share * (1 - share) / d + z * z / (4 * d * d))
    return (0.0 if n == 0 else max(0.0, centre - half)), (1.0 if n == d else min(1.0, centre + half))


def change_point(counts: Sequence[tuple[float, float]]) -> int | None:
    """Return the place of the first period after a change of the share, or None where no split is convincing."""
    whole = _likelihood(counts)
    best, gain = None, CHANGE
    for at in range(1, len(counts)):
        found = 2 * (_likelihood(counts[:at]) + _likelihood(counts[at:]) - whole)
        if found > gain:
            best, gain = at, found
    return best


def _likelihood(counts: Sequence[tuple[float, float]]) -> float:
    n, d = sum(c[0] for c in counts), sum(c[1] for c in counts)
    if not d or n <= 0 or n >= d:
        return 0.0
    share = n / d
    return n * math.log(share) + (d - n) * math.log(1 - share)
