"""What was found to identify someone, and the text with it replaced: pieces, and where each old offset lies now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

NAME, PLACE, DATE, AGE, PHONE, EMAIL, URL, ADDRESS, NUMBER, FACILITY = (
    "name", "place", "date", "age", "phone", "email", "url", "address", "number", "facility",
)  # fmt: skip
KINDS = (NAME, PLACE, DATE, AGE, PHONE, EMAIL, URL, ADDRESS, NUMBER, FACILITY)


class Finding(NamedTuple):
    """Characters ``start`` to ``end`` that identify, what they are, and what stands in their place."""

    start: int
    end: int
    kind: str
    instead: str


@dataclass(frozen=True)
class Replaced:
    """A text after its findings were replaced, and the way from old offsets to new ones."""

    text: str = field(repr=False)
    findings: tuple[Finding, ...] = field(repr=False)
    edges: tuple[tuple[int, int], ...] = field(repr=False)
    """Old and new offset of each edge between kept and replaced text, in order."""

    def at(self, offset: int, *, end: bool = False) -> int:
        """Return where an old offset lies now; within a replaced piece, its beginning, or its end for an ``end``."""
        place = bisect_right(self.edges, (offset, 1 << 62)) - 1
        if place < 0:
            return offset
        old, new = self.edges[place]
        if place % 2:  # behind a replaced piece
            return new + (offset - old)
        return new if offset == old or not end else self.edges[place + 1][1]


def disjoint(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in order; what overlaps becomes one, of the kind that begins first, then of the longest."""
    open_: Finding | None = None
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if open_ is None or finding.start >= open_.end:
            if open_ is not None:
                yield open_
            open_ = finding
        elif finding.end > open_.end:
            open_ = open_._replace(end=finding.end)
    if open_ is not None:
        yield open_


def replaced(text: str, findings: Iterable[Finding]) -> Replaced:
    """Return a text with its findings replaced."""
    kept = tuple(disjoint(findings))
    out: list[str] = []
    edges: list[tuple[int, int]] = []
    old = new = 0
    for finding in kept:
        out += [text[old : finding.start], finding.instead]
        new += finding.start - old
        edges.append((finding.start, new))
        new += len(finding.instead)
        edges.append((finding.end, new))
        old = finding.end
    out.append(text[old:])
    return Replaced("".join(out), kept, tuple(edges))
