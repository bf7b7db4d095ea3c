"""The resources of one patient -> charts, one for each encounter (which is whose, ``stays`` tells)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from chartcode.collect.coding import DIAGNOSES, PROCEDURES, attributes, chosen, said
from chartcode.collect.fhir.bag import Bag, Held
from chartcode.collect.fhir.claims import claims, role_of
from chartcode.collect.fhir.conditions import ENCOUNTER_DIAGNOSIS, allergies, conditions, family
from chartcode.collect.fhir.documents import written
from chartcode.collect.fhir.encounters import patient
from chartcode.collect.fhir.observations import observations, reports
from chartcode.collect.fhir.stays import CLAIMS, Stay, shared_out
from chartcode.collect.fhir.treatments import equipment, immunizations, medications, orders, procedures
from chartcode.collect.fhir.values import concept, concepts, parts, text
from chartcode.collect.sheet import Entry, sheet
from chartcode.collect.silence import completed
from chartcode.collect.source import Source
from chartcode.model.chart import Chart, Document, Fact
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


def charts(bag: Bag, source: Source, *, alone: bool) -> Iterator[Chart]:
    """Yield the charts of one patient.

    Args:
        bag: the patient's resources.
        source: whose id the charts have, with the encounter's name behind it unless there is one chart.
        alone: this patient's record is the whole source.
    """
    who = next(iter(bag.of("Patient")), None)
    stays = shared_out(bag, READ.keys() | WRITTEN)
    single = alone and len(stays) == 1
    for stay in stays:
        yield _chart(stay, who, bag, source, source.id if single else f"{source.id}#{stay.name}")


def _chart(stay: Stay, who: Held | None, bag: Bag, source: Source, name: str) -> Chart:
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


def _roles(stay: Stay, bag: Bag) -> dict[str, tuple[str, str, str]]:
    """Return role, section and rank of the Conditions that the encounter or its claims call diagnoses."""
    found: dict[str, tuple[str, str, str]] = {}
    for claim in stay.of:
        for one in parts(claim.tree, "diagnosis") if claim.type in CLAIMS else ():
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


def _reasons(stay: Stay) -> Iterator[Entry]:
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
