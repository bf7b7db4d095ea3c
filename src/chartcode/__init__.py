"""Chartcode codes medical records: a chart goes in, checked codes with their evidence come out.

from chartcode import Coder, Shelf, chart_from_text

case = Coder(Shelf.open())(chart_from_text(note, "note-1"), today=date.today())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chartcode.books import Books, Shelf
    from chartcode.collect import Unreadable, chart_from_text, read
    from chartcode.model.case import Case
    from chartcode.model.chart import Chart
    from chartcode.pipeline import STEPS, Coder, recheck

__all__ = ["STEPS", "Books", "Case", "Chart", "Coder", "Shelf", "Unreadable", "chart_from_text", "read", "recheck"]

_HOMES = {
    "chartcode.books": ("Books", "Shelf"),
    "chartcode.collect": ("Unreadable", "chart_from_text", "read"),
    "chartcode.model.case": ("Case",),
    "chartcode.model.chart": ("Chart",),
    "chartcode.pipeline": ("STEPS", "Coder", "recheck"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a face shows is of every kind
    """Import what is asked for, when it is asked for: the command must not pay for all of it."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"chartcode has no {name!r}")
