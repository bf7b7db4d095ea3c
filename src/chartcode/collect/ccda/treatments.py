"""Drugs, vaccines, procedures, visits, orders, supplies and devices, of the entries of a C-CDA."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from chartcode.collect.ccda.statements import Here, Told, comment, has, negated, refers, related, said, status
from chartcode.collect.ccda.values import Concept, concept, quantity, when
from chartcode.collect.coding import DEVICES, DRUGS, PROCEDURES, VACCINES, attributes, chosen, measured
from chartcode.collect.coding import said as told
from chartcode.model.chart import AFFIRMED, HYPOTHETICAL, NEGATED, Fact
from chartcode.wire.ccda import attribute, child, children, kind, words

_T = "2.16.840.1.113883.10.20.22.4."
IMMUNIZATION = (f"{_T}52", "2.16.840.1.113883.10.20.1.24.5", f"{_T}120")
_INSTRUCTIONS = (f"{_T}20",)
_PRODUCT = "consumable/manufacturedProduct/manufacturedMaterial"
_ORDERED = frozenset(("INT", "RQO", "PRMS", "PRP", "APT", "ARQ", "GOL", "DEF"))


def planned(statement: etree._Element) -> bool:
    """Tell whether a statement is an intent or an order and no event."""
    return attribute(statement, "moodCode") in _ORDERED


def _assertion(statement: etree._Element) -> str:
    if negated(statement) or status(statement) in ("cancelled", "aborted", "nullified"):
        return NEGATED
    return AFFIRMED


def medication(statement: etree._Element, here: Here) -> Iterator[Told]:
    """Yield a drug. Attributes: ``dose``, ``route``, ``frequency``, ``as needed``, ``rate``, ``reason``."""
    what = _product(statement)
    last, often = _schedule(statement)
    vaccine = has(statement, *IMMUNIZATION) or here.section == "immunizations"
    instructions = " ".join(words(child(one, "text")) for one in related(statement) if has(one, *_INSTRUCTIONS))
    pairs = [
        ("dose", measured(*quantity(child(statement, "doseQuantity")))),
        ("route", concept(child(statement, "routeCode")).text),
        ("frequency", often),
        ("as needed", "yes" if child(statement, "precondition") is not None else ""),
        ("rate", measured(*quantity(child(statement, "rateQuantity")))),
        ("reason", _reason(statement)),
        ("lot", words(child(statement, f"{_PRODUCT}/lotNumberText"))),
        ("until", last),
        ("instructions", instructions),
        *attributes(what.codings),
        ("at", here.place),
    ]
    time = when(statement)
    mood = "ordered" if attribute(statement, "moodCode") in ("INT", "RQO") else "home"
    fact = Fact(
        "immunization" if vaccine else "medication",
        said(statement, what) or ("a vaccine without name" if vaccine else "a drug without name"),
        code=chosen(what.codings, VACCINES if vaccine else DRUGS),
        assertion=_assertion(statement),
        on=time.first,
        author=here.author,
        status=status(statement) if vaccine else _drug_status(here.section, mood, status(statement)),
        attributes=told(pairs),
    )
    section = "immunizations" if vaccine else here.section if here.section == "discharge medications" else "medications"
    yield Told(section, fact, refers(statement, what), comment(statement))


def _drug_status(section: str, mood: str, state: str) -> str:
    if state in ("aborted", "suspended", "cancelled"):
        return "stopped"
    return {"discharge medications": "discharge", "medications": mood}.get(
        section, "given" if state == "completed" else mood
    )


def _product(statement: etree._Element) -> Concept:
    for way in (_PRODUCT, "product/manufacturedProduct/manufacturedMaterial"):
        material = child(statement, way)
        if material is not None:
            what = concept(child(material, "code"))
            return what if what.text else what._replace(text=words(child(material, "name")))
    return Concept()


def _schedule(statement: etree._Element) -> tuple[str, str]:
    """Return the last day and how often a drug is taken (PIVL_TS, EIVL_TS)."""
    last, often = "", ""
    for time in children(statement, "effectiveTime"):
        sort = kind(time)
        if sort == "PIVL_TS":
            every = measured(*quantity(child(time, "period")))
            often = f"every {every}" if every else often
        elif sort == "EIVL_TS":
            often = attribute(time, "code", "event") or often
        else:
            last = attribute(time, "value", "high")[:8]
    return last, often


def _reason(statement: etree._Element) -> str:
    found = [concept(child(one, "value")) for one in related(statement) if has(one, f"{_T}19")]
    return "; ".join(f"{w.text} ({', '.join(map(str, w.codings))})" if w.codings else w.text for w in found if w.text)


def procedure(statement: etree._Element, here: Here) -> Iterator[Told]:
    """Yield a procedure or an order. Attributes: ``site``, ``method``, ``device``, ``reason``, ``result``, ``mood``."""
    what = concept(child(statement, "code"))
    time = when(statement)
    order = planned(statement)
    devices = [concept(child(one, "code")) for one in children(statement, "participant/participantRole/playingDevice")]
    pairs = [
        ("site", ", ".join(concept(one).text for one in children(statement, "targetSiteCode"))),
        ("method", ", ".join(concept(one).text for one in children(statement, "methodCode"))),
        ("device", ", ".join(d.text for d in devices if d.text)),
        ("reason", _reason(statement)),
        ("mood", attribute(statement, "moodCode") if order else ""),
        *time.more,
        *attributes(what.codings),
        ("at", here.place),
    ]
    fact = Fact(
        "order" if order else "procedure",
        said(statement, what) or ("an order without name" if order else "a procedure without name"),
        code=chosen(what.codings, PROCEDURES),
        assertion=_assertion(statement),
        on=time.first,
        author=here.author,
        status=status(statement),
        attributes=told(pairs),
    )
    yield Told("plan" if order else "procedure", fact, refers(statement, what), comment(statement))
    for number, one in enumerate(devices, start=1):
        if one.text or one.codings:
            yield Told("other", _device(one, here, f"{here.place}/device[{number}]"), refers(statement, one))


def _device(what: Concept, here: Here, at: str) -> Fact:
    return Fact("equipment", what.text or "a device without name", code=chosen(what.codings, DEVICES),
                author=here.author, status="in use",
                attributes=told([*attributes(what.codings), ("at", at)]))  # fmt: skip


def visit(statement: etree._Element, here: Here) -> Iterator[Told]:
    """Yield an encounter of the encounters section as a procedure; a planned one is an order."""
    for one in procedure(statement, here):
        pairs = (("category", "encounter"), *one.fact.attributes)
        yield one._replace(fact=replace(one.fact, attributes=pairs))


def supply(statement: etree._Element, here: Here) -> Iterator[Told]:
    """Yield a supply: a device, or a drug that was dispensed or ordered to be. Attributes: ``quantity``."""
    what = _product(statement)
    device = Concept()
    for one in children(statement, "participant/participantRole"):
        device = concept(child(one, "playingDevice/code"))
        if device.text or device.codings:
            break
    drug = bool(what.text or what.codings) and here.section in ("medications", "discharge medications")
    thing = what if drug or not (device.text or device.codings) else device
    if not (thing.text or thing.codings) and child(statement, "text") is None:
        return
    time = when(statement)
    order = planned(statement)
    pairs = [
        ("quantity", measured(*quantity(child(statement, "quantity")))),
        *time.more,
        *attributes(thing.codings),
        ("at", here.place),
    ]
    fact = Fact(
        "medication" if drug else "equipment",
        said(statement, thing) or "a supply without name",
        code=chosen(thing.codings, DRUGS if drug else DEVICES),
        assertion=HYPOTHETICAL if attribute(statement, "moodCode") == "PRP" else _assertion(statement),
        on=time.first,
        author=here.author,
        status="ordered" if order else "dispensed" if drug else "supplied",
        attributes=told(pairs),
    )
    yield Told(
        "medications" if drug else "plan" if order else "other", fact, refers(statement, thing), comment(statement)
    )
