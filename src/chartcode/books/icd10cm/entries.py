"""The words of the tabular list: an entry, and a note that stands at one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Note:
    """A note of the tabular list.

    ``kind`` is one of "inclusion term", "includes", "excludes1", "excludes2", "code first", "use additional", "code
    also", "notes", "seventh character"; ``at`` the code, block or chapter that carries it; ``targets`` what it points
    at, in the spelling of ``chartcode.books.icd10cm.targets``; ``lead`` the line above it, such as "code to identify:".
    """

    kind: str
    text: str
    at: str
    targets: tuple[str, ...] = ()
    lead: str = ""
    spans: tuple[tuple[int, int], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter, block, category or code of the tabular list.

    ``billable`` tells whether it is reportable on the book's day; ``notes`` are its own, ``inherited`` those of what it
    stands under, nearest first; ``seventh`` the meanings of the seventh characters that hold here (its own or those of
    the nearest ancestor that defines some); ``sides`` the codes that say the same of another side, by side.
    """

    code: str
    title: str
    parent: str
    children: tuple[str, ...]
    billable: bool
    notes: tuple[Note, ...] = ()
    seventh: Mapping[str, str] = field(default_factory=dict)
    inherited: tuple[Note, ...] = ()
    sides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Demand:
    """A note that asks for another code, and the codes of the day that meet it; none where it names them in words."""

    note: Note
    codes: tuple[str, ...]
