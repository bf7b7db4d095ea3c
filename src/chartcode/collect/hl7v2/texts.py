"""Documents of a message: text OBX joined to one text, documents embedded in an OBX, comments (NTE).

The text of a document is what the lines say, unescaped, one under the other. Where the observations of one report have
different names (history, findings, impression), each name is a heading, as a reader of the report would see it.
Tables: 0270 document type, 0271 completion status, 0273 availability (HL7 v2.8, chapter 9).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chartcode.collect import kinds
from chartcode.collect.hl7v2.problems import DELETED
from chartcode.collect.hl7v2.results import STATUS, TEXT
from chartcode.collect.hl7v2.values import coded, moment, role_of
from chartcode.collect.note import chart_from_text
from chartcode.collect.sections import sections
from chartcode.collect.source import Source, Unreadable
from chartcode.model.chart import Chart, Document, Fact
from chartcode.wire.hl7v2 import Segment

KINDS = {
    "CN": kinds.CONSULT, "DS": kinds.DISCHARGE_SUMMARY, "ED": kinds.ED_NOTE, "HP": kinds.HISTORY_AND_PHYSICAL,
    "OP": kinds.OPERATIVE_NOTE, "PC": kinds.CONSULT, "PH": kinds.HISTORY_AND_PHYSICAL, "PN": kinds.PROCEDURE_NOTE,
    "PR": kinds.PROGRESS_NOTE, "SP": kinds.PATHOLOGY_REPORT, "TS": kinds.DISCHARGE_SUMMARY,
    "DI": kinds.RADIOLOGY_REPORT, "AR": kinds.PATHOLOGY_REPORT,
}  # fmt: skip
"""HL7 table 0270 -> the kind of document."""

SECTIONS = {
    **dict.fromkeys(
        ("RAD", "RX", "CT", "NMR", "NMS", "RUS", "XRC", "VUS", "OUS", "MRI", "CUS"), kinds.RADIOLOGY_REPORT
    ),
    **dict.fromkeys(("SP", "CP"), kinds.PATHOLOGY_REPORT),
}
"""Diagnostic service sections of HL7 table 0074 -> the kind of document that their texts are."""

_UNFINISHED = {"DI": "dictated and not yet transcribed", "IN": "incomplete", "IP": "in progress",
               "PA": "not yet authenticated"}  # fmt: skip
_WITHDRAWN = {"CA": "was cancelled", "OB": "is obsolete"}
_SUFFIXES = {"IMP": "IMPRESSION", "GDT": "DESCRIPTION", "REC": "RECOMMENDATION", "ANT": "ANATOMY",
             "ADT": "ADMITTING DIAGNOSIS", "CNP": "CONCLUSION", "MDT": "DICTATION", "DEV": "DEVICE"}  # fmt: skip
"""Suffixes that v2.1 to v2.4 put behind an observation's identifier (chapter 7): ``71020&IMP``."""

_MIME = re.compile(r"image|video|audio|octet", re.IGNORECASE)
_TEXTUAL = ("e1xydGY", "JVBER", "PD94", "PENsaW")
"""How RTF, PDF and XML begin in Base64: such a document is read whatever its label says."""


@dataclass(slots=True)
class Text:
    """A document as it is put together from the observations of one order or one TXA."""

    id: str
    kind: str = ""
    when: str = ""
    author: str = "provider"
    comments: bool = False
    lines: list[tuple[str, str]] = field(default_factory=list, repr=False)

    def add(self, heading: str, words: str) -> None:
        """Add an observation's words under its name."""
        if words.strip():
            self.lines.append((heading, words.rstrip()))

    def written(self) -> str:
        """Return the text; names are headings where there is more than one."""
        several = len({heading for heading, _ in self.lines if heading}) > 1
        done: list[str] = []
        last = ""
        for heading, words in self.lines:
            if several and heading and heading != last:
                if not words.lstrip().casefold().startswith(heading.casefold()):
                    done += ([""] if done else []) + [f"{heading}:"]
                last = heading
            done.append(words)
        return "\n".join(done)


def heading(of: Segment) -> str:
    """Return the name under which an observation's text stands in its report."""
    first = of.repetitions(3)
    suffix = of.part(first[0], 1, 2).upper() if first else ""
    return _SUFFIXES.get(suffix) or coded(of, 3).text


def read(text: Text) -> tuple[Document, tuple[Fact, ...], Chart | None] | None:
    """Return a document with its sections, the facts that its words state, and all that the note's reader found.

    Comments are no note: nothing is read out of them but their words.
    """
    words = text.written()
    if not words.strip():
        return None
    if text.comments:
        document = Document(text.id, words, kinds.OTHER, sections(words), moment(text.when)[0], text.author)
        return document, (), None
    chart = chart_from_text(words, text.id)
    on = moment(text.when)[0] or chart.documents[0].on
    document = replace(chart.documents[0], kind=text.kind or chart.documents[0].kind, on=on, author=text.author)
    return document, tuple(replace(fact, author=text.author) for fact in chart.facts), chart


def embedded(of: Segment, id: str, source: Source) -> Chart | str:  # noqa: A002 - Chart.id
    """Return the chart of a document inside an OBX (ED), or a remark that says why there is none.

    OBX-5: source application ^ type of data ^ subtype ^ encoding (A, Hex, Base64) ^ data.
    """
    found = of.repetitions(5)
    if not found:
        return ""
    parts = found[0].split(of.signs.component, 4)
    kind = " ".join(of.part(found[0], at) for at in (2, 3)).strip()
    data = parts[4] if len(parts) > 4 else ""
    if not data.strip() or (_MIME.search(kind) and not data.startswith(_TEXTUAL)):
        return "" if _MIME.search(kind) else f"the document in {of.at} is empty"
    try:
        content = _content(of, data, of.part(found[0], 4).upper())
    except (binascii.Error, ValueError):
        return f"the document in {of.at} is damaged: it is not {of.part(found[0], 4) or 'Base64'}"
    for chart in source.inside(id, content):
        return f"the document in {of.at} is not read: {chart.why}" if isinstance(chart, Unreadable) else chart
    return f"the document in {of.at} is empty"


def _content(of: Segment, data: str, encoding: str) -> bytes:
    if encoding in ("A", "TEXT", "NONE"):
        return of.unescaped(data).encode()
    bare = "".join(data.split())
    for sequence in ("\\.br\\", "\\X0D\\", "\\X0A\\", "\\X0D0A\\", "\\R\\"):
        bare = bare.replace(sequence, "")
    if encoding == "HEX":
        return bytes.fromhex(bare)
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)


def begun(txa: Segment, otherwise: str) -> Text:
    """Return the document that a TXA announces."""
    return Text(
        txa.get(12) or otherwise, KINDS.get(txa.get(2).upper(), ""), txa.get(4) or txa.get(6),
        role_of(txa, 5) if txa.raw(5) else role_of(txa, 9),
    )  # fmt: skip


def doubts(txa: Segment, event: str) -> tuple[str, bool]:
    """Return a remark about a document that is not final, and whether it was withdrawn."""
    withdrawn = _WITHDRAWN.get(txa.get(19).upper(), "")
    if event == "T11" or withdrawn:
        return f"the document {withdrawn or 'was cancelled'} and is left out", True
    unfinished = _UNFINISHED.get(txa.get(17).upper())
    return (f"the document is {unfinished}", False) if unfinished else ("", False)


def is_text(of: Segment, in_document: bool) -> bool:
    """Tell whether an OBX is a line of a document rather than a value."""
    kind = of.get(2).upper()
    return kind in TEXT or (kind == "ST" and (in_document or len(of.raw(5)) > 80))


def taken_back(of: Segment) -> bool:
    """Tell whether an observation was deleted or sent for the wrong patient."""
    return STATUS.get(of.get(11).upper()) == DELETED


def unique(documents: Sequence[Document], id: str) -> str:  # noqa: A002 - Document.id
    """Return a document id that no other has."""
    taken = {document.id for document in documents}
    if id not in taken:
        return id
    return next(name for n in range(2, len(taken) + 3) if (name := f"{id} ({n})") not in taken)
