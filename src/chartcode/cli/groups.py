"""How groups and what-if are shown on a terminal: a line a group and its reasons, a table of codes.

Imported only by ``chartcode.cli.group``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from chartcode.model.code import ICD10PCS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from chartcode.books import Books
    from chartcode.group.whatif import Effect, WhatIf
    from chartcode.model.case import Case, Group


def lines(case: Case, shown: WhatIf | None, books: Books) -> Iterator[RenderableType]:
    """Yield what is shown of a grouped case."""
    encounter = case.chart.encounter
    yield Text.assemble((case.chart.id, "bold"), f"  {encounter.setting}, {books.day.isoformat()}")
    for remark in case.chart.remarks:
        yield Text(f"! {remark}", "yellow")
    if not case.groups:
        yield Text("no group", "bold")
    system = ""
    for group in case.groups:
        if group.system != system:
            system = group.system
            yield Padding(Text(f"{group.system} {group.version}", "bold cyan"), (1, 0, 0, 0))
            for reason in _of_all(case, system):
                yield Padding(Text(reason, "dim"), (0, 0, 0, 4))
        yield from _group(group, set(_of_all(case, system)))
    if shown:
        yield from _what_if(shown)


def _of_all(case: Case, system: str) -> list[str]:
    """Return the reasons that all groups of a system share, which are said once; of a single group, none."""
    groups = [group for group in case.groups if group.system == system and group.drivers]
    if len(groups) < 2:
        return []
    return [reason for reason in groups[0].reasons if all(reason in group.reasons for group in groups)]


def _group(group: Group, said: set[str]) -> Iterator[RenderableType]:
    weight = "" if group.weight is None else f"  {group.weight:.3f}".rstrip("0").rstrip(".")
    line = Text.assemble((group.code, "bold"), f"  {group.title}{weight}")
    line.append(f"  by {', '.join(map(str, group.drivers))}" if group.drivers else "", "italic")
    yield Padding(line, (0, 0, 0, 2))
    yield from (Padding(Text(reason, "dim"), (0, 0, 0, 6)) for reason in group.reasons if reason not in said)


def _what_if(shown: WhatIf) -> Iterator[RenderableType]:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for name, drg in (("baseline", shown.baseline), ("working", shown.working), ("final", shown.final)):
        weight = shown.weight(drg)
        table.add_row(name, Text(drg.code, "bold"), "" if weight is None else f"{weight:.4f}", drg.title)
    yield Padding(table, (1, 0, 0, 0))
    effects = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("code", "is", "without it", "remark"):
        effects.add_column(column, overflow="fold")
    for effect in shown.effects:
        effects.add_row(
            Text(str(effect.code), "bold"),
            _is(effect),
            Text(_without(effect, shown), "bold yellow" if shown.changes(effect) else "dim"),
            _remark(effect, shown),
        )
    yield Padding(effects, (1, 0, 0, 0))


def _without(effect: Effect, shown: WhatIf) -> str:
    if effect.drg is None:
        return "no group"
    if not shown.changes(effect):
        return "the same"
    weight, now = shown.weight(effect.drg), shown.weight(shown.final)
    worth = "" if weight is None or now is None else f" ({weight - now:+.4f})"
    return f"{effect.drg.code} {effect.drg.title}{worth}"


def _is(effect: Effect) -> str:
    if effect.principal:
        return "principal"
    return "procedure" if effect.code.system == ICD10PCS else effect.part.severity or "-"


def _remark(effect: Effect, shown: WhatIf) -> str:
    if effect.principal:
        return "the next diagnosis in its place" if effect.drg else ""
    left = [f"hospital-acquired condition {c.number}: left out" for c in effect.part.conditions if c.met]
    if left:
        return left[0]
    if effect.code in shown.rests_on:
        alone = len(shown.rests_on) == 1
        return f"the only {effect.part.severity}: the group rests on it" if alone else "would set the severity alone"
    return f"does not count: {effect.part.excluded}" if effect.part.excluded else ""
