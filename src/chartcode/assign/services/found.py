"""The services that a record names: phrases with their conditions met, the fuller before what it contains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from chartcode.assign.services.conditions import choices, met
from chartcode.assign.services.drugs import is_drug
from chartcode.assign.services.lent import lent, operates
from chartcode.assign.services.passages import OPERATION, REPORT, TITLE, Passage, Reading
from chartcode.assign.services.phrases import Phrases
from chartcode.assign.services.zones import admitted, scope
from chartcode.books import starter
from chartcode.books.starter import Entry
from chartcode.model.chart import Patient


@dataclass(frozen=True, slots=True)
class Named:
    """A service that a sentence names: its entry, where, which of the sentence's words, and how full the match is."""

    entry: Entry
    passage: Passage
    places: frozenset[int]
    weight: tuple[int, int]

    @property
    def code(self) -> str:
        """The number."""
        return self.entry.code

    @property
    def span(self) -> tuple[int, int]:
        """The offsets from the first to the last of its words; those that a diagnosis lent are not among them."""
        words = self.passage.words[: len(self.passage.words) - self.passage.lent]
        real = [p for p in self.places if p < len(words)] or [0]
        return words[min(real)][1], words[max(real)][2]

    @property
    def rests(self) -> bool:
        """Whether it rests on a word of its own passage, and not on words that a diagnosis lent alone."""
        own = len(self.passage.words) - self.passage.lent
        return operates(self.code) and any(place < own for place in self.places)


@cache
def entries() -> Mapping[str, Entry]:
    """Return our own words for all services."""
    return {**starter.cpt(), **starter.hcpcs()}


@cache
def compiled() -> Phrases:
    """Return the phrases of the starters, compiled once; a hit's number is that of its row."""
    asked = {choice for entry in starter.rows() for choice in choices(entry.conditions)}
    return Phrases.of(((n, e.phrases) for n, e in enumerate(starter.rows())), starter.words(), asked)


def named(reading: Reading, patient: Patient) -> list[Named]:
    """Return the services that a document names, each sentence's fullest; the titles are read before the rest."""
    titles = [p for p in reading.passages if p.zone == TITLE]
    found = [n for p in titles for n in _in(p, reading, patient)]
    if reading.kind == OPERATION and not any(operates(n.code) for n in found):
        found += [n for p in lent(reading, compiled()) for n in _in(p, reading, patient) if n.rests]
    reading.titled = bool(found)
    reading.scopes = _scopes(found)
    for passage in reading.passages:
        if passage.zone != TITLE:
            named_here = _in(passage, reading, patient)
            found += named_here
            if passage.zone == REPORT and named_here:
                reading.titled = True  # a report is of one study: what it names later was seen elsewhere
                reading.scopes |= _scopes(named_here)
    return found


def _scopes(found: Iterable[Named]) -> frozenset[int]:
    return frozenset(kind for n in found if (kind := scope(n.code)))


def _in(passage: Passage, reading: Reading, patient: Patient) -> list[Named]:
    """Return the services that one sentence names and tells as done."""
    phrases, rows = compiled(), starter.rows()
    hits = [hit for hit in phrases.find(passage.places) if admitted(rows[hit.row], passage, reading, hit.size)]
    if not hits or passage.planned:
        return []
    best: dict[str, Named] = {}
    for hit in hits:
        entry = rows[hit.row]
        count = met(entry.conditions, reading, passage, phrases, patient)
        if count is None:
            continue
        one = Named(entry, passage, hit.places, (hit.size, count))
        if entry.code not in best or best[entry.code].weight < one.weight:
            best[entry.code] = one
    return [n for n in _fullest(best.values()) if passage.meant(*n.span)]


def _fullest(found: Iterable[Named]) -> list[Named]:
    """Return what no other of the sentence contains: of equal words, the one with more conditions met."""
    kept: list[Named] = []
    for one in sorted(found, key=lambda n: (-len(n.places), -n.weight[0], -n.weight[1], n.code)):
        if not any(one.places <= other.places and not _adds(other, one) for other in kept):
            kept.append(one)
    return kept


def _adds(one: Named, other: Named) -> bool:
    """Tell whether one service only adds to others, or gives a drug, and so does not take the other's place."""
    if is_drug(other.code) and not is_drug(one.code):
        return True
    return "add" in one.entry.marks and "add" not in other.entry.marks


def by_code(found: Iterable[Named]) -> dict[str, list[Named]]:
    """Return what was named by number, in the record's order."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for one in found:
        groups[one.code].append(one)
    return dict(groups)
