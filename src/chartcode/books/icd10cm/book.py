"""What one may ask of ICD-10-CM for a day: the tabular list, its notes resolved to codes, and validity by day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from chartcode.books.icd10cm.edition import Edition
from chartcode.books.icd10cm.entries import Demand, Entry, Note
from chartcode.books.icd10cm.sides import SIDES
from chartcode.books.parameters import Parameters
from chartcode.books.release import Release
from chartcode.model.dates import Interval

_FEW = 500
"""Codes that are asked about one by one; of more, all that are valid are taken at once."""


class ICD10CM:
    """ICD-10-CM on a day. Codes are given and answered as printed (``E11.42``); chapters and blocks by their names.

    Validity and flags are exact for every day. Titles and notes are those of ``tabular``, the nearest release of the
    tabular list on the shelf; ``version`` names the edition that governs the day. A code that the list does not have
    (yet) inherits the notes of its longest known beginning.
    """

    def __init__(self, day: date, edition: Edition) -> None:
        """Take a day and the opened books."""
        self.day = day
        self._list = edition.tabular
        self._validity = edition.validity
        self._order = edition.order
        self._sides = edition.sides
        self._exclusions = edition.exclusions

    @cached_property
    def version(self) -> str:
        """The edition that governs the day, such as ``FY2026-04-01``."""
        if self._order is not None:
            return self._order.release.version
        return str(Parameters(self.day)["icd10cm.edition"])

    @property
    def tabular(self) -> Release:
        """The release of the tabular list that serves."""
        return self._list.release

    @property
    def order(self) -> Release | None:
        """The installed order file that serves; None where titles and validity are the embedded ones."""
        return self._order.release if self._order else None

    # --- validity ---------------------------------------------------------------------------------------------

    def valid(self, code: str) -> bool:
        """Tell whether a code is reportable on the day."""
        return self._validity.flags(code, self.day) is not None

    def flags(self, code: str) -> frozenset[str]:
        """Return the Medicare Code Editor's flags of a code on the day.

        In our words, which ``chartcode.books.build.validity.FLAGS`` maps from the editor's: among them "manifestation",
        "unacceptable principal", "external cause", "questionable admission", "unspecified laterality", "newborn",
        "pediatric", "maternity", "adult", "female" and "male" (the last two until the sex edits ended).
        """
        return self._validity.flags(code, self.day) or frozenset()

    def ages(self, flag: str) -> tuple[int, int] | None:
        """Return the ages in years, both included, that the code editor expects for a flag on the day, or None."""
        return self._validity.ages(flag, self.day)

    def validity(self, code: str) -> tuple[Interval, ...]:
        """Return all days on which a code is reportable, first to last; empty if it never was."""
        return self._validity.days(code)

    def untitled(self, code: str) -> bool:
        """Tell whether a code is valid on the day while the installed tabular list has no title for it."""
        return self.valid(code) and not self.title(code)

    def successors(self, code: str) -> tuple[str, ...]:
        """Return the codes that replaced a code or were split off from it, those valid on the day first."""
        return self._valid_first(self._validity.successors(code))

    def predecessors(self, code: str) -> tuple[str, ...]:
        """Return the codes that a code replaced or was split off from, those valid on the day first."""
        return self._valid_first(self._validity.predecessors(code))

    def in_force(self, code: str) -> str | None:
        """Return the code valid on the day that says what a code says, or None if several might.

        The first of these that leads to any code decides: the code itself; what it came from, if its days are still to
        come; what it became, if they are over; the codes that it is the beginning of. Of several successors or
        extensions, the one whose title is the old one and "unspecified" says as much as the old code did (G35 is
        G35.D from 2025-10-01); several predecessors are never told apart.
        """
        if self.valid(code):
            return code
        days = self.validity(code)
        if days and days[0].first > self.day:
            before = self._reached(code, self._validity.replaced, self._validity.predecessors)
            if before:
                return before[0] if len(before) == 1 else None
        after = self._reached(code, self._validity.replacements, self._validity.successors) if days else ()
        if not after and not self._is_part(code):
            after = self.leaves(code)
        return after[0] if len(after) == 1 else self._as_vague(code, after)

    def leaves(self, code: str) -> tuple[str, ...]:
        """Return the codes valid on the day at or under a code, in the list's order."""
        if self.valid(code):
            return (code,)
        if self._is_part(code):
            # One question for all codes: chapter 19 alone has more than fifty thousand.
            valid = frozenset(self._validity.codes("", self.day))
            return tuple(c for c in self._list.descendants(code) if c in valid)
        known = self.known(code)
        listed = tuple(c for c in self._list.descendants(code) if self.valid(c)) if known else ()
        # Codes born after the installed list, or gone before it, are known by their beginnings alone.
        others = self._validity.codes(code if len(code) > 3 else f"{code}.", self.day)
        return (*listed, *sorted(set(others) - set(listed)))

    # --- the list ---------------------------------------------------------------------------------------------

    def known(self, code: str) -> bool:
        """Tell whether the installed tabular list has a code, with seventh characters expanded."""
        return self._list.split(code)[0] is not None

    def title(self, code: str) -> str:
        """Return a title by the installed order file, else as it would print it, or '' if neither book has one."""
        return (self._order.title(code) if self._order else "") or self._list.title(code)

    def entries(self) -> Iterator[tuple[str, str, bool]]:
        """Yield (code, title, reportable on the day) of every category, heading and code, in the list's order."""
        if self._order is not None:
            yield from self._order.entries()
            return
        valid = frozenset(self._validity.codes("", self.day))
        for chapter in self._list.chapters():
            for code in self._list.descendants(chapter):
                if "-" not in code:
                    yield code, self._list.title(code), code in valid

    def entry(self, code: str) -> Entry | None:
        """Return all that the list says of a code, block or chapter, or None if it is not in the list."""
        node, char = self._list.split(code)
        if node is None:
            return None
        return Entry(
            code,
            self.title(code),
            self.parent(code),
            self.children(code),
            self.valid(code),
            () if char else self._list.own_notes(node.id),
            self.seventh_characters(code),
            tuple(note for above in self._list.lineage(code)[not char :] for note in self._list.own_notes(above.id)),
            self.sides(code),
        )

    def parent(self, code: str) -> str:
        """Return the node above, or the empty string."""
        node, char = self._list.split(code)
        if node is None:
            return ""
        above = node if char else self._list.by_id(node.parent) if node.parent else None
        return above.code if above else ""

    def children(self, code: str) -> tuple[str, ...]:
        """Return what stands directly under a code, block or chapter, seventh characters as the last step."""
        return self._list.children(code)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """Return the subcategories and the category over a code, nearest first."""
        return tuple(n.code for n in self._list.lineage(code) if n.kind in {"code", "category"} and n.code != code)

    def block(self, code: str) -> str:
        """Return the innermost block of a code, such as ``E08-E13``, or the empty string."""
        return next((n.code for n in self._list.lineage(code) if n.kind == "block"), "")

    def chapter(self, code: str) -> str:
        """Return the chapter of a code, such as ``4``, or the empty string."""
        return next((n.code for n in self._list.lineage(code) if n.kind == "chapter"), "")

    def seventh_characters(self, code: str) -> Mapping[str, str]:
        """Return the seventh characters that a code takes, by the nearest node that defines them; empty if none."""
        return self._list.seventh_characters(code)

    def side(self, code: str) -> str | None:
        """Return the side that a code is for: right, left, bilateral or unspecified; None if it takes no side."""
        return self._sides.side(code)

    def with_side(self, code: str, side: str) -> str | None:
        """Return the code that says the same of another side (right, left, bilateral, unspecified), or None."""
        return self._sides.sibling(code, side)

    def sides(self, code: str) -> Mapping[str, str]:
        """Return the codes valid on the day that say the same of other sides, by side; empty if it takes no side."""
        own = self.side(code)
        found = {side: self.with_side(code, side) for side in SIDES if own and side != own}
        return {side: other for side, other in found.items() if other and self.leaves(other)}

    # --- notes ------------------------------------------------------------------------------------------------

    def notes(self, code: str, kind: str) -> tuple[Note, ...]:
        """Return the notes of a kind that hold for a code, its own and inherited ones, nearest first."""
        return self._list.notes(code, kind)

    def code_first(self, code: str) -> tuple[Note, ...]:
        """Return the "code first" notes that hold for a code."""
        return self._list.notes(code, "code first")

    def use_additional(self, code: str) -> tuple[Note, ...]:
        """Return the "use additional code" notes that hold for a code."""
        return self._list.notes(code, "use additional")

    def code_also(self, code: str) -> tuple[Note, ...]:
        """Return the "code also" notes that hold for a code."""
        return self._list.notes(code, "code also")

    def covers(self, targets: Iterable[str], code: str) -> bool:
        """Tell whether targets (in the spelling of ``icd10cm.targets``) cover a code.

        Raises:
            ValueError: a target is not in that spelling.
        """
        return self._list.covers(targets, code)

    def codes(self, note: Note) -> tuple[str, ...]:
        """Return the codes valid on the day that a note points at, in the list's order, each once."""
        found = dict.fromkeys(code for target in note.targets for code in self._list.covered(target))
        if len(found) < _FEW:
            return tuple(filter(self.valid, found))
        valid = frozenset(self._validity.codes("", self.day))
        return tuple(code for code in found if code in valid)

    def must_follow(self, code: str) -> tuple[Demand, ...]:
        """Return what has to be coded before a code: its "code first" notes, each with the codes that meet it.

        Guidelines I.A.13: the underlying condition is sequenced first.
        """
        return tuple(Demand(note, self.codes(note)) for note in self.code_first(code))

    def wants(self, code: str) -> tuple[Demand, ...]:
        """Return what is to be coded besides: "use additional" and "code also" notes, each with the codes that meet it.

        Guidelines I.A.17: a "code also" note says nothing of the sequence.
        """
        return tuple(Demand(note, self.codes(note)) for note in (*self.use_additional(code), *self.code_also(code)))

    def exclusive_pairs(self, codes: Iterable[str]) -> Iterator[tuple[str, str, Note]]:
        """Yield the pairs that an Excludes1 note keeps apart, each once, with the note (Guidelines I.A.12.a)."""
        return self._exclusions.pairs(codes)

    def _is_part(self, code: str) -> bool:
        """Tell whether a name is that of a chapter or block, which are no beginnings of codes."""
        node, _ = self._list.split(code)
        return node is not None and node.kind in {"chapter", "block"}

    def _valid_first(self, codes: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda c: not self.valid(c)))

    def _reached(self, code: str, *steps: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        """Return the valid codes fewest steps away, by the first kind of step that leads to any.

        A code may have been replaced more than once.
        """
        for step in steps:
            seen, edge = {code}, [code]
            while edge:
                edge = [c for c in dict.fromkeys(c for e in edge for c in step(e)) if c not in seen]
                seen.update(edge)
                if found := tuple(c for c in edge if self.valid(c)):
                    return found
        return ()

    def _as_vague(self, code: str, others: Iterable[str]) -> str | None:
        """Return the one of several codes that adds nothing to a code's title but that more is not specified."""
        said = Counter(_words(self.title(code)))
        added: dict[str, int] = {}
        for other in others:
            more = Counter(_words(self.title(other))) - said
            seventh = self.seventh_characters(other).get(other[-1], "") if self._list.split(other)[1] else "unspecified"
            if (
                said
                and "unspecified" in more
                and "unspecified" in seventh
                and not said - Counter(_words(self.title(other)))
            ):
                added[other] = more.total()
        least = [other for other, count in added.items() if count == min(added.values())]
        return least[0] if len(least) == 1 else None


def _words(title: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", title.lower())
