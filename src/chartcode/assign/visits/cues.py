"""What the words of a note say that bears on a visit: cues, where they stand, and how they are meant.

The phrases stand in ``cues.toml``, in our own words. One pass over the words of a document and a dictionary find them
all, however long the list; a cue that is denied, or said under a condition, keeps its place and says so.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from chartcode.model.case import Mention
from chartcode.model.chart import AFFIRMED, HISTORICAL, HYPOTHETICAL, NEGATED, POSSIBLE, Document

_WORD = re.compile(r"[a-z0-9]+")
_STOP = re.compile(r"[.;:?!](?=\s|,|$)|\n|,(?=[A-Z])")
_ANY, _FEW = "*", ".."
_MOST = 3
"""The most words that ``..`` stands for."""
_FOLLOWS = 2
"""How many words behind a cue the word may stand that makes it a thing to prevent."""
_REACH = 8
"""How many words before a cue a denial or condition may stand."""
_DENIES = frozenset(
    [
        "no",
        "not",
        "without",
        "denies",
        "denied",
        "deny",
        "denying",
        "never",
        "neither",
        "nor",
        "negative",
        "declined",
        "refuses",
        "refused",
        "doesn",
    ]
)
_TURNS = frozenset(["but", "however", "although", "except"])
_SUPPOSES = frozenset(
    ["if", "should", "unless", "whether", "would", "could", "risk", "risks", "prophylaxis", "prevent"]
)
_PAST = frozenset(["history", "hx", "prior", "previous", "previously", "past", "remote", "old", "status"])
_PREVENTS = frozenset(["risk", "prophylaxis", "precautions", "prevention"])
_DOUBTS = frozenset(["questionable", "doubt", "unlikely", "doubtful"])
_NEAR = 6
"""How many words before a cue a word of the past may stand."""
_LONGEST_GAP = 4
"""The most characters that may part two words of one phrase."""


class Cue(NamedTuple):
    """A phrase found: its group and name, the document, its place, its section, and how it is meant."""

    group: str
    name: str
    document: Document
    start: int
    end: int
    section: str
    meant: str

    @property
    def mention(self) -> Mention:
        """The cue as evidence."""
        span = self.document.span(self.start, self.end)
        return Mention(span, self.name, self.meant, self.section, author=self.document.author)


class _Form(NamedTuple):
    """The words of a phrase behind its first, the (group, name) pairs that it stands for, and its second word.

    ``second`` is empty where the phrase ends with its first word or allows any to follow.
    """

    rest: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    second: str


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """Read the phrases, once: by first word, the longest first."""
    table = tomllib.loads(files("chartcode.assign.visits").joinpath("cues.toml").read_text("utf-8"))
    names: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for group, cues in table.items():
        for name, phrases in cues.items():
            for phrase in phrases:
                names[tuple(phrase.split())].append((group, name))
    forms: defaultdict[str, list[_Form]] = defaultdict(list)
    for words, pairs in names.items():
        second = words[1] if len(words) > 1 and words[1] not in (_ANY, _FEW) else ""
        forms[words[0]].append(_Form(words[1:], tuple(pairs), second))
    return {first: tuple(sorted(found, key=lambda f: -len(f.rest))) for first, found in forms.items()}


class _Words:
    """The words of a document in small letters, with their places."""

    def __init__(self, document: Document) -> None:
        text = document.text.lower()
        self.text = document.text
        if len(text) != len(document.text):  # a letter whose small form is longer would move every place
            text = document.text
        found = list(_WORD.finditer(text))
        self.lower = [m.group() for m in found]
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]

    def joined(self, at: int) -> bool:
        """Tell whether a word and the one behind it may belong to one phrase."""
        gap = self.text[self.ends[at] : self.starts[at + 1]]
        return gap in {" ", "-", "/", "'", "&", " & ", "  "} or (len(gap) <= _LONGEST_GAP and not _STOP.search(gap))

    def last(self, at: int, rest: tuple[str, ...]) -> int:
        """Return the number of the last word of a phrase that goes on behind word ``at``, or -1."""
        for number, word in enumerate(rest):
            if word == _FEW:
                ends = (self.last(at + skipped, rest[number + 1 :]) for skipped in range(_MOST + 1))
                return next((end for end in ends if end >= 0), -1)
            if at + 1 >= len(self.lower) or (word not in (_ANY, self.lower[at + 1])) or not self.joined(at):
                return -1
            at += 1
        return at

    def meant(self, at: int, last: int) -> str:
        """Tell how the words from number ``at`` to ``last`` are meant, by those around them in their sentence."""
        for ahead in range(last + 1, min(len(self.lower), last + 1 + _FOLLOWS)):
            if _STOP.search(self.text, self.ends[ahead - 1], self.starts[ahead]):
                break
            if self.lower[ahead] in _PREVENTS:
                return HYPOTHETICAL
        for back in range(at - 1, max(-1, at - 1 - _REACH), -1):
            if _STOP.search(self.text, self.ends[back], self.starts[back + 1]):
                break
            word = self.lower[back]
            if word in _TURNS:
                break
            if word in _DENIES:
                return NEGATED
            if word in _SUPPOSES:
                return HYPOTHETICAL
            if word in _DOUBTS:
                return POSSIBLE
            if word in _PAST and at - back <= _NEAR:
                return HISTORICAL
        return AFFIRMED


def cues(document: Document, silent: Container[str] = ()) -> Iterator[Cue]:
    """Yield the cues of a document from left to right; at each place the longest phrase alone.

    Args:
        document: its text is read once.
        silent: names of sections that are passed over.
    """
    words, forms = _Words(document), _forms()
    sections = iter(document.sections)
    section = next(sections, None)
    until = -1
    for at, word in enumerate(words.lower):
        if word not in forms or at <= until:
            continue
        behind = words.lower[at + 1] if at + 1 < len(words.lower) else ""
        for form in forms[word]:
            if form.second and form.second != behind:
                continue
            last = words.last(at, form.rest)
            if last < 0:
                continue
            start, end = words.starts[at], words.ends[last]
            while section is not None and section.end <= start:
                section = next(sections, None)
            where = section.name if section is not None and section.start <= start else ""
            until = last
            if where in silent:
                break
            meant = words.meant(at, last)
            for group, name in form.names:
                yield Cue(group, name, document, start, end, where, meant)
            break


def affirmed(found: Iterable[Cue], group: str, *names: str) -> list[Cue]:
    """Return the cues of a group, or of some names in it, that are meant as they stand."""
    return [c for c in found if c.group == group and c.meant == AFFIRMED and (not names or c.name in names)]
