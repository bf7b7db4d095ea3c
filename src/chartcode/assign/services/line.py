"""A service line in the making: its number, modifiers, units and evidence, before it is judged against the others."""

from __future__ import annotations

from dataclasses import dataclass, field

from chartcode.assign.services.passages import TITLE, Passage
from chartcode.model.case import Mention
from chartcode.model.code import CPT, HCPCS

BY = "services"


@dataclass(slots=True)
class Line:
    """One line: ``mentions`` are its words, ``titled`` whether a title of the record names it."""

    code: str
    mentions: list[Mention]
    passages: list[Passage] = field(default_factory=list)
    modifiers: tuple[str, ...] = ()
    units: int = 1
    titled: bool = False
    sure: bool = True
    reasons: list[str] = field(default_factory=list)
    why: str = ""
    marks: frozenset[str] = frozenset()

    @property
    def system(self) -> str:
        """The code's system, by its shape."""
        return CPT if self.code[0].isdigit() else HCPCS


def mention(passage: Passage, start: int, end: int, term: str) -> Mention:
    """Return words of a passage as evidence."""
    return Mention(
        passage.document.span(start, end), term=term, section=passage.section, author=passage.document.author
    )


def line(code: str, passage: Passage, span: tuple[int, int], reason: str = "", **more: object) -> Line:
    """Return a line that rests on words of one passage."""
    made = Line(code, [mention(passage, *span, code)], [passage], titled=passage.zone == TITLE)
    for name, value in more.items():
        setattr(made, name, value)
    if reason:
        made.reasons.append(reason)
    return made
