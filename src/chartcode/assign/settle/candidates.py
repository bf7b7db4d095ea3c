"""Proposals gathered by code: what settle judges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from chartcode.books import ICD10CM
from chartcode.model.case import Mention, Proposal, Rival
from chartcode.model.code import ICD10CM as SYSTEM
from chartcode.model.code import Code


@dataclass(slots=True, eq=False)
class Candidate:
    """One code with all that was proposed for it.

    ``reasons`` say in words what settle did; ``rivals`` are the codes that lost against this one; ``why`` is the
    reason for which it is not reported, empty while it stands; ``score`` is the probability that a coder reports it,
    ``spoken`` that the words mean this code at all; ``row`` are its features.
    """

    code: str
    proposals: list[Proposal]
    reasons: list[str] = field(default_factory=list)
    rivals: list[Rival] = field(default_factory=list)
    why: str = ""
    score: float = 0.0
    spoken: float = 0.0
    row: dict[str, float] = field(default_factory=dict, repr=False)
    _gathered: tuple[int, list[Mention]] | None = field(default=None, repr=False)

    @property
    def mentions(self) -> list[Mention]:
        """All mentions, in order of their place, each once."""
        if self._gathered is None or self._gathered[0] != len(self.proposals):
            seen = {m.span: m for p in self.proposals for m in p.evidence}
            self._gathered = len(self.proposals), [seen[span] for span in sorted(seen)]
        return self._gathered[1]

    @property
    def best(self) -> Proposal:
        """The proposal of the highest confidence."""
        return max(self.proposals, key=lambda p: p.confidence)

    @property
    def first(self) -> int:
        """The offset of the first mention."""
        return min(m.span.start for m in self.mentions)

    def yield_to(self, winner: Candidate, why: str, said: str) -> None:
        """Fall for a reason in favour of another candidate, which keeps this one as a rival with what is said of it."""
        self.why = why
        winner.rivals.append(Rival(Code(SYSTEM, self.code), said))

    def asserted(self, *assertions: str) -> list[Mention]:
        """The mentions that are meant in one of these ways."""
        return [m for m in self.mentions if m.assertion in assertions]


def gather(proposals: Iterable[Proposal]) -> dict[str, Candidate]:
    """Return the candidates by code, in the order in which they were first proposed."""
    found: dict[str, Candidate] = {}
    for proposal in proposals:
        code = proposal.code.value
        if code in found:
            found[code].proposals.append(proposal)
        else:
            found[code] = Candidate(code, [proposal])
    return found


def recoded(proposal: Proposal, code: str, by_way: str, book: ICD10CM, *reasons: str) -> Proposal:
    """Return a proposal for the code that the classification makes of it, by way of a step that the proof names."""
    path = (*proposal.path[:1], by_way, book.title(code))
    return replace(proposal, code=Code(SYSTEM, code), path=path, reasons=(*proposal.reasons, *reasons))
