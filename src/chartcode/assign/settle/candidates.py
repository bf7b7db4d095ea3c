"""Proposals gathered by code: what settle judges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from chartcode.model.case import Mention, Proposal, Rival


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
