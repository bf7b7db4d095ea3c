"""A chart without its identifiers: documents, facts, encounter and patient, all moved by the same number of days.

The shift and the new names of charts and documents come from a key by HMAC-SHA256: who has the key can repeat them,
nobody can go back. The key is in nothing that is written.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from chartcode.collect.equipment import devices
from chartcode.collect.medications import named
from chartcode.collect.words import words
from chartcode.deidentify import dates as days
from chartcode.deidentify.findings import Finding, Replaced, replaced
from chartcode.deidentify.lists import Lists, lists
from chartcode.deidentify.names import full, known, single
from chartcode.deidentify.numbers import numbers
from chartcode.deidentify.places import places
from chartcode.model.chart import Chart, Document, Encounter, Fact, Patient, Repeat, Span

LEAST = 16
"""The fewest bytes of a key."""

SHIFT = 365
"""The most days by which the dates of a patient move, back or forth; at least one."""

_KEPT = frozenset(
    (
        "generic", "class", "dose", "route", "frequency", "as needed", "name", "value", "unit", "abnormal", "interval",
        "reaction", "topic", "use", "amount", "poa", "rank", "role", "type", "modifiers", "units", "relation", "condition",
        "priority", "ocr confidence", "coding", "category", "severity", "criticality", "laterality", "year", "quantity",
    )
)  # fmt: skip
"""Attributes of facts that are kept, with identifiers in their words replaced; others may be a record's numbers."""


@dataclass(frozen=True)
class Deidentified:
    """The chart as it may be shown, and how many identifiers of each kind were replaced in its texts."""

    chart: Chart
    counts: Mapping[str, int] = field(repr=False)


def deidentify(chart: Chart, key: bytes, given: Iterable[str] = ()) -> Deidentified:
    """Return a chart without the identifiers that are found in it.

    Args:
        chart: as it was collected.
        key: a secret of at least 16 bytes; the same key gives the same shift for the same patient.
        given: names of persons that the caller knows to be in the record.

    Raises:
        ValueError: the key is too short to be a secret.
        MissingLists: the lists of names are not installed.
    """
    if len(key) < LEAST:
        raise ValueError(f"the key is shorter than {LEAST} bytes; take a longer secret")
    old = chart.patient.age is not None and chart.patient.age > days.OLDEST
    scrubber = _scrubber(chart, key, given)
    shift = scrubber.shift
    aliases = {d.id: f"document-{number}" for number, d in enumerate(chart.documents, start=1)}
    texts = {d.id: scrubber.text(d.text, d.on) for d in chart.documents}
    counts = Counter(finding.kind for done in texts.values() for finding in done.findings)
    documents = tuple(_document(d, texts, aliases, shift) for d in chart.documents)
    made = Chart(
        _alias(key, chart.id),
        documents,
        _patient(chart.patient, shift, old=old),
        _encounter(chart.encounter, shift),
        tuple(_fact(f, texts, aliases, scrubber) for f in chart.facts),
        tuple(scrubber.remark(remark, chart, aliases) for remark in chart.remarks),
    )
    return Deidentified(made, dict(counts))


def replacements(chart: Chart, key: bytes, given: Iterable[str] = ()) -> dict[str, Replaced]:
    """Return the documents of a chart, by their ids, with what was found in each and what stands in its place."""
    scrubber = _scrubber(chart, key, given)
    return {d.id: scrubber.text(d.text, d.on) for d in chart.documents}


def _scrubber(chart: Chart, key: bytes, given: Iterable[str]) -> _Scrubber:
    of = lists()
    parts = frozenset(part for d in chart.documents for part in known(d.text, of, given))
    old = chart.patient.age is not None and chart.patient.age > days.OLDEST
    return _Scrubber(of, parts, _shift(key, _who(chart)), chart.encounter.on, old)


def _who(chart: Chart) -> str:
    """Return by what a patient is told from others: the record's number of the patient, else the chart's own name."""
    return chart.patient.id or chart.id


def _shift(key: bytes, who: str) -> int:
    """Return the days by which a patient's dates move: from -365 to 365, never none."""
    number = int.from_bytes(hmac.digest(key, b"shift\0" + who.encode(), "sha256")[:8], "big") % (2 * SHIFT)
    return number - SHIFT if number < SHIFT else number - SHIFT + 1


def _alias(key: bytes, name: str) -> str:
    return "chart-" + hmac.digest(key, b"chart\0" + name.encode(), "sha256").hex()[:12]


@dataclass(frozen=True)
class _Scrubber:
    """Replaces what identifies in the texts of one chart."""

    of: Lists
    parts: frozenset[str] = field(repr=False)
    shift: int = field(repr=False)
    on: date | None = field(repr=False)
    old: bool

    def text(self, text: str, on: date | None) -> Replaced:
        """Return a text without its identifiers."""
        year = on.year if on else self.on.year if self.on else None
        spoken = words(text)
        ordinary = sorted([(f.start, f.end) for f in named(spoken)] + [(f.start, f.end) for f in devices(spoken)])
        found: list[Finding] = [
            *numbers(text), *days.dates(text, self.shift, year, old=self.old), *days.ages(text),
            *full(text, self.of), *places(text, self.of), *single(text, self.of, self.parts, ordinary),
        ]  # fmt: skip
        return replaced(text, found)

    def remark(self, remark: str, chart: Chart, aliases: Mapping[str, str]) -> str:
        """Return a remark in which documents have their new names."""
        for name in sorted((*aliases, chart.id), key=len, reverse=True):
            if name:
                remark = remark.replace(name, aliases.get(name, "this chart"))
        return self.text(remark, None).text


def _document(document: Document, texts: Mapping[str, Replaced], aliases: Mapping[str, str], shift: int) -> Document:
    done = texts[document.id]
    sections = tuple(
        replace(s, start=done.at(s.start), body=done.at(s.body), end=done.at(s.end, end=True))
        for s in document.sections
    )
    repeats = tuple(
        Repeat(done.at(r.start), done.at(r.end, end=True), aliases[r.document], texts[r.document].at(r.at))
        for r in document.repeats
        if r.document in aliases
    )
    on = days.moved(document.on, shift) if document.on else None
    return replace(document, id=aliases[document.id], text=done.text, sections=sections, on=on, repeats=repeats)


def _fact(fact: Fact, texts: Mapping[str, Replaced], aliases: Mapping[str, str], scrubber: _Scrubber) -> Fact:
    """Return a fact whose evidence stands where its words stand now."""
    evidence = tuple(_span(span, texts, aliases) for span in fact.evidence if span.document in texts)
    attributes = tuple((name, scrubber.text(value, None).text) for name, value in fact.attributes if name in _KEPT)
    repeated = fact.get("repeated")
    if repeated is not None and repeated in aliases:
        attributes = (*attributes, ("repeated", aliases[repeated]))
    on = days.moved(fact.on, scrubber.shift) if fact.on else None
    return replace(fact, text=scrubber.text(fact.text, fact.on).text, evidence=evidence, on=on, attributes=attributes)


def _span(span: Span, texts: Mapping[str, Replaced], aliases: Mapping[str, str]) -> Span:
    done = texts[span.document]
    start, end = done.at(span.start), done.at(span.end, end=True)
    return Span(aliases[span.document], start, end, done.text[start:end])


def _encounter(encounter: Encounter, shift: int) -> Encounter:
    """Return the encounter with its days moved; places and persons are left out."""
    first = days.moved(encounter.first, shift) if encounter.first else None
    last = days.moved(encounter.last, shift) if encounter.last else None
    return Encounter(encounter.setting, first, last, encounter.disposition)


def _patient(patient: Patient, shift: int, *, old: bool) -> Patient:
    """Return the patient: nobody is older than 90, and then has no day of birth."""
    if old:
        return Patient(patient.sex, days.OLDEST + 1)
    born = days.moved(patient.born, shift) if patient.born else None
    return Patient(patient.sex, patient.age, born, patient.age_days)
