"""C-CDA R1.1 and R2.1: the narrative of all sections as one document, and the facts of all coded entries -> a chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from lxml import etree

from chartcode.collect.ccda.body import body
from chartcode.collect.ccda.entries import entries, statements
from chartcode.collect.ccda.header import Header, by_visit, header
from chartcode.collect.ccda.narrative import Narrative
from chartcode.collect.ccda.statements import PROVIDER, Here, Told, author
from chartcode.collect.fhir.encounters import aged
from chartcode.collect.note import facts_of
from chartcode.collect.sheet import Entry, sheet
from chartcode.collect.silence import completed
from chartcode.collect.source import Source, Unreadable, plain
from chartcode.model.chart import Chart, Document, Encounter, Fact, Span
from chartcode.model.code import CPT
from chartcode.wire.ccda import LIMIT, NotCda, attribute, child, children, local, parse, words

NAME = "C-CDA"

_PARTS = (
    "ClinicalDocument|section|component|structuredBody|entry|entryRelationship|observation|act|procedure|organizer|supply|"
    "substanceAdministration|encounter|recordTarget|author|informant|custodian|participant|performer|documentationOf|"
    "componentOf|authenticator|legalAuthenticator|dataEnterer|informationRecipient|relatedSubject|manufacturedProduct|"
    "encounterParticipant|participantRole|addr|relatedDocument"
)
_XML = re.compile(
    rb"(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?[^>]*\?>\s*|<!DOCTYPE[^>]*>\s*)*<(?:[\w.-]+:)?(?:(?P<part>"
    + _PARTS.encode()
    + rb")[\s>/]|(?P<name>[A-Za-z][\w.-]*))",
    re.DOTALL,
)


def recognise(head: bytes) -> bool:
    """Tell whether a source is XML: a C-CDA, a part of one, or what only this reader can refuse rightly."""
    begins = plain(head)
    if not begins.startswith(b"<"):
        return False
    match = _XML.match(begins)
    if match is None:
        return begins.startswith(b"<?xml")
    if match["part"]:
        return True
    declared = begins.startswith(b"<?xml") or b"urn:hl7-org:v3" in begins
    return declared and match["name"].lower() != b"html"


def charts(source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the chart of a document, or why there is none."""
    try:
        root = parse(source.whole(LIMIT, "one document"))
    except NotCda as error:
        yield source.unreadable(str(error))
        return
    name = local(root)
    if name == "ClinicalDocument":
        yield from _document(root, source)
    elif re.fullmatch(_PARTS, name):
        yield from _fragment(root, source)
    else:
        yield source.unreadable(
            f"this is XML, but no C-CDA (its root is {_shown(name)}); export it as C-CDA or as text"
        )


def _shown(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z][\w.-]{0,40}", name) else "unknown"


def _document(root: etree._Element, source: Source) -> Iterator[Chart | Unreadable]:
    about = header(root)
    structured = child(root, "component/structuredBody")
    writer = author(root) or PROVIDER
    if structured is None:
        yield from _unstructured(root, about, writer, source)
        return
    sections = list(_sections(structured))
    if not sections:
        yield source.unreadable("the document has no section; there is nothing to code")
        return
    chart = _chart(sections, about, writer, source)
    if chart is None:
        yield source.unreadable("its sections are empty; there is nothing to code")
        return
    remarks = list(chart.remarks)
    if child(root, "recordTarget/patientRole/patient") is None:
        remarks.append("the document names no patient")
    yield _ended(replace(chart, remarks=tuple(remarks)), about, source)


def _fragment(root: etree._Element, source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the chart of a part of a document, as examples hand it over: without patient and encounter."""
    name = local(root)
    sections = [root] if name == "section" else list(_sections(root))
    about = Header(header(root).patient, Encounter(), known=False, kind="", written=None)
    chart = _chart(sections, about, PROVIDER, source, statements(root, Here("", name, PROVIDER)))
    if chart is None:
        yield source.unreadable(f"this is a part of a C-CDA ({name}) in which there is nothing to code")
        return
    remarks = (f"this is only a part of a C-CDA ({name}), without patient and encounter", *chart.remarks)
    yield _ended(replace(chart, remarks=remarks), about, source)


def _ended(chart: Chart, about: Header, source: Source) -> Chart:
    """Return a chart with its day: of its encounter, else of its visits, else of the document."""
    encounter, remarks, known = chart.encounter, list(chart.remarks), about.known
    visits = [
        f
        for f in chart.facts
        if f.on and f.get("category") == "encounter" and f.kind == "procedure"
        if encounter.first is None or encounter.first <= f.on <= (encounter.last or encounter.first)
    ]
    last = max(visits, key=lambda f: f.on or date.min, default=None)
    if last and not known and last.code and last.code.system == CPT and last.code.value.isdigit():
        encounter, known = replace(encounter, setting=by_visit(int(last.code.value))), True
    if encounter.on is None:
        if last:
            encounter = replace(encounter, first=last.on)
            remarks.append("the document names no encounter of its own; its day is that of the last visit in it")
        elif about.written and not source.silent.day:
            encounter = replace(encounter, first=about.written)
            remarks.append("the document names no encounter; its day is that on which the document was written")
    chart = replace(chart, encounter=encounter, remarks=tuple(remarks), patient=aged(chart.patient, encounter.first))
    return completed(chart, source.silent, setting_known=known)


def _sections(body: etree._Element) -> Iterator[etree._Element]:
    """Yield the sections of a body, those inside sections behind them, in order; without recursion."""
    waiting = list(reversed(children(body, "component/section") + children(body, "section")))
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(children(one, "component/section"))


def _chart(
    sections: list[etree._Element], about: Header, writer: str, source: Source, more: Iterable[Told] = ()
) -> Chart | None:
    narrative = Narrative()
    told: list[Told] = []
    payer = None
    coded: set[int] = set()
    for number, section in enumerate(sections, start=1):
        name = narrative.add(section, number)
        here = Here(name, f"section[{number}]", author(section) or writer)
        found = list(entries(section, here))
        told += found
        if found:
            coded.add(number)
        payer = payer or _payer(section)
    told += more
    on = about.encounter.on or about.written
    document = narrative.document(source.id, about.kind, on, writer) if narrative.length else None
    facts, rest = _placed(told, narrative, document)
    set_down, listed = sheet(f"{source.id} entries", rest, on)
    documents = tuple(d for d in (document, set_down) if d is not None)
    if not documents:
        return None
    prose = [narrative.bodies[n] for n in range(1, len(sections) + 1) if n not in coded and n in narrative.bodies]
    if document is not None and prose:
        facts += facts_of(_only(document, prose), about.patient)
    encounter = replace(about.encounter, payer=payer)
    remarks = (f"{narrative.repeated} IDs in the narrative are there twice",) if narrative.repeated else ()
    return Chart(source.id, documents, about.patient, encounter, (*facts, *listed), remarks)


def _placed(told: list[Told], narrative: Narrative, document: Document | None) -> tuple[list[Fact], list[Entry]]:
    """Return the facts whose words stand in the narrative, and the entries of which it says nothing."""
    facts: list[Fact] = []
    rest: list[Entry] = []
    for one in told:
        span = _span(one, narrative, document) if document else None
        if span is None:
            rest.append(Entry(one.section, one.fact, one.tail))
        else:
            facts.append(replace(one.fact, evidence=(span,)))
    return facts, rest


_SECTION = re.compile(r"section\[(\d+)\]")


def _span(one: Told, narrative: Narrative, document: Document) -> Span | None:
    """Return where the narrative says an entry: where it refers to, else where its section has its very words."""
    name = one.fact.get("name") or one.fact.text
    for reference in one.references:
        if span := narrative.span(document, reference, name):
            return span
    section = _SECTION.match(one.fact.get("at") or "")
    return narrative.named(document, int(section[1]), name) if section else None


def _only(document: Document, places: list[tuple[int, int]]) -> Document:
    """Return a document of which some parts are left, each where it was: coded entries say the others better."""
    kept, at = [], 0
    for start, end in sorted(places):
        kept += [" " * (start - at), document.text[start:end]]
        at = end
    return replace(document, text="".join(kept))


def _payer(section: etree._Element) -> str | None:
    """Return who pays, from the section of payers."""
    if attribute(section, "code", "code") != "48768-6":
        return None
    for one in section.iter():
        if local(one) == "representedOrganization" and (said := words(child(one, "name"))):
            return said
    return None


def _unstructured(root: etree._Element, about: Header, writer: str, source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the chart of a document whose body is a text or a file."""
    text = child(root, "component/nonXMLBody/text")
    if text is None:
        yield source.unreadable("the document has no body; there is nothing to code")
        return
    try:
        data = body(text)
    except NotCda as error:
        yield source.unreadable(str(error))
        return
    for found in source.inside(source.id, data):
        if isinstance(found, Unreadable):
            yield found
            continue
        documents = tuple(replace(d, kind=about.kind or d.kind, author=writer) for d in found.documents)
        chart = replace(found, documents=documents, patient=about.patient, encounter=about.encounter, remarks=())
        yield _ended(chart, about, source)
