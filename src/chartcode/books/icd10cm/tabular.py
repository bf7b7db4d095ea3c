"""The tabular list: its nodes, titles, notes and seventh characters. It knows no day; one serves all of them.

Nodes are numbered in the list's order, so "below a node" and "from E08 to E13" are comparisons of two numbers. Codes
with a seventh character are no nodes: a leaf and the seventh characters of the nearest ancestor that defines some
make them, with the placeholder X up to the sixth place (Guidelines I.A.4 and I.A.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from chartcode.books.icd10cm import targets as spelling
from chartcode.books.icd10cm.entries import Note
from chartcode.books.release import Database, Release
from chartcode.model.code import dotted

_FULL = 8
"""Characters of a code with a seventh character, its dot counted."""

_NODE = "SELECT id, code, parent, last, kind, title, seventh, leaf FROM node"


@dataclass(frozen=True, slots=True)
class Node:
    """A chapter, block, category or code: its number, that of its last descendant, and what the list says of it.

    ``kind`` is "chapter", "block", "category" or "code"; ``seventh`` the number of the node whose seventh characters
    hold here.
    """

    id: int
    code: str
    parent: int | None
    last: int
    kind: str
    title: str
    seventh: int | None
    leaf: bool


class Tabular:
    """Questions to a release of the tabular list. Answers are kept, as the same few thousand codes are asked about."""

    def __init__(self, release: Release, pages: Database) -> None:
        """Take the release and its opened file."""
        self.release = release
        self._pages = pages
        self._read: dict[str, dict[str, Node]] = {}
        self._numbered: dict[int, Node] = {}
        self.split = lru_cache(maxsize=100_000)(self._split)
        self.lineage = lru_cache(maxsize=50_000)(self._lineage)
        self.children = lru_cache(maxsize=50_000)(self._children)
        self.notes = lru_cache(maxsize=50_000)(self._notes)
        self.span = lru_cache(maxsize=20_000)(self._span)
        self.own_notes = lru_cache(maxsize=20_000)(self._own_notes)
        self.by_id = lru_cache(maxsize=50_000)(self._by_id)
        self.meanings = lru_cache(maxsize=2_000)(self._meanings)

    def title(self, code: str) -> str:
        """Return a title as the official order file prints it, or '' for a code that is not in the list."""
        node, char = self.split(code)
        if node is None:
            return ""
        return f"{node.title}, {self.meanings(node.seventh)[char]}" if char and node.seventh else node.title

    def seventh_characters(self, code: str) -> Mapping[str, str]:
        """Return the seventh characters that hold for a code, or an empty mapping."""
        node, _ = self.split(code)
        return _NONE if node is None or node.seventh is None else self.meanings(node.seventh)

    def descendants(self, code: str) -> Iterator[str]:
        """Yield everything below a code in the list's order, seventh characters expanded."""
        for child in self.children(code):
            yield child
            if len(child) < _FULL:  # nothing stands under a seventh character, so it need not be asked
                yield from self.descendants(child)

    def chapters(self) -> tuple[str, ...]:
        """Return the names of the chapters in the list's order."""
        return tuple(r[0] for r in self._pages.all("SELECT code FROM node WHERE kind = 'chapter' ORDER BY id"))

    def parents(self) -> list[tuple[str, str]]:
        """Return (code, what it stands under) of every category and code, in the list's order."""
        question = (
            "SELECT node.code, above.code FROM node JOIN node AS above ON above.id = node.parent"
            " WHERE node.kind IN ('category', 'code') ORDER BY node.id"
        )
        return [(code, parent) for code, parent in self._pages.all(question)]

    def every_note(self) -> list[tuple[str, str, str]]:
        """Return (where it stands, kind, text) of every note, in the list's order."""
        question = "SELECT node.code, note.kind, note.text FROM note JOIN node ON node.id = note.node ORDER BY note.id"
        return [(at, kind, text) for at, kind, text in self._pages.all(question)]

    def below(self, node: Node) -> list[Node]:
        """Return the nodes below a node in the list's order."""
        return [self.by_id(number) for number in range(node.id + 1, node.last + 1)]

    def covers(self, targets: Iterable[str], code: str) -> bool:
        """Tell whether targets (in the spelling of ``icd10cm.targets``) cover a code.

        A target covers what lies at it or below it, never what lies above. A code that the list does not have yet is
        placed by its longest known beginning.
        """
        lineage = self.lineage(code)
        return bool(lineage) and any(self._covers(target, lineage[0].id, code) for target in targets)

    def covered(self, target: str) -> Iterator[str]:
        """Yield the codes that a target covers, seventh characters expanded, in the list's order.

        Raises:
            ValueError: the target is not in the spelling of ``icd10cm.targets``.
        """
        first, last = self.span(target)
        rows = self._pages.all("SELECT id, code FROM node WHERE leaf AND id BETWEEN ? AND ? ORDER BY id", (first, last))
        for number, stem in rows:
            yield from (code for code in self.children(stem) or (stem,) if self._covers(target, number, code))

    def _covers(self, target: str, number: int, code: str) -> bool:
        first, last = self.span(target)
        if not first <= number <= last:
            return False
        parsed = spelling.parse(target)
        if len(parsed.first) == _FULL and self.split(parsed.first)[1] and code != parsed.first:
            return False
        return parsed.allows(code)

    # --- reading ----------------------------------------------------------------------------------------------

    def _node(self, code: str) -> Node | None:
        """Return the node of a code. A category is read whole: who asks for a code soon asks for its neighbours."""
        start = code[:3]
        if start not in self._read:
            # "-" and "." come right before "/": all of E11, E11.4 and E08-E13 begin with the three characters.
            rows = self._pages.all(_NODE + " WHERE code >= ? AND code < ?", (start, f"{start}/"))
            if not rows:
                return None
            self._read[start] = {node.code: node for node in (Node(*row) for row in rows)}
            self._numbered |= {node.id: node for node in self._read[start].values()}
        return self._read[start].get(code)

    def _by_id(self, number: int) -> Node:
        if number in self._numbered:
            return self._numbered[number]
        row = self._pages.one(_NODE + " WHERE id = ?", (number,))
        if row is None:
            raise LookupError(f"{self._pages.path} has no node {number}; delete the file, and it is compiled anew")
        return Node(*row)

    def _split(self, code: str) -> tuple[Node | None, str]:
        """Return the node of a code and its seventh character, if that is not part of the node; else (None, '')."""
        node = self._node(code)
        if node is not None or len(code) != _FULL:
            return node, ""
        stem = code[:-1]
        while (node := self._node(dotted(stem))) is None and stem.endswith("X"):
            stem = stem[:-1]
        if node is None or not node.leaf or node.seventh is None or code[-1] not in self.meanings(node.seventh):
            return None, ""
        return node, code[-1]

    def _lineage(self, code: str) -> tuple[Node, ...]:
        """Return the node of a code and those above it, nearest first; for an unknown code, of its known beginning."""
        node, _ = self.split(code)
        bare = code.replace(".", "")
        while node is None and len(bare) > 3:
            bare = bare[:-1]
            node = self._node(dotted(bare))
        found = []
        while node is not None:
            found.append(node)
            node = self.by_id(node.parent) if node.parent else None
        return tuple(found)

    def _children(self, code: str) -> tuple[str, ...]:
        node, char = self.split(code)
        if node is None or char:
            return ()
        if not node.leaf:
            if node.kind in {"category", "code"}:  # whose nodes are read already
                return tuple(child.code for child in self.below(node) if child.parent == node.id)
            return tuple(
                r[0] for r in self._pages.all("SELECT code FROM node WHERE parent = ? ORDER BY id", (node.id,))
            )
        if node.seventh is None:
            return ()
        stem = dotted(code.replace(".", "").ljust(6, "X"))
        return tuple(stem + char for char in self.meanings(node.seventh))

    def _own_notes(self, number: int) -> tuple[Note, ...]:
        rows = self._pages.all(
            "SELECT kind, text, lead, targets, spans FROM note WHERE node = ? ORDER BY id", (number,)
        )
        at = self.by_id(number).code
        return tuple(
            Note(kind, text, at, tuple(filter(None, targets.split("|"))), lead, _spans(spans))
            for kind, text, lead, targets, spans in rows
        )

    def _notes(self, code: str, kind: str) -> tuple[Note, ...]:
        """Return the notes of a kind that hold for a code: its own and inherited ones, nearest first."""
        return tuple(note for node in self.lineage(code) for note in self.own_notes(node.id) if note.kind == kind)

    def _meanings(self, number: int) -> Mapping[str, str]:
        rows = self._pages.all("SELECT char, text FROM seventh WHERE node = ? ORDER BY place", (number,))
        return MappingProxyType(dict(rows))

    def _span(self, target: str) -> tuple[int, int]:
        """Return the numbers of the first and last node of a target; (1, 0), which holds nothing, if it has none."""
        parsed = spelling.parse(target)
        first, last = self.split(parsed.first)[0], self.split(parsed.last)[0]
        if first is not None and last is None:
            # A range may outlive its end: "R10.1-R10.4" ends with the last neighbour that is left.
            row = self._pages.one(
                "SELECT MAX(code) FROM node WHERE code BETWEEN ? AND ? AND LENGTH(code) = ?",
                (parsed.first, parsed.last, len(parsed.last)),
            )
            last = self.split(row[0])[0] if row and row[0] else None
        return (first.id, last.last) if first and last else (1, 0)


_NONE: Mapping[str, str] = MappingProxyType({})


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (span.split(":") for span in text.split("|") if span)
    return tuple((int(first), int(last)) for first, last in pairs)
