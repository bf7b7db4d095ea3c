"""A chart as one JSON object a line (see ``chartcode.model.plain.collected``)."""

from __future__ import annotations

import json
from dataclasses import dataclass

from chartcode.model.chart import Chart
from chartcode.model.plain import collected


@dataclass(frozen=True)
class ChartLines:
    """Writes JSON lines in UTF-8."""

    def head(self) -> str:
        """Return nothing: every line stands for itself."""
        return ""

    def chart(self, chart: Chart) -> str:
        """Return the line of one chart."""
        return json.dumps(collected(chart), ensure_ascii=False) + "\n"

    def tail(self) -> str:
        """Return nothing."""
        return ""
