"""Our own words for procedures, and what each says of the axes of ICD-10-PCS.

A row of ``terms/procedures/*.tsv`` has phrases (parted by ``|``; one that begins with ``~`` is a regular expression),
patterns of codes (parted by spaces; several make several codes), and options. A pattern has seven elements:

    0        the value itself
    [CD]     a value by side: right, left, and, if there are three, bilateral
    (a:0,b c:4,:8)  the value after the first cue that the record says, else the one without a cue, else open
    @ in it: (@:0)  the approach that the record says, else the one named, else open
    *        body system or body part, from the words for a place near by; option ``part=`` names the classes looked at
    ?        open: another part of the record decides (hours, vessels)

A dash in the place of patterns is for what is known and never coded. A cue is a name from ``cues.tsv``, or simply the
beginning of words. Options: ``kind=`` what it is for policies (``imaging``, ``bedside``, ``drug``, ``transfusion``),
``minor`` for what goes uncoded beside a greater procedure of the same place (B3.11a), ``body`` for what is read in the
description of an operation too, ``stay`` for what is a part of the anesthesia in one, ``device`` for words of a device
that may only be there, ``told`` for words that may name a finding, ``deepest`` for layers (B3.5), ``default=`` the body
part that is meant where none is named.
``body_parts.tsv`` has words for places, with body system and body part by class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources

import numpy as np
import numpy.typing as npt

from chartcode.books.icd10pcs import Pages
from chartcode.books.indexed import indexed_by_place, indexed_operations, indexed_places
from chartcode.books.keytable import KeyTable
from chartcode.books.lexicon import Lexicon
from chartcode.books.words import forms

LITERAL, SIDE, CUES, APPROACH, PART, LEFT_OPEN = "literal", "side", "cues", "approach", "part", "open"

NEVER = "-"
_ELEMENT = re.compile(r"\[[^\]]+\]|\([^)]*\)|[0-9A-Z*?]")
_FOLDER = ("terms", "procedures")


@dataclass(frozen=True, slots=True)
class Element:
    """What decides one axis: a kind, and the values that it chooses among, each with its cue (empty: without one).

    For ``LITERAL`` there is one value; for ``SIDE`` two or three, right, left and bilateral; a value may itself be two
    or three characters in brackets, chosen by side.
    """

    kind: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One row: a procedure's phrases, the patterns of its codes, and its options."""

    name: str
    patterns: tuple[tuple[Element, ...], ...]
    options: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the procedure is for policies; empty for an operation."""
        return self.options.get("kind", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Words for a place in the body: body system and body part (``J8``, ``Q[89]``) by class."""

    name: str
    values: dict[str, str]


class Operations:
    """All rows, by their phrases."""

    def __init__(self, lexicon: Lexicon, pages: Pages | None = None) -> None:
        """Read the tables; ``lexicon`` says how words count, ``pages`` add what the installed book itself names."""
        self._lexicon = lexicon
        self.cues = dict(_cues())
        self.patterns: list[tuple[re.Pattern[str], Operation]] = []
        found: dict[int, Operation | Place] = {}
        rows: list[tuple[Operation | Place, list[str]]] = [*_operations(), *_places(), *_indexed(pages)]
        for entry, phrases in rows:
            for phrase in phrases:
                words = forms(phrase)
                if phrase.startswith("~") and isinstance(entry, Operation):
                    self.patterns.append((re.compile(phrase[1:]), entry))
                elif any(len(form) > 1 for form in words):  # "i d" would be every "d"
                    found.setdefault(lexicon.key(words), entry)
        order = sorted(found)
        self._table = KeyTable(np.array(order, dtype=np.uint64))
        self._entries = [found[key] for key in order]

    def hash(self, form: str) -> int:
        """Return a word's share in a key."""
        return self._lexicon.hash(form)

    def find(self, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """Return for each key the number of its entry, or -1."""
        return self._table.find(keys)

    def entry(self, number: int) -> Operation | Place:
        """Return what a phrase stands for."""
        return self._entries[number]

    def __iter__(self) -> Iterator[Operation]:
        """Yield every operation once."""
        return iter({id(e): e for e in self._entries if isinstance(e, Operation)}.values())


def _lines(name: str) -> Iterator[list[str]]:
    base = resources.files("chartcode.books").joinpath(*_FOLDER)
    for line in (base / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


def _names() -> list[str]:
    """Return the names of the files that hold procedures."""
    base, others = resources.files("chartcode.books").joinpath(*_FOLDER), ("cues.tsv", "body_parts.tsv")
    return sorted(f.name for f in base.iterdir() if f.name.endswith(".tsv") and f.name not in others)


def _operations() -> Iterator[tuple[Operation, list[str]]]:
    for name in _names():
        for phrases, codes, *rest in _lines(name):
            options = dict(option.partition("=")[::2] for option in (rest[0].split() if rest else ()))
            words = phrases.split("|")
            yield Operation(words[0], tuple(pattern(code) for code in split(codes)), options), words


def _places() -> Iterator[tuple[Place, list[str]]]:
    for phrases, values in _lines("body_parts.tsv"):
        by_class = dict(value.partition("=")[::2] for value in values.split())
        words = phrases.split("|")
        yield Place(words[0], by_class), words


def _indexed(pages: Pages | None) -> Iterator[tuple[Operation | Place, list[str]]]:
    """Yield what the index and the body part key name; our own rows come before them."""
    if pages is not None:
        for words, code in (*indexed_operations(pages), *indexed_by_place(pages)):
            yield Operation(words.lower(), (pattern(code),), {"told": ""}), [words]
        for word, values in indexed_places(pages):
            yield Place(word.lower(), values), [word]


def _cues() -> Iterator[tuple[str, tuple[re.Pattern[str], bool]]]:
    """Yield each named cue: its expression, and whether it is looked for in the whole of an operative note."""
    for name, expression, *wide in _lines("cues.tsv"):
        yield name, (re.compile(expression, re.IGNORECASE), bool(wide))


def split(codes: str) -> list[str]:
    """Return the patterns of a cell: parted by spaces outside of parentheses."""
    return [] if codes == NEVER else re.findall(r"(?:\([^)]*\)|\[[^\]]*\]|[^\s(\[])+", codes)


def pattern(code: str) -> tuple[Element, ...]:
    """Return the elements of a pattern.

    Raises:
        ValueError: it has not seven elements.
    """
    pieces = _ELEMENT.findall(code)
    if len(pieces) != 7 or "".join(pieces) != code:
        raise ValueError(f"the pattern {code!r} has not seven elements")
    return tuple(_element(piece) for piece in pieces)


def _element(piece: str) -> Element:
    if piece[0] == "[":
        return Element(SIDE, (("", piece),))
    if piece[0] == "(":
        values = _choices(piece[1:-1])
        if values and values[0][0] == "@":
            return Element(APPROACH, (("", values[0][1]),) if values[0][1] else ())
        return Element(CUES, values)
    if piece in "*?":
        return Element(PART if piece == "*" else LEFT_OPEN)
    return Element(LITERAL, (("", piece),))


def _choices(text: str) -> tuple[tuple[str, str], ...]:
    """Return (cue, value) pairs."""
    pairs = (choice.rpartition(":")[::2] if ":" in choice else (choice, "") for choice in text.split(","))
    return tuple((cue.strip(), value.strip()) for cue, value in pairs)
