"""The report for a terminal: what to bill, on which words, with which faults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from chartcode.model.case import (
    CHECK,
    ERROR,
    FIRST_LISTED,
    INFO,
    PRINCIPAL,
    QUERY,
    WARNING,
    Case,
    Diagnosis,
    Finding,
    Mention,
    PartialProcedure,
    Procedure,
    Rejected,
)
from chartcode.report import visit
from chartcode.report.words import editions, gathered, offer, particulars, quoted

SEVERITY = {ERROR: "bold red", WARNING: "yellow", QUERY: "magenta", INFO: "blue"}
"""The colour of each severity."""

REJECTED = 12
"""The most rejected codes that a table shows."""


@dataclass(frozen=True)
class Table:
    """Writes a table a case, ``width`` characters wide, in colours if asked."""

    width: int = 100
    colour: bool = False

    def head(self) -> str:
        """Return nothing."""
        return ""

    def case(self, case: Case) -> str:
        """Return the table of one case."""
        return text(Group(*_parts(case), ""), self.width, self.colour)

    def tail(self) -> str:
        """Return nothing."""
        return ""


def text(what: RenderableType, width: int, colour: bool) -> str:
    """Return what rich would print, as text."""
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(what)
    shown = out.getvalue()
    return shown if colour else "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def _parts(case: Case) -> Iterator[RenderableType]:
    yield Text.assemble((case.chart.id, "bold"), "  ", (" · ".join(particulars(case)), "cyan"))
    if case.books:
        yield Text(editions(case), "dim")
    for remark in case.chart.remarks:
        yield Text(f"! {remark}", "yellow")
    if case.diagnoses:
        yield _diagnoses(case)
    else:
        yield Text("no diagnosis to report", "bold")
    if case.procedures:
        yield _procedures(case.procedures)
    if case.partial_procedures:
        yield _partials(case.partial_procedures)
    yield from visit.lines(case)
    yield from findings(case.findings)
    yield from _groups(case)
    yield from _rejected(case.rejected)


def _grid(*columns: str) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=False)
    for column in columns:
        grid.add_column(column, no_wrap=column in ("", "code", "POA", "sure"), overflow="fold")
    return grid


def _diagnoses(case: Case) -> RenderableType:
    grid = _grid("", "code", *(["POA"] if case.inpatient else []), "sure", "title", "words")
    for diagnosis in case.diagnoses:
        leading = diagnosis.role in (PRINCIPAL, FIRST_LISTED)
        grid.add_row(
            Text("▸" if leading else " ", "bold green"),
            Text(diagnosis.code.value, "bold green" if leading else "bold"),
            *([Text(diagnosis.poa or "-")] if case.inpatient else []),
            _sure(diagnosis),
            Text(diagnosis.title),
            _words(diagnosis.evidence),
        )
    return Padding(grid, (1, 0, 0, 0))


def _procedures(procedures: Iterable[Procedure]) -> RenderableType:
    grid = _grid("", "code", "units", "sure", "title", "words")
    for procedure in procedures:
        code = "-".join((procedure.code.value, *procedure.modifiers))
        grid.add_row(
            "", Text(code, "bold"), str(procedure.units), _sure(procedure), procedure.title, _words(procedure.evidence)
        )
    return Padding(grid, (1, 0, 0, 0))


def _partials(procedures: Iterable[PartialProcedure]) -> RenderableType:
    grid = _grid("", "open", "axis", "still possible", "words")
    for procedure in procedures:
        choices = ", ".join(f"{value} {label}".strip() for value, label in procedure.choices)
        grid.add_row("?", Text(procedure.partial, "bold yellow"), procedure.axis, choices, _words(procedure.evidence))
    return Padding(grid, (1, 0, 0, 0))


def _sure(entry: Diagnosis | Procedure) -> Text:
    return Text(
        f"{entry.confidence:4.0%}" + (" ?" if entry.band == CHECK else ""), "yellow" if entry.band == CHECK else ""
    )


def _words(evidence: Iterable[Mention]) -> Text:
    words = quoted(evidence)
    more = f" +{len(words) - 2}" if len(words) > 2 else ""
    return Text("; ".join(words[:2]) + more, "italic")


def findings(found: Iterable[Finding]) -> Iterator[RenderableType]:
    """Yield a line for each finding, the worst first, as rules report them."""
    order = list(SEVERITY)
    rows = sorted(gathered(found), key=lambda finding: order.index(finding.severity))
    if not rows:
        return
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for finding in rows:
        remedy = offer(finding.remedy)
        message = Text(finding.message)
        if remedy:
            message.append(f" → {remedy}", "italic")
        if finding.accepted:
            message.append(f" (accepted: {finding.accepted})", "green")
        grid.add_row(Text(finding.severity, SEVERITY[finding.severity]), message, Text(finding.rule, "dim"))
    yield Padding(grid, (1, 0, 0, 0))


def _groups(case: Case) -> Iterator[RenderableType]:
    for number, group in enumerate(case.groups):
        weight = "" if group.weight is None else f"  {group.weight:.3f}"
        drivers = ", ".join(map(str, group.drivers))
        line = Text.assemble(
            (f"{group.system} {group.version}  ", "dim"), (group.code, "bold"), f"  {group.title}{weight}"
        )
        line.append(f"  by {drivers}" if drivers else "", "italic")
        yield Padding(line, (0 if number else 1, 0, 0, 0))


def _rejected(rejected: tuple[Rejected, ...]) -> Iterator[RenderableType]:
    if not rejected:
        return
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for entry in rejected[:REJECTED]:
        grid.add_row(Text("not"), Text(entry.code.value), Text(entry.why), _words(entry.evidence), style="dim")
    yield Padding(grid, (1, 0, 0, 0))
    if len(rejected) > REJECTED:
        yield Text(f"and {len(rejected) - REJECTED} more that are not reported", "dim")
