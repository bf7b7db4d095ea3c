"""Amount and complexity of data: tests, notes and historians counted, own readings, the case talked over."""

from __future__ import annotations

from chartcode.assign.visits.cues import Cue, cues
from chartcode.assign.visits.element import HIGH, LOW, MODERATE, STRAIGHTFORWARD, Tally
from chartcode.assign.visits.record import HISTORY, Record
from chartcode.model.case import Element, Mention
from chartcode.model.chart import Document

_UNNAMED = "laboratory tests unnamed"
_OF_OTHERS = frozenset(("family history", "social history", "past medical history"))
"""Sections that speak of relatives without their telling anything."""
_NEXT = 20
_COUNTED = frozenset(("lab", "order"))
_MANY, _SOME = 3, 2
"""Items of the first category that make its moderate and its limited form."""


def data(record: Record) -> Element:
    """Return the element of data."""
    tally = Tally("data")
    notes = record.said("data", "outside notes")
    historian = [c for c in record.said("data", "historian") if c.section not in _OF_OTHERS]
    counted = reviewed(record)
    if notes:
        counted["notes of another source"] = notes[0].mention
    if historian:
        counted["another person tells the history"] = historian[0].mention
    shown = [mention for mention in counted.values() if mention]
    read = [c for c in record.said("data", "read by the author") if not _results(c)]
    talked = record.said("data", "discussed with another")
    many = len(counted) >= _MANY
    told = f"{len(counted)} {'item' if len(counted) == 1 else 'items'}: {', '.join(counted)}"
    met = [
        *([(told, shown)] if many else []),
        *([("a test read by the author", [c.mention for c in read])] if read else []),
        *([("talked over with another professional", [c.mention for c in talked])] if talked else []),
    ]
    level = HIGH if len(met) > 1 else MODERATE
    for reason, evidence in met:
        tally.add(level, reason, evidence)
    if len(counted) == _SOME or historian:
        tally.add(LOW, told, shown)
    elif counted:
        tally.add(STRAIGHTFORWARD, told, shown)
    return tally.element()


def _results(cue: Cue) -> bool:
    """Tell whether what the author read are results in numbers, which nobody interprets twice."""
    return "lab" in cue.document.text[cue.end : cue.end + _NEXT].lower()


def reviewed(record: Record) -> dict[str, Mention | None]:
    """Return the tests reviewed or ordered, each once by its name, with its first words where there are any.

    Results and orders that came coded, outside of the notes, count as well.
    """
    found: dict[str, Mention | None] = {}
    for cue in record.said("tests"):
        if cue.section not in HISTORY and not record.names_a_drug(cue):  # docusate sodium is no sodium
            found.setdefault(cue.name, cue.mention)
    read = {d.id for d in record.documents}
    for fact in record.case.chart.facts:
        if fact.kind in _COUNTED and not any(span.document in read for span in fact.evidence):
            names = [c.name for c in cues(Document("", fact.text)) if c.group == "tests"]
            for name in names[:1] or ([fact.text.lower()] if fact.kind == "lab" else []):
                found.setdefault(name, Mention(fact.evidence[0], name) if fact.evidence else None)
    if len(found) > 1:
        found.pop(_UNNAMED, None)
    return found
