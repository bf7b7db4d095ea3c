"""Units among peers of their kind, such as providers of one specialty, with what small numbers allow to be said.

A unit's own share or mean has its interval of 95 of 100. It is set against the median of its group, itself among them,
so that of three units the one that differs does not make the other two look strange. It stands out only where it is
three standard errors away *and* its interval leaves that median out. Units of fewer than ``least`` make no median;
they, and a unit with fewer than two peers that do, are shown and not judged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from chartcode.analysis.answer import Answer
from chartcode.analysis.measure import Measure
from chartcode.analysis.statistics import SIGMAS, interval

FEWEST_PEERS = 2
_NORMAL = 1.959964


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's value with its interval, how many it rests on, and the standard error under a peers' value."""

    value: float
    low: float
    high: float
    count: int
    error: Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Among:
    """A unit among its peers: the group's median, their number, the distance in standard errors, or why none is told.

    ``signal`` says that it stands out.
    """

    peers: float | None
    number: int
    far: float | None = None
    remark: str = ""
    signal: bool = False


def share(n: float, d: float) -> Unit:
    """Return the unit of a share n of d."""
    count = int(d)
    low, high = interval(int(n), count) if count else (0.0, 1.0)
    # A share of nought or one among peers has no spread of its own: at least that of one in a hundred is taken.
    return Unit(n / d if d else 0.0, low, high, count, lambda p: math.sqrt(max(p * (1 - p), 0.0099) / max(d, 1)))


def mean(value: float, deviation: float | None, count: int) -> Unit:
    """Return the unit of a mean of ``count`` values with their standard deviation (None of fewer than two)."""
    error = (deviation or 0.0) / math.sqrt(count) if count else 0.0
    return Unit(value, value - _NORMAL * error, value + _NORMAL * error, count, lambda _: error)


def among(units: Sequence[tuple[Any, Unit]], least: int) -> list[Among]:
    """Return how each unit, given with its group, stands in it."""
    found = []
    for at, (group, unit) in enumerate(units):
        others = [u.value for place, (g, u) in enumerate(units) if place != at and g == group and u.count >= least]
        own = [unit.value] if unit.count >= least else []
        middle = median([*others, *own]) if others else None
        if group is None:
            found.append(Among(None, 0, remark="not known of whom it is a peer"))
        elif unit.count < least:
            found.append(Among(middle, len(others), remark=f"fewer than {least}: not judged"))
        elif middle is None or len(others) < FEWEST_PEERS:
            told = "no peers" if not others else "one peer alone"
            found.append(Among(middle, len(others), remark=f"{told} with {least} or more: not judged"))
        else:
            error = unit.error(middle)
            far = (unit.value - middle) / error if error else 0.0
            signal = abs(far) >= SIGMAS and not unit.low <= middle <= unit.high
            found.append(Among(middle, len(others), far, signal=signal))
    return found


def compared(measure: Measure, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> Answer:
    """Return the answer of a measure of kind ``peers`` (columns n and d) or ``mean peers`` (mean, sd and d).

    Columns of ``measure.peers`` make the groups; the first column names the unit.
    """
    groups = [columns.index(name) for name in measure.peers]
    means = measure.kind == "mean peers"
    first, second = (columns.index(name) for name in (("mean", "sd") if means else ("n", "d")))
    count = columns.index("d")
    units = []
    for row in rows:
        group = tuple(row[g] for g in groups)
        a, b = float(row[first] or 0), row[second]
        unit = mean(a, b, int(row[count])) if means else share(a, float(b or 0))
        units.append((None if None in group else group, unit))
    found, signals = [], []
    for row, (_, unit), stands in zip(rows, units, among(units, measure.least), strict=True):
        own = () if means else (round(unit.value, 4),)
        far = None if stands.far is None else round(stands.far, 1)
        peers = None if stands.peers is None else round(stands.peers, 4)
        remark = stands.remark or ("stands out" if stands.signal else "")
        found.append((*row, *own, round(unit.low, 4), round(unit.high, 4), peers, stands.number, far, remark))
        if stands.signal and stands.peers is not None and stands.far is not None:
            said = "{:.1%}".format if measure.percent else "{:.2f}".format
            kind = ", ".join(str(row[g]) for g in groups)
            signals.append(
                f"{row[0]} ({kind}): {said(unit.value)} ({said(unit.low)} to {said(unit.high)}) against"
                f" {said(stands.peers)}, the median with {stands.number} peers, {abs(stands.far):.1f} standard errors"
                f" {'above' if stands.far > 0 else 'below'}"
            )
    own_names = () if means else ("share",)
    return Answer(
        measure,
        (*columns, *own_names, "low", "high", "median", "peers", "from peers", "remark"),
        tuple(found),
        tuple(signals),
    )
