"""The one way from a text that a reader has taken out of a file to its chart."""

from __future__ import annotations

from dataclasses import replace

from chartcode.collect.note import chart_from_text
from chartcode.collect.source import Source
from chartcode.model.chart import Chart


def written(source: Source, text: str, remarks: tuple[str, ...] = (), id: str = "") -> Chart:  # noqa: A002 - Chart.id
    """Return the chart of a note that a source holds; what the caller says serves where the note is silent."""
    silent = source.silent
    chart = chart_from_text(
        text, id or source.id, setting=silent.setting, day=silent.day, sex=silent.sex, age=silent.age
    )
    return replace(chart, remarks=remarks + chart.remarks) if remarks else chart
