"""Claims -> FHIR R4: for each a Bundle with the Claim, the parties, and the coded Conditions and Procedures.

The Bundle is a collection, to be posted by whoever holds the key to the record system; every reference is to an entry
of the same Bundle (``urn:uuid``), and identifiers come from the content, so that the same claim gives the same Bundle.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from chartcode.model.case import Case, Diagnosis, Procedure
from chartcode.model.claim import (
    ADMITTING,
    ATTENDING,
    AUTO,
    EMPLOYMENT,
    FACILITY,
    OPERATING,
    PRINCIPAL,
    PROFESSIONAL,
    REASON,
    RENDERING,
    Address,
    Circumstances,
    Claim,
    Line,
    Listed,
    Party,
    Person,
)
from chartcode.model.code import CPT, HCPCS, ICD9CM, ICD10CM, ICD10PCS, Code

SYSTEMS = {
    ICD10CM: "http://hl7.org/fhir/sid/icd-10-cm",
    ICD9CM: "http://hl7.org/fhir/sid/icd-9-cm",
    ICD10PCS: "http://www.cms.gov/Medicare/Coding/ICD10",
    CPT: "http://www.ama-assn.org/go/cpt",
    HCPCS: "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
}
_HL7 = "http://terminology.hl7.org/CodeSystem"
_NPI = "http://hl7.org/fhir/sid/us-npi"
_NUBC = "https://www.nubc.org/CodeSystem"
_RELATIONSHIPS = {"18": "self", "01": "spouse", "19": "child"}
_TYPES = {PRINCIPAL: "principal", ADMITTING: "admitting"}
_SEX = {"F": "female", "M": "male"}
_INCIDENTS = {AUTO: "MVA", EMPLOYMENT: "WPA"}
"""Kinds of accident in the value set ActIncidentCode of HL7: with a motor vehicle, at work."""
_USES = {"8": "cancelled"}

Tree = dict[str, Any]


def bundle(claim: Claim, case: Case | None = None) -> str:
    """Return the Bundle of one claim as one line of JSON; with the case, codes carry their words and titles."""
    return json.dumps(_Bundle(claim, case).tree(), ensure_ascii=False, separators=(",", ":"), default=_number)


def _number(value: Decimal) -> float | int:
    return int(value) if value == value.to_integral_value() else float(value)


class _Bundle:
    """One bundle in the making; what a claim does not have is left out, never empty."""

    def __init__(self, claim: Claim, case: Case | None) -> None:
        self._claim, self._case = claim, case
        self._entries: list[Tree] = []

    def tree(self) -> Tree:
        claim = self._claim
        patient = self._add("Patient", "patient", self._patient(claim.treated))
        payer = self._add("Organization", "payer", self._organization(claim.payer))
        billing = self._add("Organization", "billing", self._organization(claim.billing))
        coverage = self._add("Coverage", "coverage", self._coverage(patient, payer))
        team = [(role, self._add("Practitioner", role, self._practitioner(p))) for role, p in claim.people
                if role != FACILITY]  # fmt: skip
        where = claim.person(FACILITY)
        facility = self._add("Location", "facility", {"name": where.called, **_identified(where)}) if where else None
        encounter = self._add("Encounter", "encounter", self._encounter(patient))
        conditions = [self._condition(d, n, patient, encounter) for n, d in enumerate(claim.diagnoses, start=1)]
        procedures = list(self._procedures(patient, encounter))
        named = {"patient": patient, "insurer": payer, "provider": billing, "facility": facility}
        self._add("Claim", "claim", {**self._body(coverage, team, encounter, conditions, procedures), **named})
        return {"resourceType": "Bundle", "id": self._id("bundle"), "type": "collection", "entry": self._entries}

    def _id(self, what: str) -> str:
        claim = self._claim
        told = f"chartcode:{claim.billing.id}:{claim.id}:{claim.frequency}:{claim.kind}:{what}"
        return str(uuid5(NAMESPACE_URL, told))

    def _add(self, kind: str, what: str, body: Tree) -> Tree:
        name = self._id(f"{kind}:{what}")
        self._entries.append(
            {"fullUrl": f"urn:uuid:{name}", "resource": _clean({"resourceType": kind, "id": name, **body})}
        )
        return {"reference": f"urn:uuid:{name}"}

    def _patient(self, of: Person) -> Tree:
        return {
            "name": [{"family": of.party.name, "given": [g for g in (of.party.first, of.party.middle) if g]}],
            "gender": _SEX.get(of.sex, "unknown"),
            "birthDate": of.born.isoformat() if of.born else None,
            "address": _address(of.party.address),
        }

    def _organization(self, of: Party) -> Tree:
        return {"active": True, "name": of.called or None, **_identified(of), "address": _address(of.address)}

    def _practitioner(self, of: Party) -> Tree:
        return {"name": [{"family": of.name, "given": [of.first] if of.first else []}], **_identified(of)}

    def _coverage(self, patient: Tree, payer: Tree) -> Tree:
        subscriber = self._claim.subscriber
        relationship = _RELATIONSHIPS.get(self._claim.treated.relationship or "18", "other")
        return {
            "status": "active",
            "subscriberId": subscriber.party.id or None,
            "beneficiary": patient,
            "relationship": _concept(f"{_HL7}/subscriber-relationship", relationship),
            "payor": [payer],
            "class": [{"type": _concept(f"{_HL7}/coverage-class", "group"), "value": subscriber.group}]
            if subscriber.group
            else None,
        }

    def _encounter(self, patient: Tree) -> Tree:
        claim = self._claim
        first, last = _period(claim)
        code = "IMP" if claim.inpatient else "AMB"
        return {
            "status": "finished",
            "class": {"system": f"{_HL7}/v3-ActCode", "code": code},
            "subject": patient,
            "period": {"start": first, "end": last},
            "hospitalization": {
                "dischargeDisposition": _concept(f"{_NUBC}/PatDischargeStatus", claim.disposition)
            } if claim.disposition else None,
        }  # fmt: skip

    def _condition(self, of: Listed, number: int, patient: Tree, encounter: Tree) -> Tree:
        code, words = self._coded(of.code)
        return self._add("Condition", f"{number}", {
            "category": [_concept(f"{_HL7}/condition-category", "encounter-diagnosis")],
            "code": code, "subject": patient, "encounter": encounter,
            "recordedDate": _period(self._claim)[1],
            "note": [{"text": word} for word in words],
        })  # fmt: skip

    def _procedures(self, patient: Tree, encounter: Tree) -> Iterator[Tree]:
        coded = [(o.code, o.on) for o in self._claim.operations]
        coded += [(line.code, line.first) for line in self._claim.lines if line.code is not None]
        for number, (code, on) in enumerate(coded, start=1):
            concept, words = self._coded(code)
            yield self._add("Procedure", f"{number}", {
                "status": "completed", "code": concept, "subject": patient, "encounter": encounter,
                "performedDateTime": on.isoformat() if on else None, "note": [{"text": word} for word in words],
            })  # fmt: skip

    def _coded(self, code: Code) -> tuple[Tree, list[str]]:
        """Return a code as a concept, with its title and the words of the record where a case is at hand."""
        title, words = "", []
        case = self._case
        entries: tuple[Diagnosis | Procedure, ...] = (*case.coded, *case.procedures) if case else ()
        for entry in entries:
            if entry.code == code:
                title = entry.title
                words = list(dict.fromkeys(m.span.text for m in entry.evidence if m.span.text))
                break
        return _concept(SYSTEMS.get(code.system, f"urn:chartcode:{code.system}"), code.value, title), words

    def _body(
        self, coverage: Tree, team: list[tuple[str, Tree]], encounter: Tree, conditions: list[Tree],
        procedures: list[Tree],
    ) -> Tree:  # fmt: skip
        claim = self._claim
        first, last = _period(claim)
        roles = {RENDERING: "primary", ATTENDING: "supervisor", OPERATING: "assist"}
        main = 1 if team else None
        return {
            "identifier": [{"value": claim.id}],
            "status": _USES.get(claim.frequency, "draft" if claim.gaps else "active"),
            "type": _concept(f"{_HL7}/claim-type", "professional" if claim.kind == PROFESSIONAL else "institutional"),
            "use": "claim",
            "billablePeriod": {"start": first, "end": last},
            "created": last or first,
            "priority": _concept(f"{_HL7}/processpriority", "normal"),
            "careTeam": [
                {"sequence": n, "provider": who, "role": _concept(f"{_HL7}/claimcareteamrole", roles.get(of, "other"))}
                for n, (of, who) in enumerate(team, start=1)
            ],
            "supportingInfo": self._information(),
            "diagnosis": [_diagnosis(d, n, conditions[n - 1]) for n, d in enumerate(claim.diagnoses, start=1)],
            "procedure": [
                {"sequence": n, "date": o.on.isoformat() if o.on else None, "procedureReference": procedures[n - 1]}
                for n, o in enumerate(claim.operations, start=1)
            ],
            "insurance": [{"sequence": 1, "focal": True, "coverage": coverage,
                           "preAuthRef": [claim.authorization] if claim.authorization else None}],
            "item": [self._item(line, n, main, encounter) for n, line in enumerate(claim.lines, start=1)],
            "accident": _accident(claim.circumstances),
            "total": _money(claim.charge),
        }  # fmt: skip

    def _information(self) -> list[Tree]:
        claim = self._claim
        if claim.kind == PROFESSIONAL:
            told = [("onset", claim.circumstances.onset), ("last menstrual period", claim.circumstances.last_period)]
            return [
                {"sequence": n, "category": {"text": what}, "timingDate": day.isoformat()}
                for n, (what, day) in enumerate(((w, d) for w, d in told if d), start=1)
            ]
        said = [("typeofbill", f"{claim.facility_code}{claim.frequency}"), ("drg", claim.drg)]
        return [
            {"sequence": n, "category": {"text": what}, "valueString": value}
            for n, (what, value) in enumerate(((w, v) for w, v in said if v), start=1)
        ]

    def _item(self, line: Line, number: int, main: int | None, encounter: Tree) -> Tree:
        claim = self._claim
        revenue = _concept(f"{_NUBC}/RevenueCodes", line.revenue) if line.revenue else None
        product = self._coded(line.code)[0] if line.code else revenue
        place = line.place or (claim.facility_code if claim.kind == PROFESSIONAL else "")
        order = [claim.diagnoses.index(claim.pointed[p - 1]) + 1 for p in line.pointers if 0 < p <= len(claim.pointed)]
        first = line.first.isoformat() if line.first else None
        last = line.last.isoformat() if line.last else first
        return {
            "sequence": number,
            "careTeamSequence": [main] if main else None,
            "diagnosisSequence": order,
            "revenue": revenue,
            "productOrService": product or {"text": line.description or "not stated"},
            "modifier": [{"coding": [{"code": m}]} for m in line.modifiers],
            "servicedPeriod": {"start": first, "end": last} if first and first != last else None,
            "servicedDate": first if first == last else None,
            "locationCodeableConcept": _concept(
                "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set", place
            ) if place else None,
            "quantity": {"value": line.quantity},
            "net": _money(line.charge),
            "encounter": [encounter],
        }  # fmt: skip


def _diagnosis(of: Listed, number: int, condition: Tree) -> Tree:
    kind = _concept(f"{_HL7}/ex-diagnosistype", _TYPES[of.role]) if of.role in _TYPES else None
    if of.role == REASON:
        kind = {"text": REASON}
    poa = _concept(f"{_HL7}/ex-diagnosis-on-admission", of.poa.lower()) if of.poa else None
    return {"sequence": number, "diagnosisReference": condition, "type": [kind] if kind else None, "onAdmission": poa}


def _accident(how: Circumstances) -> Tree | None:
    """Return the accident, where its day is known, as FHIR wants it to be."""
    if how.accident is None or not how.related:
        return None
    code = next((_INCIDENTS[kind] for kind in how.related if kind in _INCIDENTS), None)
    kind = _concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", code) if code else None
    return {
        "date": how.accident.isoformat(),
        "type": kind,
        "locationAddress": {"state": how.state} if how.state else None,
    }


def _period(claim: Claim) -> tuple[str | None, str | None]:
    days = [day for line in claim.lines for day in (line.first, line.last) if day]
    first, last = claim.first or min(days, default=None), claim.last or max(days, default=None)
    return first.isoformat() if first else None, last.isoformat() if last else None


def _money(value: Decimal | None) -> Tree | None:
    return None if value is None else {"value": value, "currency": "USD"}


def _concept(system: str, code: str, title: str = "") -> Tree:
    return {"coding": [{"system": system, "code": code, **({"display": title} if title else {})}]}


def _identified(of: Party) -> Tree:
    found = [{"system": _NPI, "value": of.id}] if of.id_kind == "XX" else [{"value": of.id}] if of.id else []
    if of.tax_id and of.tax_kind == "EI":
        found.append({"system": "urn:oid:2.16.840.1.113883.4.4", "value": of.tax_id})
    return {"identifier": found}


def _address(of: Address | None) -> list[Tree]:
    if of is None:
        return []
    return [{"line": list(of.lines), "city": of.city, "state": of.state, "postalCode": of.zip}]


def _clean(tree: Any) -> Any:  # noqa: ANN401 - a tree of JSON
    """Return a tree without what is not known: FHIR allows no empty element."""
    if isinstance(tree, dict):
        return {k: c for k, v in tree.items() if (c := _clean(v)) not in (None, "", [], {})}
    if isinstance(tree, list):
        return [c for v in tree if (c := _clean(v)) not in (None, "", [], {})]
    return tree
