"""Which of the codes reported together an Excludes1 note keeps apart (Guidelines I.A.12.a)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from chartcode.books.icd10cm.entries import Note
from chartcode.books.icd10cm.tabular import Tabular


@dataclass(frozen=True, slots=True)
class _Exclusions:
    """The node numbers that a code's notes exclude, as disjoint ranges in order, and the notes, nearest first."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    notes: tuple[Note, ...]


class Exclusions:
    """The pairwise question, answered in well under a millisecond for the 25 diagnoses of a claim."""

    def __init__(self, tabular: Tabular) -> None:
        """Take the tabular list."""
        self._tabular = tabular
        self._of = lru_cache(maxsize=50_000)(self._exclusions)

    def pairs(self, codes: Iterable[str]) -> Iterator[tuple[str, str, Note]]:
        """Yield each pair of codes that a note at either keeps apart, once, in the order given, with the note."""
        listed = [(code, lineage[0].id) for code in dict.fromkeys(codes) if (lineage := self._tabular.lineage(code))]
        held = [self._of(code) for code, _ in listed]
        for n, (one, here) in enumerate(listed):
            for m in range(n + 1, len(listed)):
                other, there = listed[m]
                note = self._note(held[n], there, other) or self._note(held[m], here, one)
                if note is not None:
                    yield one, other, note

    def _note(self, held: _Exclusions, number: int, code: str) -> Note | None:
        at = bisect_right(held.starts, number) - 1
        if at < 0 or number > held.ends[at]:
            return None
        return next((note for note in held.notes if self._tabular.covers(note.targets, code)), None)

    def _exclusions(self, code: str) -> _Exclusions:
        notes = [n for n in self._tabular.notes(code, "excludes1") if n.targets and not self._inward(n)]
        starts: list[int] = []
        ends: list[int] = []
        for first, last in sorted(span for note in notes for span in note.spans):
            if ends and first <= ends[-1] + 1:
                ends[-1] = max(ends[-1], last)
            else:
                starts.append(first)
                ends.append(last)
        return _Exclusions(tuple(starts), tuple(ends), tuple(notes))

    def _inward(self, note: Note) -> bool:
        """Tell whether a note points into the very part of the list at which it stands.

        Such a note sends the reader to a better place in the same part (D72 to D72.824); it parts no two codes.
        """
        home = self._tabular.lineage(note.at)[0]
        return any(home.id <= first and last <= home.last for first, last in note.spans)
