"""The line of JSON that a chart becomes in a result: as it was collected, or coded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from chartcode.feed.intake import Uncoded
from chartcode.model.chart import Chart
from chartcode.pipeline import Coder, StepFailed
from chartcode.report.chart_jsonl import ChartLines
from chartcode.report.jsonl import Lines

Line: TypeAlias = Callable[[Chart], str]


def as_collected(chart: Chart) -> str:
    """Return the line of a chart that nobody has coded, as ``chartcode collect`` writes it."""
    return ChartLines().chart(chart)


def coded(coder: Coder, today: Callable[[], date]) -> Line:
    """Return what codes a chart and gives its line; ``today`` is asked for each, since a feed outlives a day."""

    def line(chart: Chart) -> str:
        try:
            return Lines().case(coder(chart, today=today()))
        except LookupError as error:  # of the shelf; what a step raises comes as StepFailed
            raise Uncoded(str(error.args[0])) from None
        except StepFailed as fault:
            raise Uncoded(f"{fault}; this is a fault of chartcode, please report it") from None

    return line
