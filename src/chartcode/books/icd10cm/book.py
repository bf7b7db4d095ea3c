"""What one may ask of ICD-10-CM for a day: the tabular list, its notes resolved to codes, and validity by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chartcode.books.icd10cm import targets as spelling
from chartcode.books.icd10cm.entries import Entry, Note
from chartcode.books.icd10cm.sides import neutral, side_of
from chartcode.books.release import Database, Release
from chartcode.model.code import dotted
from chartcode.model.dates import Interval, fiscal_year

_FULL = 8
"""Characters of a code with a seventh character, its dot counted."""


@dataclass(frozen=True, slots=True)
class _Node:
    id: int
    code: str
    parent: int | None
    last: int
    kind: str
    title: str
    seventh: int | None
    leaf: bool


def version_on(day: date) -> str:
    """Return the name of the edition in force on a day: editions begin on 1 October and 1 April."""
    year = fiscal_year(day)
    return f"FY{year}-04-01" if date(year, 4, 1) <= day <= date(year, 9, 30) else f"FY{year}-10-01"


class ICD10CM:
    """ICD-10-CM on a day. Codes are given and answered as printed (``E11.42``); chapters and blocks by their names.

    ``tabular`` is the release of the tabular list that serves, the nearest on the shelf; ``version`` names the edition
    that governs the day. Validity is exact for every day; titles and notes are those of ``tabular``.
    """

    def __init__(self, day: date, tabular: Release, words: Database, spells: Database) -> None:
        """Take a day, the tabular release, and the files of its words and of the validity of codes."""
        self.day = day
        self.version = version_on(day)
        self.tabular = tabular
        self._words = words
        self._spells = spells
        self._number = int(day.strftime("%Y%m%d"))
        self._node = lru_cache(maxsize=100_000)(self._read_node)
        self._by_id = lru_cache(maxsize=100_000)(self._read_by_id)
        self._spell = lru_cache(maxsize=100_000)(self._read_spell)
        self._own_notes = lru_cache(maxsize=20_000)(self._read_notes)
        self._meanings = lru_cache(maxsize=2_000)(self._read_meanings)
        self.title = lru_cache(maxsize=100_000)(self._title)
        self.children = lru_cache(maxsize=50_000)(self._children)
        self.ancestors = lru_cache(maxsize=50_000)(self._ancestors)
        self.leaves = lru_cache(maxsize=5_000)(self._leaves)
        self.notes = lru_cache(maxsize=50_000)(self._notes)
        self.side = lru_cache(maxsize=50_000)(self._side)

    # --- validity ---------------------------------------------------------------------------------------------

    def valid(self, code: str) -> bool:
        """Tell whether a code is reportable on the day."""
        return self._spell(code) is not None

    def flags(self, code: str) -> frozenset[str]:
        """Return the Medicare Code Editor's flags of a code on the day (names in ``books.build.validity.FLAGS``)."""
        return self._spell(code) or frozenset()

    def validity(self, code: str) -> tuple[Interval, ...]:
        """Return all days on which a code is reportable, first to last; empty if it never was."""
        rows = self._spells.all("SELECT first, last FROM cm WHERE code = ? ORDER BY first", (code,))
        found: list[Interval] = []
        for first, last in rows:
            begin, end = _day(first), None if last is None else _day(last)
            if found and found[-1].last and found[-1].last.toordinal() + 1 == begin.toordinal():
                found[-1] = Interval(found[-1].first, end)
            else:
                found.append(Interval(begin, end))
        return tuple(found)

    def untitled(self, code: str) -> bool:
        """Tell whether a code is valid on the day while the installed tabular list has no title for it."""
        return self.valid(code) and not self.title(code)

    def successors(self, code: str) -> tuple[str, ...]:
        """Return the codes that replaced a code, those valid on the day first (conversion table)."""
        return self._converted("SELECT new, day FROM conversion WHERE old = ?", code)

    def predecessors(self, code: str) -> tuple[str, ...]:
        """Return the codes that a code replaced, those valid on the day first (conversion table)."""
        return self._converted("SELECT old, day FROM conversion WHERE new = ?", code)

    def in_force(self, code: str) -> str | None:
        """Return the code valid on the day that says what a code says, or None.

        Itself; else its only valid predecessor or successor; else, of several, the one that the book calls
        unspecified; else its only valid extension.
        """
        if self.valid(code):
            return code
        for others in (self.predecessors(code), self.successors(code)):
            found = [c for c in others if self.valid(c)]
            if len(found) == 1:
                return found[0]
            vague = [c for c in found if "nspecified" in self.title(c)]
            if found:
                return min(vague, key=lambda c: (len(self.title(c)), c)) if vague else None
        leaves = self.leaves(code)
        return leaves[0] if len(leaves) == 1 else None

    # --- the list ---------------------------------------------------------------------------------------------

    def known(self, code: str) -> bool:
        """Tell whether the installed tabular list has a code, with seventh characters expanded."""
        return self._split(code)[0] is not None

    def entry(self, code: str) -> Entry | None:
        """Return all that the list says of a code, block or chapter, or None if it is not in the list."""
        node, char = self._split(code)
        if node is None:
            return None
        parent = node if char else self._by_id(node.parent) if node.parent else None
        return Entry(
            code,
            self.title(code),
            parent.code if parent else "",
            self.children(code),
            self.valid(code),
            () if char else self._own_notes(node.id),
            self.seventh_characters(code),
        )

    def parent(self, code: str) -> str:
        """Return the node above, or the empty string."""
        node, char = self._split(code)
        if node is None:
            return ""
        above = node if char else self._by_id(node.parent) if node.parent else None
        return above.code if above else ""

    def block(self, code: str) -> str:
        """Return the block of a code, such as ``E08-E13``."""
        return next((n.code for n in self._lineage(code) if n.kind == "block"), "")

    def chapter(self, code: str) -> str:
        """Return the chapter of a code, such as ``4``."""
        return next((n.code for n in self._lineage(code) if n.kind == "chapter"), "")

    def seventh_characters(self, code: str) -> Mapping[str, str]:
        """Return the seventh characters that a code takes, by the nearest node that defines them; empty if none."""
        node, _ = self._split(code)
        return {} if node is None or node.seventh is None else self._meanings(node.seventh)

    def with_side(self, code: str, side: str) -> str | None:
        """Return the sibling of a code on another side (right, left, bilateral, unspecified), or None."""
        wanted = neutral(self.title(code))
        above = self.parent(code)
        for start in (above, self.parent(above) if above else ""):
            for sibling in self._descendants(start) if len(start) >= 3 and "-" not in start else ():  # noqa: PLR2004
                if side_of(self.title(sibling)) == side and neutral(self.title(sibling)) == wanted:
                    return sibling
        return None

    # --- notes ------------------------------------------------------------------------------------------------

    def code_first(self, code: str) -> tuple[Note, ...]:
        """Return the "code first" notes that hold for a code."""
        return self.notes(code, "code first")

    def use_additional(self, code: str) -> tuple[Note, ...]:
        """Return the "use additional code" notes that hold for a code."""
        return self.notes(code, "use additional")

    def code_also(self, code: str) -> tuple[Note, ...]:
        """Return the "code also" notes that hold for a code."""
        return self.notes(code, "code also")

    def covers(self, targets: Iterable[str], code: str) -> bool:
        """Tell whether targets (in the spelling of ``icd10cm.targets``) cover a code."""
        node, _ = self._split(code)
        for target in targets:
            parsed = spelling.parse(target)
            if node is not None:
                first, last = self._split(parsed.first)[0], self._split(parsed.last)[0]
                if first is None or last is None or not first.id <= node.id <= last.last:
                    continue
                full = len(parsed.first) == _FULL
                if full and parsed.first == parsed.last and code != parsed.first:
                    continue
            elif not code.startswith(parsed.first):
                continue
            if parsed.allows(code):
                return True
        return False

    def exclusive_pairs(self, codes: Iterable[str]) -> Iterator[tuple[str, str, Note]]:
        """Yield the pairs that an Excludes1 note keeps apart, each once, with the note (Guidelines I.A.12.a)."""
        listed = list(dict.fromkeys(codes))
        for n, one in enumerate(listed):
            for other in listed[n + 1 :]:
                note = self._excluding(one, other) or self._excluding(other, one)
                if note is not None:
                    yield one, other, note

    def _excluding(self, code: str, other: str) -> Note | None:
        node = self._split(other)[0]
        if node is None:
            return None
        for note in self.notes(code, "excludes1"):
            if any(first <= node.id <= last for first, last in note.spans) and self.covers(note.targets, other):
                # A note at a chapter or category does not part two codes of its own node from each other.
                home = self._split(note.at)[0]
                if home is None or not home.id <= node.id <= home.last or note.at == code:
                    return note
        return None

    # --- reading ----------------------------------------------------------------------------------------------

    def _read_node(self, code: str) -> _Node | None:
        row = self._words.one("SELECT id, code, parent, last, kind, title, seventh, leaf FROM node WHERE code = ?", (code,))
        return _Node(*row) if row else None

    def _read_by_id(self, number: int) -> _Node:
        row = self._words.one("SELECT id, code, parent, last, kind, title, seventh, leaf FROM node WHERE id = ?", (number,))
        if row is None:
            raise LookupError(f"the tabular list has no node {number}; run 'chartcode books list' to see what is installed")
        return _Node(*row)

    def _read_spell(self, code: str) -> frozenset[str] | None:
        row = self._spells.one(
            "SELECT flags FROM cm WHERE code = ? AND first <= ? AND (last IS NULL OR last >= ?)",
            (code, self._number, self._number),
        )
        return None if row is None else frozenset(filter(None, row[0].split("|")))

    def _read_notes(self, number: int) -> tuple[Note, ...]:
        rows = self._words.all("SELECT kind, text, lead, targets, spans FROM note WHERE node = ? ORDER BY id", (number,))
        at = self._by_id(number).code
        return tuple(
            Note(kind, text, at, tuple(filter(None, targets.split("|"))), lead, _spans(spans))
            for kind, text, lead, targets, spans in rows
        )

    def _read_meanings(self, number: int) -> Mapping[str, str]:
        return dict(self._words.all("SELECT char, text FROM seventh WHERE node = ? ORDER BY place", (number,)))

    def _split(self, code: str) -> tuple[_Node | None, str]:
        """Return the node of a code and its seventh character, if that is not a node of its own."""
        node = self._node(code)
        if node is not None:
            return node, ""
        if len(code) == _FULL:
            stem = dotted(code[:-1].rstrip("X")) if code[-2] == "X" else code[:-1]
            node = self._node(stem.rstrip("."))
            if node is None and code[:-1].endswith("X"):
                node = self._node(code[:3])
            if node is not None and node.leaf and node.seventh is not None and code[-1] in self._meanings(node.seventh):
                return node, code[-1]
        return None, ""

    def _lineage(self, code: str) -> Iterator[_Node]:
        """Yield the node of a code and the nodes above it, nearest first."""
        node, _ = self._split(code)
        while node is not None:
            yield node
            node = self._by_id(node.parent) if node.parent else None

    def _title(self, code: str) -> str:
        node, char = self._split(code)
        if node is None:
            return ""
        return f"{node.title}, {self._meanings(node.seventh or 0)[char]}" if char else node.title

    def _children(self, code: str) -> tuple[str, ...]:
        node = self._node(code)
        if node is None:
            return ()
        if not node.leaf:
            return tuple(r[0] for r in self._words.all("SELECT code FROM node WHERE parent = ? ORDER BY id", (node.id,)))
        if node.seventh is None:
            return ()
        stem = code.replace(".", "").ljust(6, "X")
        return tuple(f"{stem[:3]}.{stem[3:]}{char}" for char in self._meanings(node.seventh))

    def _ancestors(self, code: str) -> tuple[str, ...]:
        nodes = [n.code for n in self._lineage(code) if n.kind in {"code", "category"}]
        return tuple(c for c in nodes if c != code)

    def _descendants(self, code: str) -> Iterator[str]:
        for child in self.children(code):
            yield child
            yield from self._descendants(child)

    def _leaves(self, code: str) -> tuple[str, ...]:
        if self.valid(code):
            return (code,)
        found = tuple(c for c in self._descendants(code) if self.valid(c))
        if found or len(code) < 3:  # noqa: PLR2004 - categories have three characters
            return found
        # Codes born after the installed list, or gone before it, are known by their beginnings alone.
        rows = self._spells.all(
            "SELECT code FROM cm WHERE code >= ? AND code < ? AND first <= ? AND (last IS NULL OR last >= ?) ORDER BY code",
            (code if len(code) > 3 else f"{code}.", f"{code}~", self._number, self._number),  # noqa: PLR2004
        )
        return tuple(r[0] for r in rows)

    def _notes(self, code: str, kind: str) -> tuple[Note, ...]:
        return tuple(note for node in self._lineage(code) for note in self._own_notes(node.id) if note.kind == kind)

    def _side(self, code: str) -> str | None:
        return side_of(self.title(code))

    def _converted(self, question: str, code: str) -> tuple[str, ...]:
        found = list(dict.fromkeys(r[0] for r in self._spells.all(question + " ORDER BY day DESC", (code,))))
        return tuple(sorted((c for c in found if c != code), key=lambda c: not self.valid(c)))


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (span.split(":") for span in text.split("|") if span)
    return tuple((int(first), int(last)) for first, last in pairs)
