"""What a measure gives: its rows, with control limits or distances from peers where its kind has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chartcode.analysis.measure import Measure
from chartcode.analysis.statistics import change_point, from_peers, interval, p_chart

FAR = 3.0
"""Standard errors from which a unit is said to lie far from its peers."""

_PERCENT = 100
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a measure gives: columns and rows, what stands out in words, or why there is no answer.

    ``defined`` says of a measure of quality indicators what each counts.
    """

    measure: Measure
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    signals: tuple[str, ...] = ()
    missing: str = ""
    defined: tuple[tuple[str, ...], ...] = ()


def answered(measure: Measure, columns: tuple[str, ...], rows: Rows) -> Answer:
    """Return the answer that the rows of a measure's question make, by its kind."""
    if not rows:
        return Answer(measure, columns, missing="nothing of this kind in the period")
    if measure.kind == "control":
        return _controlled(measure, columns, rows)
    if measure.kind == "funnel":
        return _compared(measure, columns, rows)
    if measure.kind == "rate":
        return _rated(measure, columns, rows)
    return Answer(measure, columns, tuple(rows))


def _controlled(measure: Measure, columns: tuple[str, ...], rows: Rows) -> Answer:
    """Return a p chart's answer: for each series its limits, its signals and its change point."""
    month, n, d = (columns.index(name) for name in ("month", "n", "d"))
    series = columns.index(measure.series) if measure.series else None
    found, signals = [], []
    for name in dict.fromkeys(row[series] if series is not None else "" for row in rows):
        own = [row for row in rows if series is None or row[series] == name]
        counts = [(float(row[n] or 0), float(row[d] or 0)) for row in own]
        limits = p_chart(counts)
        found += [
            (*row, round(x.share, 4), round(x.lower, 4), round(x.upper, 4), "outside" if x.signal else "")
            for row, x in zip(own, limits, strict=True)
        ]
        at = change_point(counts)
        if at is not None:
            before = sum(c[0] for c in counts[:at]) / max(1.0, sum(c[1] for c in counts[:at]))
            after = sum(c[0] for c in counts[at:]) / max(1.0, sum(c[1] for c in counts[at:]))
            who = f"{name}: " if name else ""
            signals.append(f"{who}changed from {before:.1%} to {after:.1%} in {own[at][month]}")
    return Answer(measure, (*columns, "share", "lower", "upper", "signal"), tuple(found), tuple(signals))


def _compared(measure: Measure, columns: tuple[str, ...], rows: Rows) -> Answer:
    """Return the units with their distance from their peers."""
    n, d = columns.index("n"), columns.index("d")
    counts = [(float(row[n] or 0), float(row[d] or 0)) for row in rows]
    far = from_peers(counts)
    found, signals = [], []
    for row, (a, b), z in zip(rows, counts, far, strict=True):
        share = a / b if b else 0.0
        found.append((*row, round(share, 4), None if z is None else round(z, 1)))
        if z is not None and abs(z) >= FAR:
            side = "above" if z > 0 else "below"
            signals.append(f"{row[0]}: {share:.1%} lies {abs(z):.1f} standard errors {side} its peers")
    return Answer(measure, (*columns, "share", "from peers"), tuple(found), tuple(signals))


def rate_column(measure: Measure) -> str:
    """Return the name of the column of a measure's rates."""
    return "percent" if measure.per == _PERCENT else f"per {measure.per:,}"


def _rated(measure: Measure, columns: tuple[str, ...], rows: Rows) -> Answer:
    """Return rates with their intervals; of few at risk no rate is said, for it would be one of chance."""
    n, d = columns.index("n"), columns.index("d")
    found = []
    for row in rows:
        counted, at_risk = int(row[n] or 0), int(row[d] or 0)
        if at_risk < measure.least:
            found.append((*row, None, None, None, f"fewer than {measure.least} at risk"))
            continue
        low, high = interval(counted, at_risk)
        rate, low, high = (round(share * measure.per, 2) for share in (counted / at_risk, low, high))
        found.append((*row, rate, low, high, ""))
    return Answer(measure, (*columns, rate_column(measure), "low", "high", "remark"), tuple(found))
