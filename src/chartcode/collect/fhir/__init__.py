"""FHIR R4 in JSON -> charts: a Bundle, a resource, bundles or resources a line each, the folder of a bulk export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.collect.fhir.bag import SHARED, Bag, Held, hold, local, named, subject
from chartcode.collect.fhir.charts import READ, WRITTEN
from chartcode.collect.fhir.charts import charts as charts_of
from chartcode.collect.fhir.export import Export
from chartcode.collect.fhir.values import part, parts, text
from chartcode.collect.source import Source, Unreadable, plain
from chartcode.model.chart import Chart
from chartcode.wire.fhir import Record, Tree, records, version

NAME = "FHIR"

_SIGNS = re.compile(
    rb'"resourceType"\s*:|"https?://(?:terminology\.)?hl7\.org/|"fullUrl"\s*:|"coding"\s*:\s*\[|"\w+CodeableConcept"\s*:'
)
_BUNDLED = re.compile(rb'"resourceType"\s*:\s*"Bundle"|"fullUrl"\s*:|"entry"\s*:\s*\[')
_XML = re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<[A-Z][A-Za-z]+\s[^>]*http://hl7\.org/fhir[\"']", re.DOTALL)
_NESTED = 5
_HOLDERS = {"Bundle": "entry", "Parameters": "parameter"}
"""Resources that hold others, and where."""
_KNOWN = SHARED | frozenset(
    ("Patient", "Coverage", "Questionnaire", "QuestionnaireResponse", "CarePlan", "CareTeam", "Goal", "Provenance",
     "Specimen", "RelatedPerson", "Media", "Library", "OperationOutcome", "Binary", "Schedule", "Appointment")
)  # fmt: skip
"""Resources that hold nothing to code and may be named in a message."""
_USED = READ.keys() | WRITTEN | {"Patient", "Encounter", "Coverage", "Binary", "Bundle", "OperationOutcome"} | SHARED


def recognise(head: bytes) -> bool:
    """Tell whether a source is FHIR: JSON with a resource's marks, or FHIR's XML (which is refused with a sentence)."""
    begins = plain(head)
    return (begins[:1] in (b"{", b"[") and _SIGNS.search(begins) is not None) or _XML.match(begins) is not None


def together(head: bytes) -> bool:
    """Tell whether a file may be a part of an export: resources, but no Bundle, which is whole by itself."""
    begins = plain(head)
    return begins[:1] == b"{" and _BUNDLED.search(begins) is None


def charts(source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the charts of a source, and an ``Unreadable`` for each part of it that gives none.

    A Bundle is whole by itself. Resources a line each, in one file or many, are gathered by patient first.
    """
    with Export(source.parts or (source,)) as export:
        gathered = False
        for number, piece in enumerate(export.parts):
            if _XML.match(plain(piece.head())):
                yield piece.unreadable("FHIR in XML; ask for JSON (application/fhir+json), which is read")
                continue
            with piece.open() as stream:
                for record in records(stream):
                    trouble = _trouble(record)
                    if trouble or record.tree is None:
                        yield piece.unreadable(trouble, record.place, record.raw[:_KEPT])
                    elif _alone(record, source):
                        yield from _whole(record, piece)
                    else:
                        export.note(number, record, record.tree)
                        gathered = True
        if gathered:
            yield from _gathered(export, source)


_KEPT = 1_000_000
"""The largest refused record whose bytes go into a reject file."""


def _alone(record: Record, source: Source) -> bool:
    """Tell whether a record is whole by itself: a Bundle, or all that there is."""
    return text(record.tree or {}, "resourceType") in _HOLDERS or not (source.parts or record.place)


def _trouble(record: Record) -> str:
    """Return why a record gives no chart, empty where nothing stands against it."""
    if record.tree is None:
        return record.why
    if not text(record.tree, "resourceType"):
        return "it has no resourceType, so it is no FHIR resource"
    for _, tree in _entries(record.tree, ""):
        if (release := version(tree)) != "R4":
            kind = text(tree, "resourceType")
            return f"{kind} is written in FHIR {release}; ask for R4 (fhirVersion=4.0), which is read"
    return ""


def _entries(tree: Tree, place: str, depth: int = 0) -> Iterator[tuple[str, Tree]]:
    """Yield the resources of a Bundle with their full URL or place, of bundles in it too; of a resource, itself."""
    holds = _HOLDERS.get(text(tree, "resourceType"))
    if holds is None:
        yield place, tree
        return
    for number, entry in enumerate(parts(tree, holds)):
        resource = part(entry, "resource")
        if text(resource, "resourceType") and depth < _NESTED:
            yield from _entries(resource, text(entry, "fullUrl") or f"{place}{holds}[{number}]", depth + 1)


def _whole(record: Record, source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the charts of a Bundle, or of a resource alone."""
    assert record.tree is not None  # noqa: S101 - _trouble() has seen to it
    held = [(url, hold(named(tree, url), tree)) for url, tree in _entries(record.tree, "")]
    about = f"{source.id}#{record.place}" if record.place else source.id
    source = Source(about, source.label, silent=source.silent, read=source.read, depth=source.depth)
    bags = _by_patient(held)
    given = False
    for bag in bags:
        if _speaks(bag):
            given = True
            yield from charts_of(_remarked(bag), source, alone=len(bags) == 1)
    if not given:
        yield source.unreadable(_nothing([h for _, h in held]), record.place, record.raw[:_KEPT])


def _by_patient(held: list[tuple[str, Held]]) -> list[Bag]:
    """Return the resources by their patient; what names none is that of the only patient, else shared by all."""
    names = {url: h.name for url, h in held} | {local(url): h.name for url, h in held if url}
    patients = [h.name for _, h in held if h.type == "Patient"]
    bags: dict[str, Bag] = {}
    shared = Bag()
    loose: list[tuple[str, Held]] = []
    for url, one in held:
        whose = one.name if one.type == "Patient" else subject(one.tree)
        whose = names.get(whose, whose)
        if whose:
            bags.setdefault(whose, Bag(shared.get)).add(one, url)
        else:
            shared.add(one, url)
            loose.append((url, one))
    if len(set(patients)) <= 1 and len(bags) <= 1:  # all of it is one patient's
        only = next(iter(bags.values()), shared)
        for url, one in loose if only is not shared else ():
            only.add(one, url)
        return [only]
    unowned = [one for _, one in loose if one.type in READ or one.type in WRITTEN]
    found = list(bags.values())
    for bag in found:
        bag.remarks += (
            [f"{len(unowned)} resources of the record name no patient and are in no chart"] if unowned else []
        )
    return found


def _speaks(bag: Bag) -> bool:
    """Tell whether there is anything to collect about a patient."""
    return any(h.type in READ or h.type in WRITTEN or h.type == "Encounter" for h in bag.all)


def _remarked(bag: Bag) -> Bag:
    """Return a bag with a remark on the resources of which nothing is read."""
    unread: dict[str, int] = {}
    for held in bag.all:
        if held.type not in _USED:
            unread[held.type] = unread.get(held.type, 0) + 1
    if unread:
        bag.remarks.append(f"not read: {', '.join(f'{n} {kind}' for kind, n in sorted(unread.items()))}")
    return bag


def _nothing(held: list[Held]) -> str:
    """Say that resources hold nothing to code."""
    kinds = sorted({h.type for h in held if h.type in _KNOWN})
    if not held:
        return "it holds no resources"
    return f"there is nothing to code in it ({', '.join(kinds[:6])})" if kinds else "there is nothing to code in it"


_NAME = re.compile(r"[A-Za-z]{1,40}/[\w.-]{1,64}")


def _shown(held: Held) -> str:
    """Return a resource's name for a message, where it is one and no words that somebody wrote in its place."""
    return held.name if _NAME.fullmatch(held.name) else "a resource"


def _gathered(export: Export, source: Source) -> Iterator[Chart | Unreadable]:
    """Yield the charts of an export, patient by patient, then what has no patient."""
    for bag in export.patients():
        if _speaks(bag):
            yield from charts_of(_remarked(bag), source, alone=False)
    for number, held in export.unowned():
        piece = export.parts[max(0, number)]
        if held.type in ("Claim", "ExplanationOfBenefit"):
            bag = Bag(export.shared)
            bag.add(held)
            yield from charts_of(bag, source, alone=False)
        elif held.type in READ or held.type in WRITTEN:
            yield piece.unreadable("it names no patient, so nobody knows whose it is", _shown(held))
        elif held.type not in _USED:
            yield piece.unreadable("there is nothing to code in it", _shown(held))
