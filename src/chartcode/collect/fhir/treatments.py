"""What was done, given, ordered and supplied: procedures, drugs, vaccines, orders, devices."""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.collect.coding import DEVICES, DRUGS, PROCEDURES, VACCINES, attributes, chosen, measured, said
from chartcode.collect.fhir.authors import author
from chartcode.collect.fhir.bag import Bag, Held
from chartcode.collect.fhir.values import Concept, concept, concepts, notes, part, parts, quantity, text, when
from chartcode.collect.sheet import Entry
from chartcode.model.chart import AFFIRMED, HYPOTHETICAL, NEGATED, Fact
from chartcode.wire.fhir import Tree

_NOT_DONE = ("not-done", "not-taken", "entered-in-error", "cancelled", "revoked")
_NOT_YET = ("preparation", "draft", "intended")


def _assertion(status: str) -> str:
    return NEGATED if status in _NOT_DONE else HYPOTHETICAL if status in _NOT_YET else AFFIRMED


def procedures(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield a procedure. Attributes: ``site``, ``outcome``, ``reason``, ``coding``, ``at``."""
    tree = held.tree
    what = concept(tree.get("code"))
    on, more = when(tree, "performed")
    status = text(tree, "status")
    pairs = [
        ("site", ", ".join(c.words for c in concepts(tree, "bodySite"))),
        ("outcome", concept(tree.get("outcome")).words),
        ("reason", _reasons(tree, bag)),
        ("device", ", ".join(c.words for c in concepts(tree, "usedCode"))),
        *more,
        *attributes(what.codings),
        ("at", held.name),
    ]
    fact = Fact("procedure", what.words or "a procedure without name", code=chosen(what.codings, PROCEDURES),
                assertion=_assertion(status), on=on, author=author(tree, bag), status=status,
                attributes=said(pairs))  # fmt: skip
    yield Entry("procedure", fact, notes(tree))


def _reasons(tree: Tree, bag: Bag) -> str:
    """Return why something was done: in words, with the codes of the reasons."""
    found = concepts(tree, "reasonCode")
    for reference in parts(tree, "reasonReference"):
        held = bag.get(text(reference, "reference"), tree)
        found.append(concept(held.tree.get("code")) if held else Concept(text(reference, "display")))
    return "; ".join(
        f"{c.words} ({', '.join(map(str, c.codings))})" if c.codings else c.words for c in found if c.words
    )


_DRUG_STATUS = {
    "MedicationAdministration": "given",
    "MedicationDispense": "dispensed",
    "MedicationRequest": "ordered",
    "MedicationStatement": "home",
}
_STOPPED = ("stopped", "cancelled", "completed", "ended")


def medications(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield a drug that was ordered, given, dispensed or is taken.

    Attributes: ``dose``, ``route``, ``frequency``, ``as needed``, ``quantity``, ``strength``, ``reason``, ``coding``.
    """
    tree = held.tree
    what = _drug(tree, bag)
    on, more = when(tree, "authoredOn", "effective", "whenHandedOver", "whenPrepared", "dateAsserted")
    status = text(tree, "status")
    dosage = part(tree, "dosageInstruction") or part(tree, "dosage")
    dispensed = part(tree, "dispenseRequest", "quantity") or part(tree, "quantity")
    pairs = [
        *_dosage(dosage),
        ("quantity", measured(*quantity(dispensed))),
        ("reason", _reasons(tree, bag)),
        *more,
        *attributes(what.codings),
        ("at", held.name),
    ]
    kind = _DRUG_STATUS[held.type]
    stopped = kind in ("ordered", "home") and status in _STOPPED[:2]
    fact = Fact("medication", what.words or "a drug without name", code=chosen(what.codings, DRUGS),
                assertion=_assertion(status), on=on, author=author(tree, bag), status="stopped" if stopped else kind,
                attributes=said(pairs))  # fmt: skip
    yield Entry("medications", fact, text(dosage, "text") or " ".join(value for _, value in said(_dosage(dosage))))


def _drug(tree: Tree, bag: Bag) -> Concept:
    """Return the drug itself, also where a Medication resource, perhaps a contained one, names it."""
    found = concept(tree.get("medicationCodeableConcept"))
    if found.words:
        return found
    held = bag.at(tree, "medicationReference")
    known = concept(held.tree.get("code")) if held else Concept()
    if held is not None and not known.words:
        parts_of = [concept(one.get("itemCodeableConcept")) for one in parts(held.tree, "ingredient")]
        known = Concept(", ".join(c.words for c in parts_of if c.words), tuple(x for c in parts_of for x in c.codings))
    return known if known.words else Concept(text(tree, "medicationReference", "display"), known.codings)


def _dosage(dosage: Tree) -> list[tuple[str, str]]:
    amount = part(dosage, "doseAndRate")
    dose = measured(*quantity(part(amount, "doseQuantity") or part(dosage, "dose") or part(dosage, "doseQuantity")))
    if not dose and (low := quantity(part(amount, "doseRange", "low"))[0]):
        dose = f"{low}-{measured(*quantity(part(amount, 'doseRange', 'high')))}"
    timing = part(dosage, "timing")
    asked = dosage.get("asNeededBoolean") is True or bool(concept(dosage.get("asNeededCodeableConcept")).words)
    return [
        ("dose", dose),
        ("route", concept(dosage.get("route")).words),
        ("frequency", concept(timing.get("code")).words or _frequency(part(timing, "repeat"))),
        ("as needed", "yes" if asked else ""),
        ("instructions", text(dosage, "text")),
    ]


def _frequency(repeat: Tree) -> str:
    """Return how often, in words: ``2 times in 1 d``."""
    times, span, unit = text(repeat, "frequency"), text(repeat, "period"), text(repeat, "periodUnit")
    return f"{times or '1'} times in {span} {unit}" if span and unit else ""


def immunizations(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield a vaccine. Attributes: ``dose``, ``route``, ``site``, ``lot``, ``why not``."""
    tree = held.tree
    what = concept(tree.get("vaccineCode"))
    on, more = when(tree, "occurrence", "recorded")
    status = text(tree, "status")
    pairs = [
        ("dose", measured(*quantity(part(tree, "doseQuantity")))),
        ("route", concept(tree.get("route")).words),
        ("site", concept(tree.get("site")).words),
        ("lot", text(tree, "lotNumber")),
        ("why not", concept(tree.get("statusReason")).words),
        *more,
        *attributes(what.codings),
        ("at", held.name),
    ]
    fact = Fact("immunization", what.words or "a vaccine without name", code=chosen(what.codings, VACCINES),
                assertion=_assertion(status), on=on, author=author(tree, bag), status=status,
                attributes=said(pairs))  # fmt: skip
    yield Entry("immunizations", fact)


def orders(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield an order. Attributes: ``intent``, ``priority``, ``reason``, ``site``, ``quantity``."""
    tree = held.tree
    what = concept(tree.get("code"))
    on, more = when(tree, "authoredOn", "occurrence")
    status = text(tree, "status")
    pairs = [
        ("intent", text(tree, "intent")),
        ("priority", text(tree, "priority")),
        ("reason", _reasons(tree, bag)),
        ("site", ", ".join(c.words for c in concepts(tree, "bodySite"))),
        ("quantity", measured(*quantity(part(tree, "quantityQuantity")))),
        *more,
        *attributes(what.codings),
        ("at", held.name),
    ]
    words = what.words or ", ".join(c.words for c in concepts(tree, "orderDetail")) or "an order without name"
    fact = Fact("order", words, code=chosen(what.codings, PROCEDURES), assertion=_assertion(status), on=on,
                author=author(tree, bag), status=status, attributes=said(pairs))  # fmt: skip
    yield Entry("plan", fact, notes(tree))


_EQUIPMENT_STATUS = {
    "DeviceRequest": "ordered",
    "DeviceUseStatement": "used",
    "SupplyDelivery": "supplied",
    "SupplyRequest": "ordered",
    "Device": "in use",
}


def equipment(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield a device or supply. Attributes: ``name``, ``model``, ``manufacturer``, ``udi``, ``quantity``."""
    tree = held.tree
    device, what = _device(held, bag)
    on, more = when(tree, "authoredOn", "recordedOn", "timing", "occurrence")
    status = text(tree, "status")
    pairs = [
        ("name", text(device, "deviceName", "name")),
        ("model", text(device, "modelNumber")),
        ("manufacturer", text(device, "manufacturer")),
        ("udi", text(device, "udiCarrier", "deviceIdentifier")),
        ("quantity", measured(*quantity(part(tree, "suppliedItem", "quantity") or part(tree, "quantity")))),
        ("reason", _reasons(tree, bag)),
        ("site", concept(tree.get("bodySite")).words),
        *more,
        *attributes(what.codings),
        ("at", held.name),
    ]
    fact = Fact("equipment", what.words or text(device, "deviceName", "name") or "a device without name",
                code=chosen(what.codings, DEVICES), assertion=_assertion(status), on=on, author=author(tree, bag),
                status=_EQUIPMENT_STATUS[held.type], attributes=said(pairs))  # fmt: skip
    yield Entry("plan" if held.type in ("DeviceRequest", "SupplyRequest") else "other", fact, notes(tree))


def _device(held: Held, bag: Bag) -> tuple[Tree, Concept]:
    """Return the Device that is meant, where one is at hand, and what it is."""
    tree = held.tree
    if held.type == "Device":
        return tree, concept(tree.get("type"))
    item = part(tree, "suppliedItem")
    for holder, key in ((tree, "codeCodeableConcept"), (item, "itemCodeableConcept"), (tree, "itemCodeableConcept")):
        if (found := concept(holder.get(key))).words:
            return {}, found
    for holder, key in ((tree, "codeReference"), (tree, "device"), (item, "itemReference"), (tree, "itemReference")):
        reference = part(holder, key)
        meant = bag.get(text(reference, "reference"), tree) if reference else None
        if meant is not None:
            what = concept(meant.tree.get("type") or meant.tree.get("code"))
            return meant.tree, what if what.words else Concept(text(reference, "display"))
        if text(reference, "display"):
            return {}, Concept(text(reference, "display"))
    return {}, Concept()
