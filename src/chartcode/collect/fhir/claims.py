"""What was billed: Claim and ExplanationOfBenefit (also Medicare's Blue Button), as facts and as an encounter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from chartcode.collect.coding import DIAGNOSES, PROCEDURES, Coding, attributes, chosen, measured, said
from chartcode.collect.fhir.authors import CODER
from chartcode.collect.fhir.bag import Bag, Held
from chartcode.collect.fhir.values import Concept, concept, concepts, part, parts, period, quantity, text, when
from chartcode.collect.sheet import Entry
from chartcode.model.chart import AFFIRMED, INPATIENT, NEGATED, OUTPATIENT, PROFESSIONAL, Encounter, Fact
from chartcode.model.code import ICD10, ICD10CM, ICD10PCS
from chartcode.wire.fhir import Tree

_ROLES = {
    "principal": ("principal", "principal diagnosis"),
    "admitting": ("admitting", "admission diagnosis"),
    "discharge": ("discharge", "discharge diagnosis"),
    "secondary": ("secondary", "secondary diagnoses"),
    "other": ("secondary", "secondary diagnoses"),
    "comorbidity": ("secondary", "secondary diagnoses"),
    "externalcauseofinjury": ("external cause", "secondary diagnoses"),
    "external-cause": ("external cause", "secondary diagnoses"),
    "patientreasonforvisit": ("reason for visit", "reason for visit"),
    "patient-reason-for-visit": ("reason for visit", "reason for visit"),
}
_VOID = ("entered-in-error", "cancelled")


def claims(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield the diagnoses, procedures and service lines of a claim, as coder's facts.

    Attributes of a diagnosis: ``category`` (claim), ``role`` (principal, admitting, ...), ``rank``, ``poa``,
    ``sequence``; of a line: ``modifiers``, ``units``, ``pointers`` (sequences of diagnoses), ``revenue``, ``place``.
    """
    tree = held.tree
    billed = [(one, _diagnosis(one, tree, bag)) for one in parts(tree, "diagnosis")]
    codes = {c for _, what in billed for c in what.codings}
    for number, (one, what) in enumerate(billed):
        if what.words and not _told(one, tree, bag):
            yield _billed(held, number, one, what)
    for number, one in enumerate(parts(tree, "procedure")):
        yield _procedure(held, number, one, bag)
    for number, one in enumerate(parts(tree, "item")):
        if not codes.intersection(_service_of(one).codings):  # some exports list the diagnosis too
            yield from _line(held, number, one)


def _assertion(tree: Tree) -> str:
    return NEGATED if text(tree, "status") in _VOID else AFFIRMED


def _diagnosis(one: Tree, tree: Tree, bag: Bag) -> Concept:
    found = _american(concept(one.get("diagnosisCodeableConcept")), ICD10CM)
    if found.words:
        return found
    reference = part(one, "diagnosisReference")
    meant = bag.get(text(reference, "reference"), tree) if reference else None
    return concept(meant.tree.get("code")) if meant else Concept(text(reference, "display"))


def _told(one: Tree, tree: Tree, bag: Bag) -> bool:
    """Tell whether a diagnosis only refers to a Condition of the record, which is a fact of its own."""
    meant = bag.get(text(one, "diagnosisReference", "reference"), tree)
    return meant is not None and meant in bag.of("Condition")


def _american(what: Concept, meant: str) -> Concept:
    """Return a concept whose ICD-10 codes are those of the US: Medicare writes the URI of the WHO's ICD-10 for them."""
    return Concept(
        what.text,
        tuple(
            c
            if c.system != ICD10
            else Coding(meant, c.value.replace(".", "") if meant == ICD10PCS else c.value, c.display)
            for c in what.codings
        ),
    )


def role_of(one: Tree) -> tuple[str, str]:
    """Return the role of a claim's diagnosis, and the section under which it is set down."""
    kinds = [c.value() for c in concepts(one, "type")]
    return next((_ROLES[kind] for kind in kinds if kind in _ROLES), ("", "diagnosis"))


def _billed(held: Held, number: int, one: Tree, what: Concept) -> Entry:
    role, section = role_of(one)
    start, _ = _service(held.tree)
    sequence = text(one, "sequence")
    pairs = [
        ("category", "claim"),
        ("role", role),
        ("rank", sequence),
        ("poa", concept(one.get("onAdmission")).value().upper()),
        ("drg", ", ".join(c.value for c in concept(one.get("packageCode")).codings)),
        *attributes(what.codings),
        ("at", f"{held.name}.diagnosis[{number}]"),
    ]
    fact = Fact("diagnosis", what.words or "a diagnosis without name", code=chosen(what.codings, DIAGNOSES),
                assertion=_assertion(held.tree), on=start, author=CODER, status=text(held.tree, "status"),
                attributes=said(pairs))  # fmt: skip
    return Entry(section, fact)


def _procedure(held: Held, number: int, one: Tree, bag: Bag) -> Entry:
    what = _american(concept(one.get("procedureCodeableConcept")), ICD10PCS)
    if not what.words and (meant := bag.at({**one, "contained": held.tree.get("contained")}, "procedureReference")):
        what = concept(meant.tree.get("code"))
    on, more = when(one, "date")
    role = next((c.value() for c in concepts(one, "type") if c.value()), "")
    pairs = [("category", "claim"), ("role", role), ("rank", text(one, "sequence")), *more, *attributes(what.codings),
             ("at", f"{held.name}.procedure[{number}]")]  # fmt: skip
    fact = Fact("procedure", what.words or "a procedure without name", code=chosen(what.codings, PROCEDURES),
                assertion=_assertion(held.tree), on=on or _service(held.tree)[0], author=CODER,
                status=text(held.tree, "status"), attributes=said(pairs))  # fmt: skip
    return Entry("procedure", fact)


def _service_of(one: Tree) -> Concept:
    """Return what a line bills; STU3, in which Medicare's Blue Button began, calls it ``service``."""
    found = concept(one.get("productOrService"))
    return found if found.words else concept(one.get("service"))


def _line(held: Held, number: int, one: Tree) -> Iterator[Entry]:
    """Yield a service line; one without a code of its own is only money."""
    what = _service_of(one)
    if not what.codings:
        return
    on, more = when(one, "serviced")
    modifiers = [c.codings[0].value for c in concepts(one, "modifier") if c.codings]
    pointers = one.get("diagnosisSequence")
    pairs = [
        ("category", "claim"),
        ("modifiers", " ".join(modifiers)),
        ("units", quantity(part(one, "quantity"))[0]),
        ("pointers", " ".join(str(p) for p in pointers if isinstance(p, int)) if isinstance(pointers, list) else ""),
        ("revenue", ", ".join(c.value for c in concept(one.get("revenue")).codings)),
        ("place", ", ".join(c.value for c in concept(one.get("locationCodeableConcept")).codings)),
        ("charge", measured(text(part(one, "net"), "value"), text(part(one, "net"), "currency"))),
        *more,
        *attributes(what.codings),
        ("at", f"{held.name}.item[{number}]"),
    ]
    fact = Fact("procedure", what.words, code=chosen(what.codings, PROCEDURES), assertion=_assertion(held.tree),
                on=on or _service(held.tree)[0], author=CODER, status=text(held.tree, "status"),
                attributes=said(pairs))  # fmt: skip
    yield Entry("procedure", fact, " ".join(modifiers))


def coverage(held: Held, bag: Bag) -> Iterator[Entry]:
    """Yield nothing: who pays belongs to the encounter (``payer``)."""
    del held, bag
    yield from ()


class Billed(NamedTuple):
    """A claim as an encounter."""

    encounter: Encounter
    setting_known: bool


_PROFESSIONAL_TYPES = ("71", "72", "81", "82", "carrier", "dme", "professional", "oral", "vision")
_INPATIENT_TYPES = ("60", "61", "62", "63", "64", "20", "30", "50", "inpatient", "snf", "hospice")
_OUTPATIENT_TYPES = ("40", "10", "outpatient", "hha")


def billed(tree: Tree) -> Billed:
    """Return the encounter that a claim without one describes.

    The kind of claim gives the setting: FHIR's claim types, Medicare's NCH claim type codes, the type of bill.
    """
    first, last = _service(tree)
    types = [c.value.lower() for c in concept(tree.get("type")).codings]
    types += [c.value.lower() for one in concepts(tree, "type")[1:] for c in one.codings]
    types += [c.value.lower() for c in concept(tree.get("subType")).codings]
    setting = OUTPATIENT
    known = True
    if any(t in _INPATIENT_TYPES or t.startswith("inpatient") for t in types):
        setting = INPATIENT
    elif any(t in _OUTPATIENT_TYPES or t.startswith("outpatient") for t in types):
        setting = OUTPATIENT
    elif any(t in _PROFESSIONAL_TYPES for t in types):
        setting = PROFESSIONAL
    elif admitted(tree):
        setting = INPATIENT
    else:
        known = False
    payer = text(tree, "insurer", "display") or text(part(tree, "insurance", "coverage"), "display")
    if setting != INPATIENT and last == first:
        last = None
    return Billed(Encounter(setting, first, last, discharge_status(tree), payer or None), known)


def admitted(tree: Tree) -> bool:
    """Tell whether a claim has an admission."""
    return any(concept(one.get("category")).has("admissionperiod", "typeofbill") and _stay(one) for one in _info(tree))


def _stay(one: Tree) -> bool:
    return bool(part(one, "timingPeriod")) or concept(one.get("code")).value()[:2] in ("11", "12", "18", "21", "41")


def discharge_status(tree: Tree) -> str | None:
    """Return the two-digit discharge status of a claim."""
    for one in _info(tree):
        if concept(one.get("category")).has("discharge-status", "dischargestatus", "patientdischargestatus"):
            value = concept(one.get("code")).value()
            if value.isdigit() and len(value) <= 2:
                return value.zfill(2)
    return None


def _info(tree: Tree) -> list[Tree]:
    return parts(tree, "supportingInfo") + parts(tree, "information")


def _service(tree: Tree) -> tuple[date | None, date | None]:
    """Return the first and last day of service."""
    first, last = period(part(tree, "billablePeriod"))
    if first is None:
        days = [d for one in parts(tree, "item") if (d := when(one, "serviced")[0])]
        first, last = (min(days), max(days)) if days else (when(tree, "created")[0], None)
    return first, last
