"""What was measured and found: Observation (vital signs, laboratory, social history, ...) and DiagnosticReport."""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.collect.coding import DIAGNOSES, HABITS, OBSERVATIONS, VITALS, attributes, chosen, measured, said
from chartcode.collect.fhir.authors import author
from chartcode.collect.fhir.bag import Bag, Held
from chartcode.collect.fhir.values import concept, concepts, notes, part, parts, quantity, text, when
from chartcode.collect.sheet import Entry
from chartcode.model.chart import AFFIRMED, NEGATED, Fact
from chartcode.wire.fhir import Tree

_KINDS = {
    "vital-signs": ("vital", "vitals"),
    "laboratory": ("lab", "labs"),
    "lab": ("lab", "labs"),
    "social-history": ("social", "social history"),
    "sdoh": ("social", "social history"),
    "imaging": ("lab", "imaging"),
    "exam": ("lab", "other"),
    "survey": ("lab", "other"),
}
_ABNORMAL = {
    "h": "high", "hh": "critically high", "hu": "critically high", "l": "low", "ll": "critically low",
    "lu": "critically low", "a": "abnormal", "aa": "critically abnormal", "pos": "abnormal", "det": "abnormal",
    "n": "normal", "neg": "normal", "nd": "normal",
}  # fmt: skip


def observations(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield an observation, and each of its components that has a value.

    Attributes: ``name``, ``value``, ``unit``, ``abnormal``, ``range``, ``value code``, ``coding``, ``at``.
    """
    tree = held.tree
    kind, section = _kind(tree)
    on, more = when(tree, "effective", "issued")
    status = text(tree, "status")
    shared = {"on": on, "author": author(tree, bag), "status": status,
              "assertion": NEGATED if status in ("entered-in-error", "cancelled") else AFFIRMED}  # fmt: skip
    components = parts(tree, "component")
    pieces = [(one, f"{held.name}.component[{n}]") for n, one in enumerate(components)]
    whole = [(tree, held.name)] if _value(tree)[0] or not pieces else []
    for one, at in (*whole, *pieces):
        what = concept(one.get("code"))
        value, unit, coded = _value(one)
        name = what.words or "an observation without name"
        pairs = [
            ("name", next((VITALS[c.value] for c in what.codings if c.value in VITALS), name)),
            ("value", value),
            ("unit", unit),
            ("abnormal", _abnormal(one)),
            ("range", _range(one)),
            ("value code", coded),
            ("site", concept(tree.get("bodySite")).words),
            ("why absent", concept(one.get("dataAbsentReason")).words),
            *more,
            *attributes(what.codings),
            ("at", at),
        ]
        words = f"{name}: {measured(value, unit)}" if value else name
        fact = Fact(kind, words, code=chosen(what.codings, OBSERVATIONS), attributes=said(pairs), **shared)  # type: ignore[arg-type] # one dict of four kinds
        yield Entry(section, fact, f"{_abnormal(one)} {notes(one)}".strip())


def _kind(tree: Tree) -> tuple[str, str]:
    if any(one.value in HABITS for one in concept(tree.get("code")).codings):
        return _KINDS["social-history"]
    for category in concepts(tree, "category"):
        for one in category.codings:
            if one.value.lower() in _KINDS:
                return _KINDS[one.value.lower()]
    return "lab", "labs"


def _value(tree: Tree) -> tuple[str, str, str]:
    """Return value, unit and the code of a coded value."""
    value, unit = quantity(part(tree, "valueQuantity"))
    if value:
        return value, unit, ""
    what = concept(tree.get("valueCodeableConcept"))
    if what.words:
        return what.words, "", str(what.codings[0]) if what.codings else ""
    for key in ("valueString", "valueInteger", "valueDateTime", "valueTime"):
        if text(tree, key):
            return " ".join(text(tree, key).split()), "", ""
    if isinstance(tree.get("valueBoolean"), bool):
        return "yes" if tree["valueBoolean"] else "no", "", ""
    for key, low, high, sign in (("valueRange", "low", "high", "-"), ("valueRatio", "numerator", "denominator", "/")):
        first, last = quantity(part(tree, key, low)), quantity(part(tree, key, high))
        if first[0] or last[0]:
            return f"{first[0]}{sign}{last[0]}", last[1] or first[1], ""
    return "", "", ""


def _abnormal(tree: Tree) -> str:
    return next((_ABNORMAL[c.value()] for c in concepts(tree, "interpretation") if c.value() in _ABNORMAL), "")


def _range(tree: Tree) -> str:
    found = part(tree, "referenceRange")
    low, high = quantity(part(found, "low")), quantity(part(found, "high"))
    return text(found, "text") or (f"{low[0]}-{measured(high[0], high[1] or low[1])}" if low[0] or high[0] else "")


def reports(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield the coded conclusions of a report as diagnoses; its results are Observations of their own."""
    tree = held.tree
    on, more = when(tree, "effective", "issued")
    for number, what in enumerate(concepts(tree, "conclusionCode")):
        pairs = [
            ("category", "report"),
            *more,
            *attributes(what.codings),
            ("at", f"{held.name}.conclusionCode[{number}]"),
        ]
        fact = Fact("diagnosis", what.words or "a conclusion without name", code=chosen(what.codings, DIAGNOSES), on=on,
                    author=author(tree, bag), status=text(tree, "status"), attributes=said(pairs))  # fmt: skip
        yield Entry("imaging", fact, concept(tree.get("code")).words)
