"""A file of HL7 v2 messages -> charts, one for each visit.

What decides a chart: messages of one source with the same patient (PID-3) and visit number (PV1-19, else the account,
PID-18) tell one encounter, in the order in which they stand; the ledger wants one chart for each encounter. A message
that names neither is a chart of its own. Batch files (FHS, BHS) are opened, and their trailers' counts are checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chartcode.collect.hl7v2 import texts
from chartcode.collect.hl7v2.contents import Contents, merged
from chartcode.collect.hl7v2.layout import entry
from chartcode.collect.hl7v2.visit import MERGES, Part, Stay, identified, parts, patient
from chartcode.collect.sheet import sheet
from chartcode.collect.silence import completed
from chartcode.collect.source import Source, Unreadable
from chartcode.model.chart import NEGATED, Chart, Document, Fact
from chartcode.wire import hl7v2 as wire
from chartcode.wire.hl7v2 import Malformed, Slice, recognise

__all__ = ["NAME", "NothingToCode", "chart", "charts", "clinical", "recognise"]

NAME = "HL7 v2"

LIMIT = 100_000_000
"""The largest file of messages that is read, in bytes: some 25,000 messages, all held until the file has ended, because
the last one may belong to the first visit; they take six times as much memory."""

KEPT = 1_000_000
"""The largest message, in bytes, that a complaint carries for the reject file."""

_VERSION = re.compile(r"(?:2(?:\.\d+)*)?")
_NOT_OF_PATIENTS = {
    "ACK": "an acknowledgement", "MFN": "a master file", "MFK": "an answer about a master file", "QRY": "a query",
    "QBP": "a query", "QSB": "a query", "RSP": "the answer to a query", "RTB": "the answer to a query",
    "DSR": "the answer to a query", "NMD": "about the network", "PMU": "about staff", "ESU": "about a device",
    "SSU": "about a specimen container", "INU": "about an inventory", "LSU": "the log of a device",
    "ORR": "the answer to an order", "ORL": "the answer to an order", "RRE": "the answer to an order",
    "RRD": "the answer to an order", "RRA": "the answer to an order", "MCF": "a delayed acknowledgement",
}  # fmt: skip
"""Messages (table 0076) that need not speak of a patient, and what they are."""


class NothingToCode(Unreadable):
    """A message that is right in itself and says nothing of an encounter, such as a merge of identifiers."""


def charts(source: Source) -> Iterator[Chart | Unreadable]:
    """Yield a chart for each visit of a source, and an ``Unreadable`` in the place of each message that gives none."""
    try:
        data = source.whole(LIMIT, "one file of messages")
    except Unreadable as unreadable:
        yield unreadable
        return
    visits: dict[tuple[str, ...], list[Part]] = {}
    batch = _Batch()
    number = 0
    for found in wire.slices(data):
        if isinstance(found, Malformed):
            yield source.unreadable(str(found))
        elif found.name != "MSH":
            if told := batch.hear(found):
                yield source.unreadable(told, f"line {found.line}")
        else:
            number += 1
            batch.messages += 1
            try:
                for part in clinical(found.data, source, number, f"message {number}, line {found.line}"):
                    who, what = part.key
                    visits.setdefault((who, what) if what else ("", "", str(number)), []).append(part)
            except Unreadable as unreadable:
                yield unreadable
    if told := batch.end():
        yield source.unreadable(told)
    if not number and not batch.began:
        yield source.unreadable("there is no message in it")
    taken: set[str] = set()
    for group in visits.values():
        try:
            yield _named(chart(group, source), source, taken, alone=len(visits) == 1)
        except Unreadable as unreadable:
            yield unreadable


def clinical(data: bytes, source: Source, number: int = 1, place: str = "") -> list[Part]:
    """Return the parts of one message that speak of a patient.

    Raises:
        Unreadable: it is no HL7 v2 message, of another version, or without a patient.
        NothingToCode: it is right, but nothing of an encounter is in it.
    """
    record = data if len(data) <= KEPT else b""
    try:
        message = wire.message(data, number)
    except Malformed as error:
        raise source.unreadable(str(error), place, record) from None
    if not _VERSION.fullmatch(message.version):
        raise source.unreadable("MSH-12 names a version that is not HL7 v2; 2.1 to 2.9 are read", place, record)
    found = [part for part in parts(message) if identified(part.segments)]
    if found and message.event in MERGES and not any(_says_something(part) for part in found):
        told = f"this message merges or moves identifiers ({message.code} {message.event}); there is nothing to code"
        raise NothingToCode(source.label, told, place, record)
    if not found and message.code in _NOT_OF_PATIENTS:
        told = f"this is {_NOT_OF_PATIENTS[message.code]} ({message.code}); there is nothing to code"
        raise NothingToCode(source.label, told, place, record)
    if not found:
        raise source.unreadable("no PID segment says who the patient is; send the message with one", place, record)
    return found


def chart(group: list[Part], source: Source) -> Chart:
    """Return the chart of the parts that speak of one visit, in order."""
    stay = Stay()
    facts: list[Fact] = []
    documents: list[Document] = []
    notes: list[Chart] = []
    remarks: list[str] = []
    for part in group:
        stay.hear(part)
        contents = Contents(part).read()
        added = contents.facts
        remarks += [*part.message.remarks, *contents.remarks]
        documents = [d for d in documents if d.id not in contents.replaces]
        again = {t.id for t in contents.texts} if part.message.event in ("T07", "T08") else set()
        documents = [d for d in documents if d.id not in again]
        for said in contents.texts:
            said.id = texts.unique(documents, said.id)
            if (done := texts.read(said)) is not None:
                documents.append(done[0])
                added += done[1]
                notes += [done[2]] if done[2] else []
        for of in contents.documents:
            name = texts.unique(documents, f"{part.message.control} {of.at}".strip())
            inner = texts.embedded(of, name, source)
            if isinstance(inner, str):
                remarks += [inner] if inner else []
            else:
                documents += [d for d in inner.documents if d.text not in {known.text for known in documents}]
                added += inner.facts
                notes.append(inner)
        if len(group) > 1:  # a place within a message says little where there are several
            added = [replace(f, attributes=(*f.attributes, ("message", part.message.control))) for f in added]
        facts = merged(facts, added)
    standing = {d.id for d in documents}
    facts = [f for f in facts if all(span.document in standing for span in f.evidence)]
    if stay.void:
        facts = [replace(f, status="cancelled", assertion=NEGATED) for f in facts]
    encounter = stay.encounter()
    told = next((note for note in notes if not any(r.startswith("the setting") for r in note.remarks)), None)
    if stay.setting is None and told is not None:
        encounter = replace(encounter, setting=told.encounter.setting)
    latest = group[-1]
    who = patient(latest.first("PID"), encounter.first or encounter.last)
    remarks = list(dict.fromkeys([*remarks, *stay.remarks]))
    set_down, listed = sheet(
        texts.unique(documents, "entries"), [entry(f) for f in facts if not f.evidence], encounter.on
    )
    if set_down is not None:
        documents.append(set_down)
    facts = [*(f for f in facts if f.evidence), *listed]
    known = Chart(latest.key[1], tuple(documents), who, encounter, tuple(facts), tuple(remarks))
    return completed(known, source.silent, setting_known=stay.setting is not None or told is not None)


def _says_something(part: Part) -> bool:
    return any(s.name in ("PV1", "DG1", "PR1", "OBX", "FT1", "PRB", "AL1", "IAM", "TXA", "RXA") for s in part.segments)


def _named(of: Chart, source: Source, taken: set[str], *, alone: bool) -> Chart:
    """Return a chart whose id no other of the source has: the source's, and the number of the visit behind it."""
    base = f"{source.id}#{of.id}".strip("#") if of.id or alone else f"{source.id}#message"
    name, n = base, 1
    while name in taken:
        n += 1
        name = f"{base} ({n})"
    taken.add(name)
    return of if name == of.id else replace(of, id=name)


class _Batch:
    """The envelope of a batch file: what its trailers promise, and how many messages came."""

    def __init__(self) -> None:
        self.messages = 0
        self.opened: list[str] = []
        self.began = False
        self._batches = 0

    def hear(self, of: Slice) -> str:
        """Take in one segment of the envelope; return what is wrong with it, if anything is."""
        if of.name in ("BHS", "FHS"):
            self.opened.append(of.name)
            self.began = True
            if of.name == "BHS":
                self.messages = 0
                self._batches += 1
            return ""
        head = "BHS" if of.name == "BTS" else "FHS"
        if head in self.opened:
            del self.opened[self.opened.index(head) :]
        came = self.messages if of.name == "BTS" else self._batches
        said = re.split(rb"[^\w ]", of.data[4:], maxsplit=1)[0].strip()
        if said.isdigit() and int(said) != came and not (of.name == "FTS" and not came):
            what = "message" if of.name == "BTS" else "batch"
            return f"the trailer promises {int(said)} {what}(es), but {came} came; the file may be cut off".replace(
                "message(es)", "message(s)"
            )
        return ""

    def end(self) -> str:
        """Return what is wrong at the end of the file: an envelope that was not closed."""
        return f"the file ends before its trailer ({self.opened[0][0]}TS); it may be cut off" if self.opened else ""
