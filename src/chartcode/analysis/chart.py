"""Answers as pictures: Matplotlib draws them, as SVG for the pages and on the sheets of the PDF."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from chartcode.analysis.answer import FAR, Answer, rate_column

if TYPE_CHECKING:
    from matplotlib.axes import Axes

mpl.use("svg")

INK, QUIET, SIGNAL = "#1f3a5f", "#9db3cc", "#b3261e"
_COLOURS = ("#1f3a5f", "#7a9cc6", "#c98b2b", "#5b8c5a", "#8c5b7e", "#6b6b6b", "#b3261e", "#3d9a9a")
_MOST_BARS = 25
_MOST_LINES = 8
_THOUSANDS = 1000
_STYLE: Any = {
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "chartcode",
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def drawable(answer: Answer) -> bool:
    """Tell whether an answer has a picture."""
    if answer.measure.kind == "rate" and answer.rows:
        return any(rate is not None for rate in _column(answer, rate_column(answer.measure)))
    # one unit has no peers to be drawn beside
    least = 2 if answer.measure.kind == "funnel" else 1
    return len(answer.rows) >= least and answer.measure.kind != "table"


def svg(answer: Answer) -> str:
    """Return an answer's picture as an ``svg`` element; the same answer gives the same text."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only when something is drawn

    with mpl.rc_context(_STYLE):
        by_row = answer.measure.kind == "rate" or answer.measure.peers
        rows = min(len(answer.rows), _MOST_BARS) if by_row else 0
        figure = Figure(figsize=(8.0, max(2.0, 0.28 * rows + 0.9) if rows else 3.4), layout="constrained")
        draw(answer, figure.subplots())
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()[out.getvalue().index("<svg") :]


def draw(answer: Answer, axes: Axes) -> None:
    """Draw an answer on axes."""
    _DRAWN[answer.measure.kind](answer, axes)
    axes.tick_params(length=0)


def _column(answer: Answer, name: str) -> list[Any]:
    at = answer.columns.index(name)
    return [row[at] for row in answer.rows]


def _short(label: object, most: int = 22) -> str:
    text = str(label)
    return text if len(text) <= most else text[: most - 1] + "\u2026"


def _bars(answer: Answer, axes: Axes) -> None:
    names, values = _column(answer, answer.measure.x)[:_MOST_BARS], _column(answer, answer.measure.y)[:_MOST_BARS]
    axes.barh([_short(n) for n in names][::-1], [float(v or 0) for v in values][::-1], color=INK)
    axes.set_xlabel(answer.measure.y)
    if max((float(v or 0) for v in values), default=0.0) >= _THOUSANDS:
        axes.xaxis.set_major_formatter("{x:,.0f}")


def _stacked(answer: Answer, axes: Axes) -> None:
    x, y, series = (_column(answer, name) for name in (answer.measure.x, answer.measure.y, answer.measure.series))
    places = list(dict.fromkeys(str(v) for v in x))
    bottom = [0.0] * len(places)
    for number, name in enumerate(dict.fromkeys(str(s) for s in series)):
        values = [0.0] * len(places)
        for a, b, s in zip(x, y, series, strict=True):
            if str(s) == name:
                values[places.index(str(a))] += float(b or 0)
        axes.bar(places, values, bottom=bottom, label=name, color=_COLOURS[number % len(_COLOURS)])
        bottom = [a + b for a, b in zip(bottom, values, strict=True)]
    axes.tick_params(axis="x", rotation=45)
    axes.set_ylabel(answer.measure.y)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))


def _line(answer: Answer, axes: Axes) -> None:
    x, y = _column(answer, answer.measure.x), _column(answer, answer.measure.y)
    axes.plot([str(v) for v in x], [float(v or 0) for v in y], color=INK, marker="o", markersize=3)
    axes.tick_params(axis="x", rotation=45)
    axes.set_ylabel(answer.measure.y)


def _control(answer: Answer, axes: Axes) -> None:
    """Draw shares over time; one series with its limits, several with their signals alone."""
    months, shares, signals = (_column(answer, name) for name in ("month", "share", "signal"))
    series = _column(answer, answer.measure.series) if answer.measure.series else [""] * len(months)
    names = list(dict.fromkeys(series))[:_MOST_LINES]
    places = sorted({str(m) for m in months})
    for number, name in enumerate(names):
        own = [
            (places.index(str(m)), s, g)
            for m, s, g, k in zip(months, shares, signals, series, strict=True)
            if k == name
        ]
        colour = _COLOURS[number % len(_COLOURS)]
        axes.plot(
            [p for p, _, _ in own], [s for _, s, _ in own], color=colour, marker="o", markersize=3, label=_short(name)
        )
        out = [(p, s) for p, s, g in own if g]
        axes.scatter([p for p, _ in out], [s for _, s in out], color=SIGNAL, zorder=3, s=34)
    if len(names) == 1:
        lower, upper = _column(answer, "lower"), _column(answer, "upper")
        axes.fill_between(
            range(len(places)), lower, upper, color=QUIET, alpha=0.3, step="mid", label="3 standard errors"
        )
    axes.set_xticks(range(len(places)), places, rotation=45)
    _percent(axes, "y")
    if names != [""] or len(names) == 1:
        axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1, 1))


def _funnel(answer: Answer, axes: Axes) -> None:
    """Draw the units' shares as bars; those far from their peers in another colour."""
    names, shares, far = _column(answer, answer.measure.x), _column(answer, "share"), _column(answer, "from peers")
    rows = sorted(zip(names, shares, far, strict=True), key=lambda row: -row[1])[:_MOST_BARS][::-1]
    colours = [SIGNAL if z is not None and abs(z) >= FAR else INK for _, _, z in rows]
    axes.barh([_short(n) for n, _, _ in rows], [s for _, s, _ in rows], color=colours)
    _percent(axes, "x")


def _rate(answer: Answer, axes: Axes) -> None:
    """Draw rates as points with their intervals; rows without a rate are left to the table."""
    name = rate_column(answer.measure)
    names, rates, lows, highs = (_column(answer, column) for column in (answer.measure.x, name, "low", "high"))
    known = [row for row in zip(names, rates, lows, highs, strict=True) if row[1] is not None][:_MOST_BARS][::-1]
    places = range(len(known))
    for place, (_, rate, low, high) in zip(places, known, strict=True):
        axes.plot([low, high], [place, place], color=QUIET, linewidth=4, solid_capstyle="round")
        axes.plot([rate], [place], color=INK, marker="o", markersize=6)
    axes.set_yticks(places, [_short(label, 52) for label, *_ in known])
    axes.set_ylim(-0.6, len(known) - 0.4)
    axes.set_xlim(left=0)
    axes.set_xlabel(f"{name}, with the interval of 95 %")


def _peers(answer: Answer, axes: Axes) -> None:
    """Draw units as points with their intervals, and a mark where the median of their peers lies."""
    value = "mean" if answer.measure.kind == "mean peers" else "share"
    wanted = (answer.measure.x, *answer.measure.peers, value, "low", "high", "median", "remark")
    rows = list(zip(*(_column(answer, name) for name in wanted), strict=True))[:_MOST_BARS][::-1]
    labels = [_short(", ".join(str(part or "not known") for part in row[:-5]), 44) for row in rows]
    for place, (*_, own, low, high, peers, remark) in enumerate(rows):
        colour = SIGNAL if remark == "stands out" else INK if not remark else QUIET
        axes.plot([low, high], [place, place], color=QUIET, linewidth=4, solid_capstyle="round")
        axes.plot([own], [place], color=colour, marker="o", markersize=6)
        if peers is not None:
            axes.plot([peers], [place], color=INK, marker="|", markersize=12)
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    axes.set_xlim(left=0)
    if value == "share":
        _percent(axes, "x")
    axes.set_xlabel("interval of 95 %; upright line: median of the peers\nred: stands out; pale: not judged")


def _percent(axes: Axes, which: str) -> None:
    from matplotlib.ticker import PercentFormatter  # noqa: PLC0415 - as above

    (axes.yaxis if which == "y" else axes.xaxis).set_major_formatter(PercentFormatter(1.0))


_DRAWN = {
    "bar": _bars,
    "stacked": _stacked,
    "line": _line,
    "control": _control,
    "funnel": _funnel,
    "rate": _rate,
    "peers": _peers,
    "mean peers": _peers,
}


_SHARES = frozenset(("share", "lower", "upper", "low", "high", "median"))
"""Columns of a measure of shares that are shown as percent."""


def cells(row: Sequence[Any], columns: Sequence[str], *, percent: bool) -> list[str]:
    """Return a row as a reader wants it: shares as percent where the measure is one, numbers with separators."""
    return [_cell(value, percent=percent and name in _SHARES) for value, name in zip(row, columns, strict=True)]


def _cell(value: object, *, percent: bool) -> str:
    if value is None:
        return ""
    if percent and isinstance(value, float):
        return f"{value:.1%}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
