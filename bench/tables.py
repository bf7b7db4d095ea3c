"""Figures as Markdown, which reads well on a terminal and goes into ``RESULTS.md`` as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an aligned Markdown table; the first column is flush left, the others flush right."""
    lines = [list(headings), *(list(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(headings))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join("| " + " | ".join(_cells(line, widths)) + " |" for line in (lines[0], rule, *lines[1:]))


def _cells(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]


def share(value: float) -> str:
    """Return a share of one as the field prints it.

    >>> share(0.4567), share(1.0)
    ('.457', '1.000')
    """
    return f"{value:.3f}".removeprefix("0")


def span(interval: tuple[float, float]) -> str:
    """Return an interval of shares.

    >>> span((0.41, 0.5))
    '.410-.500'
    """
    return f"{share(interval[0])}-{share(interval[1])}"
