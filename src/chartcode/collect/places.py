"""Where in a text something stands: spans in order, asked by bisection, so that a long text stays linear."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable

from chartcode.model.chart import Section

Places = list[tuple[int, int]]
"""Spans (start, end) in order that do not overlap."""


def places(sections: Iterable[Section], names: Container[str]) -> Places:
    """Return where the sections of these names stand, headings included."""
    return [(section.start, section.end) for section in sections if section.name in names]


def within(spans: Places, offset: int) -> bool:
    """Tell whether an offset lies in one of the spans."""
    index = bisect_right(spans, (offset, 1 << 62)) - 1
    return index >= 0 and offset < spans[index][1]


def touched(spans: Places, start: int, end: int) -> bool:
    """Tell whether one of the spans overlaps the characters from start to end."""
    index = bisect_right(spans, (end - 1, 1 << 62)) - 1
    return index >= 0 and start < spans[index][1]
