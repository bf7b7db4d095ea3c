"""The texts of a record: DocumentReference and Binary, Composition, the words of a DiagnosticReport."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from chartcode.collect import html, kinds
from chartcode.collect.fhir.authors import author
from chartcode.collect.fhir.bag import Bag, Held
from chartcode.collect.fhir.values import concept, concepts, day, part, parts, text, when
from chartcode.collect.headings import KINDS, section
from chartcode.collect.note import chart_from_text
from chartcode.collect.source import Source, Unreadable
from chartcode.model.chart import Document, Fact, Section
from chartcode.wire.fhir import Tree

LIMIT = 50_000_000
"""The largest attachment that is read, in characters of base64."""


class Written(NamedTuple):
    """What one resource has in words."""

    documents: tuple[Document, ...] = ()
    facts: tuple[Fact, ...] = ()
    remarks: tuple[str, ...] = ()


def written(held: Held, bag: Bag, source: Source) -> Iterator[Written]:
    """Yield the documents of a resource with the facts that their text tells."""
    if held.type == "DocumentReference":
        for number, content in enumerate(parts(held.tree, "content")):
            yield _attached(held, number, part(content, "attachment"), bag, source)
    elif held.type == "DiagnosticReport":
        for number, attachment in enumerate(parts(held.tree, "presentedForm")):
            yield _attached(held, number, attachment, bag, source)
        if text(held.tree, "conclusion"):
            yield _plain(held, text(held.tree, "conclusion"), bag)
    elif held.type == "Composition":
        yield _composition(held, bag, source)
    elif held.type == "ClinicalImpression":
        said = "\n\n".join(t for t in (text(held.tree, "description"), text(held.tree, "summary")) if t)
        if said:
            yield _plain(held, said, bag)


def _kind(tree: Tree) -> str:
    """Return the kind of document by its LOINC code, empty where that says nothing."""
    for key in ("type", "code"):
        found = concept(tree.get(key))
        if kind := next((KINDS[c.value] for c in found.codings if c.value in KINDS), ""):
            return kind
    categories = [c for one in concepts(tree, "category") for c in one.codings]
    if any(c.value in ("RAD", "RUS", "CT", "NMR", "LP29684-5") for c in categories):
        return kinds.RADIOLOGY_REPORT
    if any(c.value in ("PAT", "SP", "CP", "LP7839-6") for c in categories):
        return kinds.PATHOLOGY_REPORT
    return ""


def _on(tree: Tree) -> date | None:
    on, _ = when(tree, "date", "effective", "issued")
    return on or day(text(part(tree, "context", "period"), "start"))


def _plain(held: Held, words: str, bag: Bag) -> Written:
    chart = chart_from_text(words, held.name)
    return Written(tuple(_dressed(d, held, bag) for d in chart.documents), _said(chart.facts, held))


def _dressed(document: Document, held: Held, bag: Bag) -> Document:
    """Return a document with what its resource says of it."""
    tree = held.tree
    kind = _kind(tree) or document.kind
    return replace(document, kind=kind, on=_on(tree) or document.on, author=author(tree, bag))


def _said(facts: tuple[Fact, ...], held: Held) -> tuple[Fact, ...]:
    return tuple(replace(f, attributes=(*f.attributes, ("at", held.name))) for f in facts)


def _attached(held: Held, number: int, attachment: Tree, bag: Bag, source: Source) -> Written:
    """Return an attachment, read by the reader that its own content asks for."""
    name = f"{held.name}.content[{number}]" if number else held.name
    try:
        data = _data(attachment, held.tree, bag)
    except ValueError as error:
        return Written(remarks=(f"{name}: {error}",))
    documents: list[Document] = []
    facts: list[Fact] = []
    remarks: list[str] = []
    for found in source.inside(name, data):
        if isinstance(found, Unreadable):
            remarks.append(f"{name}: its attachment is not read: {found.why}")
        else:
            documents += [_dressed(d, held, bag) for d in found.documents]
            facts += found.facts
            remarks += [f"{name}: {r}" for r in found.remarks if _worth(r)]
    return Written(tuple(documents), _said(tuple(facts), held), tuple(remarks))


def _worth(remark: str) -> bool:
    """Tell whether a remark on a text inside a record matters: the record itself has patient and encounter."""
    return "was not found in the record" not in remark and "date of the encounter" not in remark


def _data(attachment: Tree, tree: Tree, bag: Bag) -> bytes:
    """Return the bytes of an attachment, from itself or from its Binary; raises ValueError with the reason."""
    encoded = text(attachment, "data")
    url = text(attachment, "url")
    if not encoded and url:
        held = bag.get(url, tree)
        if held is None:
            raise ValueError("its attachment is elsewhere and not in the record, so it is not read")
        encoded = text(held.tree, "data")
    if not encoded:
        raise ValueError("it has no attachment")
    if len(encoded) > LIMIT:
        raise ValueError(f"its attachment is larger than {LIMIT // 1_000_000} MB and not read")
    try:
        return base64.b64decode(encoded, validate=False)
    except (binascii.Error, ValueError):
        raise ValueError("its attachment is no base64, so it is not read") from None


def _composition(held: Held, bag: Bag, source: Source) -> Written:
    """Return the narrative of a Composition: its sections under their titles."""
    pieces: list[str] = []
    found: list[Section] = []
    at = 0
    for tree in _sections(held.tree):
        body = _narrative(tree, source)
        if not body:
            continue
        code = next((c.value for c in concept(tree.get("code")).codings), "")
        title = text(tree, "title") or concept(tree.get("code")).words or "Section"
        heading = f"{' '.join(title.split())}:\n"
        pieces.append(f"{heading}{body}\n\n")
        end = at + len(pieces[-1])
        found.append(Section(section(code, title), at, at + len(heading), end))
        at = end
    if not pieces:
        return Written()
    document = Document(held.name, "".join(pieces), kinds.OTHER, tuple(found))
    return Written((_dressed(document, held, bag),))


def _sections(tree: Tree, depth: int = 0) -> Iterator[Tree]:
    for one in parts(tree, "section"):
        yield one
        if depth < 10:
            yield from _sections(one, depth + 1)


def _narrative(tree: Tree, source: Source) -> str:
    div = text(tree, "text", "div")
    if not div:
        return ""
    try:
        return html.read(div.encode("utf-8", "replace"), source).strip()
    except Unreadable:
        return ""
