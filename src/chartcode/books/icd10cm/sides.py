"""Laterality: the side that a code is for, and its sibling on another side.

A word alone does not make a side ("left ventricular failure"). A code for the right is one whose title, its side taken
out, is that of a neighbour for the left; a code for an unspecified side is one whose title without that word is that
of a neighbour with a side. Titles are compared as bags of words, because the list varies their order:
"Bilateral primary osteoarthritis of knee", "Unilateral primary osteoarthritis, right knee".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from chartcode.books.icd10cm.tabular import Node, Tabular
from chartcode.model.code import dotted

RIGHT, LEFT, BILATERAL, UNSPECIFIED = SIDES = ("right", "left", "bilateral", "unspecified")

Bag: TypeAlias = tuple[str, ...]

_SIDE = re.compile(r"\b(right|left|unspecified) (?:(?:non-?)?dominant )?side\b")
"""Words that make a side wherever they stand."""

_TAG = re.compile(r", (right|left|unspecified) (?:eye|ear)\b")
"""A side at the end of a title, beside which the list puts a plain ", bilateral"."""

_WORDS = re.compile(r"[a-z0-9]+")
_NAMED = {"right": RIGHT, "left": LEFT, "bilateral": BILATERAL, "both": BILATERAL}
_SMALL = frozenset(
    ("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with", "side", "unilateral")
)


class Sides:
    """Sides of codes, by their titles and those of their neighbours in the tabular list."""

    def __init__(self, tabular: Tabular) -> None:
        """Take the tabular list."""
        self._tabular = tabular
        self._families = lru_cache(maxsize=2_000)(self._family)
        self.side = lru_cache(maxsize=50_000)(self._side)

    def sibling(self, code: str, side: str) -> str | None:
        """Return the code that says of a side what a code says of its own, of none, or of an unspecified one."""
        node, char = self._tabular.split(code)
        if node is None:
            return None
        by_seventh = {found: other for other, found in self._seventh_sides(code).items()}
        if char and by_seventh:
            return code[:-1] + by_seventh[side] if side in by_seventh else None
        bags = [bag for _, bag in _readings(node.title)] + [_bag(_words(node.title))]
        for family in self._around(node):
            for bag in bags:
                for leaf in (bool(node.leaf), True):
                    found = family.get((leaf, bag), {}).get(side)
                    if found:
                        return _with_seventh(found, char)
        return None

    def _side(self, code: str) -> str | None:
        """Return right, left, bilateral or unspecified, or None for a code that takes no side."""
        node, char = self._tabular.split(code)
        if node is None:
            return None
        if char and (found := self._seventh_sides(code)):
            return found.get(char)
        if plain := _SIDE.search(node.title):
            return plain[1]
        for side, bag in _readings(node.title):
            if side == BILATERAL:
                return side
            for family in self._around(node):
                sides = family.get((bool(node.leaf), bag), {})
                if side in sides and (sides.keys() & {RIGHT, LEFT}) - {side}:
                    return side
        return None

    def _seventh_sides(self, code: str) -> dict[str, str]:
        """Return the sides that seventh characters stand for, as they do for diabetic retinopathy; else nothing."""
        found = {c: r[0][0] for c, m in self._tabular.seventh_characters(code).items() if (r := _readings(m))}
        return found if {RIGHT, LEFT} <= set(found.values()) else {}

    def _around(self, node: Node) -> Iterator[Mapping[tuple[bool, Bag], Mapping[str, str]]]:
        """Yield the families in which a node's siblings stand: below itself, its parent and its grandparent."""
        for _ in range(3):
            if node.kind not in {"category", "code"}:
                return
            if not node.leaf:
                yield self._families(node.id)
            if node.parent is None:
                return
            node = self._tabular.by_id(node.parent)

    def _family(self, number: int) -> dict[tuple[bool, Bag], dict[str, str]]:
        found: dict[tuple[bool, Bag], dict[str, str]] = {}
        for node in self._tabular.below(self._tabular.by_id(number)):
            for side, bag in _readings(node.title):
                found.setdefault((bool(node.leaf), bag), {}).setdefault(side, node.code)
        return found


@lru_cache(maxsize=50_000)
def _readings(title: str) -> tuple[tuple[str, Bag], ...]:
    """Return the side that a title may be for, with its other words; nothing if it names none or two.

    Of "unspecified" it may be that one is for the side and one for something else, or that all are for the side.
    """
    words = _words(title)
    named = {_NAMED[word] for word in words if word in _NAMED}
    if len(named) == 1:
        side = named.pop()
        # Guidelines I.C.6.a: where the record is silent, the right side is the dominant one and the left is not.
        silent = {RIGHT: "dominant", LEFT: "nondominant"}.get(side)
        return ((side, _bag([w for w in words if w != silent])),)
    others = [w for w in words if w != UNSPECIFIED]
    count = len(words) - len(others)
    if named or not count:
        return ()
    bags = [_bag(others + [UNSPECIFIED] * left) for left in {min(count - 1, 1), 0}]
    return tuple((UNSPECIFIED, bag) for bag in bags)


def _words(title: str) -> list[str]:
    found = _WORDS.findall(_TAG.sub(r", \1", title.lower().replace("non-dominant", "nondominant")))
    if "both" in found and "and" in found[found.index("both") :]:
        found.remove("both")  # "both ulcer and inflammation" is no side
    return found


def _bag(words: Iterable[str]) -> Bag:
    return tuple(sorted({w.removesuffix("s") for w in words if w not in _NAMED and w not in _SMALL}))


def _with_seventh(code: str, char: str) -> str:
    return dotted(code.replace(".", "").ljust(6, "X") + char) if char else code
