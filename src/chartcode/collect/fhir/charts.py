"""The resources of one patient -> charts, one for each encounter.

What belongs to no encounter goes by its date: to the encounter within whose days it lies, else to the last one that
began before it, else to the first; a fact that came so says in ``placed`` whether it lies within its days. A claim
that names no encounter and lies within none is an encounter of its own. Without encounters, there is one chart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from chartcode.collect.coding import DIAGNOSES, PROCEDURES, attributes, chosen, said
from chartcode.collect.fhir.bag import Bag, Held, encounters
from chartcode.collect.fhir.claims import billed, claims, role_of
from chartcode.collect.fhir.conditions import ENCOUNTER_DIAGNOSIS, allergies, conditions, family
from chartcode.collect.fhir.documents import written
from chartcode.collect.fhir.encounters import encounter, patient
from chartcode.collect.fhir.observations import observations, reports
from chartcode.collect.fhir.treatments import equipment, immunizations, medications, orders, procedures
from chartcode.collect.fhir.values import concept, concepts, day, part, parts, text, when
from chartcode.collect.sheet import Entry, sheet
from chartcode.collect.silence import completed
from chartcode.collect.source import Source
from chartcode.model.chart import Chart, Document, Encounter, Fact
from chartcode.model.code import CPT, HCPCS

Facts: TypeAlias = Callable[[Held, Bag], Iterator[Entry]]

READ: Mapping[str, Facts] = {
    "AllergyIntolerance": allergies,
    "Claim": claims,
    "Condition": conditions,
    "Device": equipment,
    "DeviceRequest": equipment,
    "DeviceUseStatement": equipment,
    "DiagnosticReport": reports,
    "ExplanationOfBenefit": claims,
    "FamilyMemberHistory": family,
    "Immunization": immunizations,
    "MedicationAdministration": medications,
    "MedicationDispense": medications,
    "MedicationRequest": medications,
    "MedicationStatement": medications,
    "Observation": observations,
    "Procedure": procedures,
    "ServiceRequest": orders,
    "SupplyDelivery": equipment,
    "SupplyRequest": equipment,
}
"""The resources that become facts; texts are read by ``documents``, patient and encounter by ``encounters``."""

WRITTEN = frozenset(("DocumentReference", "DiagnosticReport", "Composition", "ClinicalImpression"))
_CLAIMS = ("Claim", "ExplanationOfBenefit")
_DATED = ("recordedDate", "effective", "performed", "authoredOn", "occurrence", "issued", "date", "onset", "recorded",
          "whenHandedOver", "recordedOn", "created", "timing")  # fmt: skip


@dataclass
class _Stay:
    """A chart on its way."""

    name: str
    encounter: Encounter
    known: bool
    of: list[Held] = field(default_factory=list)
    placed: dict[int, str] = field(default_factory=dict)
    resource: Held | None = None

    def covers(self, on: date) -> bool:
        """Tell whether a day lies within the encounter."""
        first, last = self.encounter.first, self.encounter.last
        return first is not None and first <= on <= (last or first)


def charts(bag: Bag, source: Source, *, alone: bool) -> Iterator[Chart]:
    """Yield the charts of one patient.

    Args:
        bag: the patient's resources.
        source: whose id the charts have, with the encounter's name behind it unless there is one chart.
        alone: this patient's record is the whole source.
    """
    who = next(iter(bag.of("Patient")), None)
    stays = _stays(bag)
    _share_out(bag, stays)
    stays = [s for s in stays if s.resource or s.of] or [
        _Stay(who.name if who else "record", _undated(bag), known=False)
    ]
    single = alone and len(stays) == 1
    for stay in stays:
        yield _chart(stay, who, bag, source, source.id if single else f"{source.id}#{stay.name}")


def _undated(bag: Bag) -> Encounter:
    """Return the encounter of a record that has none."""
    days = [d for held in bag.all if (d := _day(held))]
    return Encounter(first=max(days)) if days else Encounter()


def _stays(bag: Bag) -> list[_Stay]:
    """Return the encounters in order of their days; a part of another one belongs to it."""
    found = []
    for held in bag.of("Encounter"):
        if bag.at(held.tree, "partOf") in (None, held):
            about, known = encounter(held, bag)
            found.append(_Stay(held.name, about, known, resource=held))
    return sorted(found, key=lambda s: (s.encounter.first or date.max, s.name))


def _share_out(bag: Bag, stays: list[_Stay]) -> None:
    """Give each resource to the encounter that it belongs to, in place; claims without one become encounters."""
    by_name = {s.name: s for s in stays}
    real = list(stays)
    loose: list[Held] = []
    for held in bag.all:
        if held.type in READ or held.type in WRITTEN:
            stay = _named(held, bag, by_name)
            if stay is not None:
                stay.of.append(held)
            else:
                loose.append(held)
    for held in loose:
        on = _day(held)
        if held.type in _CLAIMS and not (on and any(s.covers(on) for s in real)):
            about = billed(held.tree)
            stays.append(_Stay(held.name, about.encounter, about.setting_known, [held]))
    if not stays:
        stays.append(_Stay(_patient_name(bag), _undated(bag), known=False))
    open_to = real or stays
    for held in loose:
        if not any(held in s.of for s in stays if s.resource is None and held.type in _CLAIMS):
            on = _day(held)
            stay = _by_day(on, open_to)
            if real:
                stay.placed[len(stay.of)] = "within its days" if on and stay.covers(on) else "outside its days"
            stay.of.append(held)


def _patient_name(bag: Bag) -> str:
    return next((h.name for h in bag.of("Patient")), "record")


def _named(held: Held, bag: Bag, by_name: Mapping[str, _Stay]) -> _Stay | None:
    """Return the encounter that a resource names, or the one that its encounter is a part of."""
    for reference in encounters(held.tree):
        meant = bag.get(reference)
        for _ in range(10):
            if meant is None or meant.name in by_name:
                break
            meant = bag.at(meant.tree, "partOf")
        if meant is not None and meant.name in by_name:
            return by_name[meant.name]
    return None


def _day(held: Held) -> date | None:
    if held.type in _CLAIMS:
        return billed(held.tree).encounter.first
    return when(held.tree, *_DATED)[0] or day(text(part(held.tree, "context", "period"), "start"))


def _by_day(on: date | None, stays: list[_Stay]) -> _Stay:
    """Return the encounter for what names none."""
    if on is None:
        return stays[-1]
    begun = [s for s in stays if s.encounter.first is not None and s.encounter.first <= on]
    return next((s for s in stays if s.covers(on)), begun[-1] if begun else stays[0])


def _chart(stay: _Stay, who: Held | None, bag: Bag, source: Source, name: str) -> Chart:
    documents: list[Document] = []
    facts: list[Fact] = []
    remarks = [*bag.remarks]
    entries = list(_reasons(stay))
    roles = _roles(stay, bag)
    for number, held in enumerate(stay.of):
        found = READ[held.type](held, bag) if held.type in READ else ()
        entries += [_ranked(_placed(entry, stay.placed.get(number, "")), roles.get(held.name)) for entry in found]
        for text_of in written(held, bag, source) if held.type in WRITTEN else ():
            documents += text_of.documents
            facts += text_of.facts
            remarks += text_of.remarks
    set_down, listed = sheet(_free("entries", documents), entries, stay.encounter.on)
    if set_down is not None:
        documents.append(set_down)
    if who is None:
        remarks.append("the record has no Patient resource")
    about = patient(who.tree if who else None, stay.encounter.first or stay.encounter.last)
    chart = Chart(name, _distinct(documents), about, stay.encounter, (*facts, *listed), tuple(dict.fromkeys(remarks)))
    return completed(chart, source.silent, setting_known=stay.known)


def _free(name: str, documents: list[Document]) -> str:
    taken = {d.id for d in documents}
    return next(n for n in (name, *(f"{name} {k}" for k in range(2, len(taken) + 3))) if n not in taken)


def _distinct(documents: list[Document]) -> tuple[Document, ...]:
    """Return documents of which no two have one id; the first of them stands, as evidence refers to it."""
    return tuple({d.id: d for d in reversed(documents)}.values())[::-1]


def _placed(entry: Entry, how: str) -> Entry:
    if not how:
        return entry
    fact = entry.fact
    return entry._replace(fact=replace(fact, attributes=(*fact.attributes, ("placed", how))))


_USES = {
    "ad": ("admitting", "admission diagnosis"),
    "dd": ("discharge", "discharge diagnosis"),
    "cc": ("reason for visit", "reason for visit"),
    "cm": ("secondary", "secondary diagnoses"),
    "billing": ("billing", "diagnosis"),
    "pre-op": ("", "preoperative diagnosis"),
    "post-op": ("", "postoperative diagnosis"),
}


def _roles(stay: _Stay, bag: Bag) -> dict[str, tuple[str, str, str]]:
    """Return role, section and rank of the Conditions that the encounter or its claims call diagnoses."""
    found: dict[str, tuple[str, str, str]] = {}
    for claim in stay.of:
        for one in parts(claim.tree, "diagnosis") if claim.type in _CLAIMS else ():
            held = bag.get(text(one, "diagnosisReference", "reference"), claim.tree)
            if held is not None:
                role, section = role_of(one)
                found.setdefault(held.name, (role, section, text(one, "sequence")))
    for one in parts(stay.resource.tree, "diagnosis") if stay.resource else ():
        held = bag.get(text(one, "condition", "reference"))
        if held is not None:
            role, section = _USES.get(concept(one.get("use")).value(), ("", "diagnosis"))
            found[held.name] = (role, section, text(one, "rank"))
    return found


def _ranked(entry: Entry, role: tuple[str, str, str] | None) -> Entry:
    """Return a Condition's entry with its place among the encounter's diagnoses."""
    if role is None or entry.fact.kind != "diagnosis":
        return entry
    name, section, rank = role
    kept = [pair for pair in entry.fact.attributes if pair[0] != "category"]
    pairs = said([("category", ENCOUNTER_DIAGNOSIS), ("role", name), ("rank", rank), *kept])
    return entry._replace(section=section, fact=replace(entry.fact, attributes=pairs))


def _reasons(stay: _Stay) -> Iterator[Entry]:
    """Yield what the encounter itself says: why the patient came, and the billable kind of visit."""
    if stay.resource is None:
        return
    tree, name = stay.resource.tree, stay.resource.name
    for number, what in enumerate(concepts(tree, "reasonCode")):
        if what.words:
            pairs = [
                ("category", "reason for visit"),
                *attributes(what.codings),
                ("at", f"{name}.reasonCode[{number}]"),
            ]
            fact = Fact("diagnosis", what.words, code=chosen(what.codings, DIAGNOSES), on=stay.encounter.first,
                        attributes=said(pairs))  # fmt: skip
            yield Entry("reason for visit", fact)
    for number, what in enumerate(concepts(tree, "type")):
        if any(c.system in (CPT, HCPCS) for c in what.codings):
            pairs = [("category", "visit"), *attributes(what.codings), ("at", f"{name}.type[{number}]")]
            fact = Fact("procedure", what.words, code=chosen(what.codings, PROCEDURES), on=stay.encounter.first,
                        status=text(tree, "status"), attributes=said(pairs))  # fmt: skip
            yield Entry("procedure", fact)
