"""What a record says: the patient, the encounter, the documents, and the facts found in them.

Text is never altered: a span is offsets (in characters) into a document exactly as it was received.
Text fields do not show in ``repr``, so a patient's words cannot reach a log or a traceback through a printed object.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from chartcode.model.code import Code

INPATIENT = "inpatient"
OUTPATIENT = "outpatient"
ED = "ed"
PROFESSIONAL = "professional"
SETTINGS = (INPATIENT, OUTPATIENT, ED, PROFESSIONAL)

AFFIRMED = "affirmed"
NEGATED = "negated"
POSSIBLE = "possible"
HISTORICAL = "historical"
FAMILY = "family"
HYPOTHETICAL = "hypothetical"
OTHER_PERSON = "other person"
ASSERTIONS = (AFFIRMED, NEGATED, POSSIBLE, HISTORICAL, FAMILY, HYPOTHETICAL, OTHER_PERSON)

FACT_KINDS = (
    "diagnosis",
    "procedure",
    "medication",
    "equipment",
    "lab",
    "vital",
    "allergy",
    "social",
    "family",
    "order",
    "immunization",
)


_START = attrgetter("start")

CODED_ENTRIES = "coded entries"
"""The kind of a document in which a record's coded entries are set down (``chartcode.collect.sheet``)."""


def small(text: str) -> str:
    """Return a text in small letters, each in its place: one whose small form is longer stays as it is.

    A pattern asked of it need not ignore case, which makes it several times faster.
    """
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of one document, and those characters."""

    document: str
    start: int
    end: int
    text: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document under one heading.

    ``name`` is the kind of section in a fixed vocabulary (``assessment``, ``past medical history``, ...; see
    ``chartcode.collect.sections``), empty before the first heading; ``start`` is where the heading begins,
    ``body`` where its content begins, ``end`` where the section ends.
    """

    name: str
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """Characters ``start`` to ``end`` of a document that repeat, word for word, ``document`` from ``at`` on."""

    start: int
    end: int
    document: str
    at: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a chart as received.

    ``kind`` is ``discharge summary``, ``operative note``, ``visit``, ... (``chartcode.collect.kinds``); ``author`` is
    a role; ``repeats`` are the passages copied from elsewhere in the chart, in order, which count once, there.
    """

    id: str
    text: str = field(repr=False)
    kind: str = ""
    sections: tuple[Section, ...] = ()
    on: date | None = None
    author: str = "provider"
    repeats: tuple[Repeat, ...] = ()

    def __hash__(self) -> int:
        """Hash by name and text: what is read of a document is kept by it, and its sections would be hashed anew."""
        return hash((self.id, self.text))

    def repeated(self, offset: int) -> Repeat | None:
        """Return the repeated passage in which an offset lies, or None."""
        at = bisect_right(self.repeats, offset, key=_START) - 1
        return self.repeats[at] if at >= 0 and offset < self.repeats[at].end else None

    def span(self, start: int, end: int) -> Span:
        """Return a span of this document with its words."""
        return Span(self.id, start, end, self.text[start:end])

    def section_at(self, offset: int) -> str:
        """Return the name of the section in which an offset lies, or the empty string."""
        at = bisect_right(self.sections, offset, key=_START) - 1
        return self.sections[at].name if at >= 0 and offset < self.sections[at].end else ""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who was treated: ``sex`` is ``F``, ``M`` or unknown; ``age`` in completed years at the encounter's first day.

    ``id`` is the record's number of the patient, by which charts of one patient are told; it is in no report.
    """

    sex: str | None = None
    age: int | None = None
    born: date | None = field(default=None, repr=False)
    age_days: int | None = None
    id: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Encounter:
    """One stay or visit.

    ``last`` is the discharge day of a stay; ``disposition`` the patient discharge status as on a claim, two digits;
    ``specialty`` that of the provider, in words or as a taxonomy code, where the record says it.
    """

    setting: str = OUTPATIENT
    first: date | None = None
    last: date | None = None
    disposition: str | None = None
    payer: str | None = None
    facility: str | None = None
    provider: str | None = None
    specialty: str | None = None

    @property
    def on(self) -> date | None:
        """The day that picks the books: the discharge day of an inpatient stay, else the first day of service."""
        if self.setting == INPATIENT:
            return self.last or self.first
        return self.first or self.last

    @property
    def medicare(self) -> bool:
        """Whether the named payer is Medicare, a plan of its Part C too: by its name or filing code (MA, MB)."""
        return self.payer is not None and ("medicare" in self.payer.lower() or self.payer in ("MA", "MB"))


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the record says: a drug, a device, a laboratory value, a coded problem.

    ``text`` is the thing in a few words, as a reader would say it; ``attributes`` are ``(name, value)`` pairs such as
    ``("dose", "20 mg")``, ``("route", "oral")``, ``("value", "7.2")``, ``("unit", "%")``, ``("abnormal", "high")``.
    """

    kind: str
    text: str = field(repr=False)
    evidence: tuple[Span, ...] = ()
    code: Code | None = None
    assertion: str = AFFIRMED
    on: date | None = None
    author: str = "provider"
    status: str = ""
    attributes: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def get(self, name: str) -> str | None:
        """Return an attribute, or None where the record is silent."""
        return next((value for key, value in self.attributes if key == name), None)


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is known of one encounter.

    ``remarks`` are sentences for the reader, such as "no date found in the record".
    """

    id: str
    documents: tuple[Document, ...] = ()
    patient: Patient = Patient()
    encounter: Encounter = Encounter()
    facts: tuple[Fact, ...] = ()
    remarks: tuple[str, ...] = ()

    def document(self, name: str) -> Document:
        """Return the document with this id.

        Raises:
            KeyError: the chart has no such document.
        """
        for document in self.documents:
            if document.id == name:
                return document
        raise KeyError(f"chart {self.id} has no document {name!r}")
