"""Cases -> the outside. A writer gives a beginning, a part for each case and an end, each as text."""

from __future__ import annotations

from typing import Protocol

from chartcode.model.case import Case
from chartcode.model.chart import Chart


class Writer(Protocol):
    """What every report can do; it keeps no state between cases, so cases may be written by several processes."""

    def head(self) -> str:
        """Return what stands before the first case."""

    def case(self, case: Case) -> str:
        """Return the part of one case."""

    def tail(self) -> str:
        """Return what stands after the last case."""


class ChartWriter(Protocol):
    """The same for charts that were collected and not coded."""

    def head(self) -> str:
        """Return what stands before the first chart."""

    def chart(self, chart: Chart) -> str:
        """Return the part of one chart."""

    def tail(self) -> str:
        """Return what stands after the last chart."""
