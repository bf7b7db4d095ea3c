"""A note and what a coder would report for it, in one shape for all sets, so that one scorer serves them all."""

from __future__ import annotations

from dataclasses import dataclass, field

from chartcode.model.code import dotted


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that belongs into the answer: a diagnosis, procedure or service.

    ``accepted`` are the code and the alternatives that a scorer takes in its place, the code first; an item that is
    not ``required`` may be reported or left out. ``evidence`` are the note's words for it, ``modifiers``
    those of a service line.
    """

    accepted: tuple[str, ...]
    required: bool = True
    evidence: tuple[str, ...] = field(default=(), repr=False)
    why: str = field(default="", repr=False)
    modifiers: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code itself."""
        return self.accepted[0]


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that a naive system codes wrongly, and the wrong code."""

    wrong: str
    quote: str = field(default="", repr=False)
    why: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its key. ``em`` is the level of the visit, or None where the set does not say.

    ``services`` are CPT and HCPCS items, E/M codes apart; ``pcs`` ICD-10-PCS items.
    """

    id: str
    text: str = field(repr=False)
    items: tuple[Item, ...] = ()
    setting: str | None = None
    kind: str = ""
    traps: tuple[Trap, ...] = ()
    services: tuple[Item, ...] = ()
    pcs: tuple[Item, ...] = ()
    em: str | None = None
    em_code: str = ""
    medications: tuple[str, ...] = field(default=(), repr=False)
    equipment: tuple[str, ...] = field(default=(), repr=False)


def item(code: str) -> Item:
    """Return a required ICD-10-CM item without alternatives, however the code is written."""
    return Item((dotted(code),))


def cut(items: tuple[Item, ...], length: int) -> tuple[Item, ...]:
    """Return the items with all codes cut to a number of characters; items that become the same are one item.

    Evidence is dropped: it belongs to the full codes.
    """
    short = (Item(tuple(dict.fromkeys(c[:length] for c in i.accepted)), i.required) for i in items)
    return tuple(dict.fromkeys(short))
