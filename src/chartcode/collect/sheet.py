"""Coded entries written out, a line an entry: so that a fact that came as fields has words, and a place to show them.

A record of fields has no text to point at. Its entries are set down under headings, in the words that the record gives
them, as one document of the kind ``coded entries``; each fact's evidence is its words there, and its attribute ``at``
says where the entry stands in the record (``Condition/17``). How an entry is meant stands before it in the words that
clinicians use (``No``, ``Possible``, ``History of``), so a person and an engine read the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from chartcode.model.chart import CODED_ENTRIES, HISTORICAL, NEGATED, POSSIBLE, Document, Fact, Section

ORDER = (
    "reason for visit", "admission diagnosis", "principal diagnosis", "discharge diagnosis", "diagnosis",
    "secondary diagnoses", "problem list", "past medical history", "procedure", "medications", "discharge medications",
    "allergies", "immunizations", "vitals", "labs", "imaging", "social history", "family history", "plan", "other",
)  # fmt: skip
"""The sections of a sheet, in the order in which a coder reads them."""

_LEADS = {NEGATED: "No ", POSSIBLE: "Possible ", HISTORICAL: "History of "}
_LEADING = ("diagnosis",)


class Entry(NamedTuple):
    """A fact without evidence, the section under which it is set down, and what else its line says."""

    section: str
    fact: Fact
    tail: str = ""


def sheet(id: str, entries: Sequence[Entry], on: date | None) -> tuple[Document | None, tuple[Fact, ...]]:  # noqa: A002 - as Document.id
    """Return the sheet of some entries, and their facts in its order, each with its words as evidence.

    Returns:
        None and no facts where there are no entries.
    """
    if not entries:
        return None, ()
    lines: list[str] = []
    sections: list[Section] = []
    places: list[tuple[Entry, int, int]] = []
    at = 0
    for name, group in _grouped(_once(entries)):
        heading = f"{name.upper()}:\n"
        start, at = at, at + len(heading)
        lines.append(heading)
        for entry in group:
            lead = _LEADS.get(entry.fact.assertion, "") if entry.fact.kind in _LEADING else ""
            text = " ".join(entry.fact.text.split()) or "(no words)"
            line = f"{lead}{text}{_tail(entry)}\n"
            places.append((entry, at + len(lead), at + len(lead) + len(text)))
            lines.append(line)
            at += len(line)
        sections.append(Section(name, start, start + len(heading), at))
    document = Document(id, "".join(lines), CODED_ENTRIES, tuple(sections), on)
    return document, tuple(replace(entry.fact, evidence=(document.span(a, b),)) for entry, a, b in places)


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries of which no two say the same, as a claim and its answer do; ``also`` names the others."""
    found: dict[object, Entry] = {}
    also: dict[object, list[str]] = {}
    for entry in entries:
        fact = entry.fact
        key = (entry.section, fact.kind, fact.text, fact.code, fact.on, fact.assertion, fact.status, fact.author)
        if key in found:
            also.setdefault(key, []).append(fact.get("at") or "")
        else:
            found[key] = entry
    for repeated, places in also.items():
        entry = found[repeated]
        attributes = (*entry.fact.attributes, ("also", ", ".join(places)))
        found[repeated] = entry._replace(fact=replace(entry.fact, attributes=attributes))
    return list(found.values())


def _grouped(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.section, []).append(entry)
    rank = {name: number for number, name in enumerate(ORDER)}
    return sorted(groups.items(), key=lambda item: rank.get(item[0], len(ORDER)))


def _tail(entry: Entry) -> str:
    fact = entry.fact
    said = [f"({fact.code.system} {fact.code.value})"] if fact.code else []
    said += [f"[{' '.join(fact.status.split())}]"] if fact.status else []
    said += [fact.on.isoformat()] if fact.on else []
    said += [" ".join(entry.tail.split())] if entry.tail else []
    return f" {' '.join(said)}" if said else ""
