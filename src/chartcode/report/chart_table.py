"""A chart for a terminal: what it is of, its documents, and its facts by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from chartcode.model.chart import NEGATED, Chart
from chartcode.report.chart_words import NAMES, heading, particulars, tags
from chartcode.report.table import text
from chartcode.report.words import known


@dataclass(frozen=True)
class ChartTable:
    """Writes a table a chart, ``width`` characters wide, in colours if asked."""

    width: int = 100
    colour: bool = False

    def head(self) -> str:
        """Return nothing."""
        return ""

    def chart(self, chart: Chart) -> str:
        """Return the table of one chart."""
        return text(Group(*_parts(chart), ""), self.width, self.colour)

    def tail(self) -> str:
        """Return nothing."""
        return ""


def _parts(chart: Chart) -> Iterator[RenderableType]:
    yield Text.assemble((chart.id, "bold"), "  ", (" · ".join(known(chart)), "cyan"))
    for document in chart.documents if len(chart.documents) > 1 else ():
        kind, rest = heading(document)
        copied = sum(repeat.end - repeat.start for repeat in document.repeats)
        share = f"  {copied / len(document.text):.0%} copied from elsewhere" if copied else ""
        yield Text.assemble("  ", kind, "  ", (rest, "dim"), (share, "yellow"))
    for remark in chart.remarks:
        yield Text(f"! {remark}", "yellow")
    if not chart.facts:
        yield Text("no facts found", "bold")
    for kind, name in NAMES.items():
        facts = [fact for fact in chart.facts if fact.kind == kind]
        if facts:
            grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
            for fact in facts:
                style = "dim" if fact.assertion == NEGATED else ""
                words = Text(" ".join(fact.text.split()), style or "bold")
                grid.add_row("", words, Text(", ".join(tags(fact)), "magenta"), Text(particulars(fact), "dim"))
            yield Padding(Text(f"{name} ({len(facts)})", "green"), (1, 0, 0, 0))
            yield grid
