"""A visit in words: its level and kind in one line, its elements with their reasons, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from chartcode.model.case import CANNOT_TELL, CHECK, NOT_APPLICABLE, Case, Visit
from chartcode.report.words import quoted

LEARN = "for learning, not for choosing: one step more or less"
_LEVELS = {CANNOT_TELL: "level cannot be told", NOT_APPLICABLE: "no level"}
_SHOWN = 4
"""The most quotations of one element in one line."""


def title(visit: Visit) -> str:
    """Return the level and the kind of service in one line.

    >>> title(Visit("moderate", "99214", service="office", status="established"))
    'moderate, office visit, established'
    """
    kind = visit.service.replace("_", " ")
    kind = kind if not kind or kind.endswith(("care", "examination")) else f"{kind} visit"
    return ", ".join(word for word in (_LEVELS.get(visit.level, visit.level), kind, visit.status) if word)


def number(visit: Visit) -> str:
    """Return the number with its modifiers, or a dash where no installed book names one."""
    return "-".join((visit.code or "no number", *visit.modifiers))


def elements(visit: Visit) -> Iterator[tuple[str, str, str, str]]:
    """Yield (element, level, reasons, quotations) of each element."""
    for element in visit.elements:
        words = quoted(element.evidence)
        more = f" +{len(words) - _SHOWN}" if len(words) > _SHOWN else ""
        yield element.name, element.level, "; ".join(element.reasons), "; ".join(words[:_SHOWN]) + more


def lines(case: Case) -> Iterator[RenderableType]:
    """Yield the visit of a case as a terminal shows it: one line, and one for each element."""
    visit = case.visit
    if visit is None:
        return
    band = (" ?", "yellow") if visit.band == CHECK else ("", "")
    yield Padding(Text.assemble(("visit  ", "dim"), (number(visit), "bold"), "  ", title(visit), band), (1, 0, 0, 0))
    for name, level, reasons, words in elements(visit):
        line = Text.assemble((f"{name} ", "dim"), (level, "bold"), f": {reasons}")
        line.append(f"  {words}" if words else "", "italic")
        yield Padding(line, (0, 0, 0, 2))


def proof(case: Case) -> RenderableType | None:
    """Return all that is known of the visit of a case: elements with their words, reasons, and what would change it."""
    visit = case.visit
    if visit is None:
        return None
    parts: list[RenderableType] = [
        Text.assemble((number(visit), "bold green"), "  ", (visit.title or title(visit), "bold")),
        Text(f"{title(visit)}; {visit.band}", "cyan"),
    ]
    for name, level, reasons, words in elements(visit):
        parts.append(Text.assemble((f"{name}: ", "dim"), (level, "bold")))
        shown = [Text(reasons), *([Text(words, "italic")] if words else [])]
        parts.append(Padding(Group(*shown), (0, 0, 0, 2)))
    parts += [Text("reasons", "dim"), Padding(Group(*map(Text, visit.reasons)), (0, 0, 0, 2))]
    if visit.changes:
        parts += [Text(LEARN, "dim"), Padding(Group(*map(Text, visit.changes)), (0, 0, 0, 2))]
    return Group(*parts)
