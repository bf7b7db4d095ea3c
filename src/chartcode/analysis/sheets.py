"""A section's answers as sheets of a PDF: definition, picture and the first rows of each, one sheet a measure.

Places are computed and not laid out by the library, and a column of a table is one text: a hundred measures would take
minutes otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import matplotlib as mpl

from chartcode.analysis.answer import Answer
from chartcode.analysis.chart import cells, draw, drawable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_PAPER = (11.0, 8.5)
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.06, 0.95, 0.95, 0.05
_LINE = 8 * 1.35 / 72 / _PAPER[1]
"""The height of a line of text of 8 points, as a share of the sheet's."""
_LETTERS = 155
"""Letters of such a line."""
_PICTURE = 0.30
_BESIDE_NAMES = frozenset(("bar", "funnel", "rate", "peers", "mean peers"))
"""Kinds of pictures with names at their left."""
_CELL, _LETTER, _SMALLEST = 70, 0.58, 4.5
"""Letters of a cell, the width of one as a share of its height, the smallest letters in points."""


def pdf(answers: Sequence[Answer], title: str, period: str, path: Path) -> None:
    """Write the sheets of a section."""
    from matplotlib.backends.backend_pdf import PdfPages  # noqa: PLC0415 - only when a PDF is written
    from matplotlib.figure import Figure  # noqa: PLC0415 - as above

    with mpl.rc_context({"font.size": 8}), PdfPages(path, metadata={"Title": title, "CreationDate": None}) as pages:
        for answer in answers:
            figure = Figure(figsize=_PAPER)
            y = _head(figure, answer, f"{title}, {period}")
            if drawable(answer):
                y -= _PICTURE + 0.03
                named = answer.measure.kind in _BESIDE_NAMES
                place = (0.3, y, 0.63, _PICTURE - 0.02) if named else (0.09, y + 0.03, 0.68, _PICTURE - 0.05)
                draw(answer, figure.add_axes(place))
                y -= 0.06
            _rows(figure, answer, y)
            pages.savefig(figure)


def _head(figure: Figure, answer: Answer, whence: str) -> float:
    """Write title and definition; return where they end."""
    measure = answer.measure
    figure.text(_LEFT, _TOP, measure.title, fontsize=13, weight="bold", va="top")
    said = [whence, measure.definition, f"{measure.numerator} / {measure.denominator}", f"Source: {measure.source}"]
    said += [*answer.signals[:6], *([answer.missing] if answer.missing else [])]
    lines = [line for sentence in said for line in wrap(sentence, _LETTERS)]
    figure.text(_LEFT, _TOP - 0.035, "\n".join(lines), va="top", linespacing=1.2)
    return _TOP - 0.035 - len(lines) * _LINE


def _rows(figure: Figure, answer: Answer, y: float) -> None:
    """Write as many rows as find room below ``y``; numbers stand at the right of their columns."""
    percent, height = answer.measure.percent, _LINE * 0.95
    most = int((y - _BOTTOM) / height) - 1
    shown = [[c[:_CELL] for c in cells(row, answer.columns, percent=percent)] for row in answer.rows[: max(most, 0)]]
    if not shown:
        return
    columns = [[name[:_CELL], *(row[n] for row in shown)] for n, name in enumerate(answer.columns)]
    letters = [max(map(len, column)) + 3 for column in columns]
    points = min(7.0, (_RIGHT - _LEFT) * _PAPER[0] * 72 / (sum(letters) * _LETTER))
    if points < _SMALLEST:  # rather fewer letters of each cell than letters that nobody can read
        cut = int(_CELL * points / _SMALLEST)
        columns = [[cell[:cut] for cell in column] for column in columns]
        letters = [max(map(len, column)) + 3 for column in columns]
        points = max(_SMALLEST, min(7.0, (_RIGHT - _LEFT) * _PAPER[0] * 72 / (sum(letters) * _LETTER)))
    x = _LEFT
    for n, column in enumerate(columns):
        width = letters[n] * _LETTER * points / 72 / _PAPER[0]
        right = any(isinstance(row[n], int | float) for row in answer.rows[:most])
        at, side = (x + width * 0.9, "right") if right else (x, "left")
        spaced = height * _PAPER[1] * 72 / points / 1.2
        figure.text(at, y, column[0], fontsize=points, weight="bold", va="top", ha=side)
        figure.text(
            at, y - height, "\n".join(column[1:]), fontsize=points, va="top", ha=side, linespacing=spaced,
            multialignment=side, parse_math=False,
        )  # fmt: skip
        x += width
