"""A coded case, the practice's file and the patient's registration -> a claim.

What the payer asks for and nobody said becomes a gap, one sentence that says where to put it; what had to be chosen
becomes a remark. Nothing is made up.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any
from zlib import crc32

from chartcode.model.case import ERROR, Case, Diagnosis
from chartcode.model.chart import ED, INPATIENT
from chartcode.model.claim import (
    ADMITTING,
    ATTENDING,
    EXTERNAL,
    FACILITY,
    INSTITUTIONAL,
    OPERATING,
    PRINCIPAL,
    PROFESSIONAL,
    REASON,
    RENDERING,
    SECONDARY,
    Claim,
    Listed,
    Operation,
    Party,
    Person,
)
from chartcode.model.code import ICD10CM, ICD10PCS, MSDRG
from chartcode.report.claims import limits
from chartcode.report.claims.circumstances import circumstances
from chartcode.report.claims.gaps import gaps
from chartcode.report.claims.lines import Lines
from chartcode.report.claims.modifiers import multiple
from chartcode.report.claims.practice import Practice
from chartcode.report.claims.registration import Registration

_BILL_TYPES = {"inpatient": "11", "outpatient": "13", "ed": "13", "professional": "13"}
"""Types of bill of a hospital, their first two digits (UB-04 form locator 4), by the setting."""

_LONGEST_ID = 20
"""Characters of the claim's number that payers return (005010X222A1, CLM01)."""


def kind_of(case: Case) -> str:
    """Return the kind of claim that a case makes where nobody says: a stay or an emergency visit is the hospital's."""
    return INSTITUTIONAL if case.chart.encounter.setting in (INPATIENT, ED) else PROFESSIONAL


def claim_of(case: Case, practice: Practice, registration: Registration | None = None, kind: str = "") -> Claim:
    """Return the claim of a case.

    Args:
        case: coded; its findings, where it has been checked, count.
        practice: who bills.
        registration: who was treated and who is insured; without it the claim has gaps.
        kind: ``professional`` or ``institutional``; by the setting if it is not said.
    """
    kind = kind or kind_of(case)
    professional = kind == PROFESSIONAL
    remarks: list[str] = []
    listed = _professional(case, remarks) if professional else _institutional(case, registration, remarks)
    pointed = [str(d.code) for d in listed if d.role in (PRINCIPAL, SECONDARY)]
    lines = Lines(case, practice, pointed, professional, remarks)
    made = lines.all()
    charges = [line.charge for line in made if line.charge is not None]
    claim = Claim(
        kind, _number(case.chart.id, remarks), practice.billing, pay_to=practice.pay_to, diagnoses=tuple(listed),
        lines=made, charge=sum(charges, Decimal(0)) if made else None, signature="Y" if professional else "",
        **({} if professional else _stay(case, practice)),
    )  # fmt: skip
    claim = replace(
        _insured(claim, case, practice, registration), circumstances=circumstances(case, registration, kind, remarks)
    )
    claim = _people(claim, case, practice, remarks)
    if professional:
        claim = _placed(claim, practice, remarks)
    errors = [f for f in case.findings if f.severity == ERROR and not f.accepted]
    refused = [f"the rules refuse it ({f.rule}): {f.message}" for f in errors]
    return replace(claim, remarks=tuple(remarks), gaps=(*gaps(claim, case), *lines.gaps, *refused))


def _professional(case: Case, remarks: list[str]) -> list[Listed]:
    pointed = {code for p in case.procedures for code in p.pointers}
    most = limits.PROFESSIONAL_DIAGNOSES
    found = limits.kept(_distinct(case), most, pointed, "that a service line points to", remarks)
    return [Listed(d.code, SECONDARY if n else PRINCIPAL) for n, d in enumerate(found)]


def _institutional(case: Case, registration: Registration | None, remarks: list[str]) -> list[Listed]:
    every = _distinct(case)
    # an external cause has its own place, unless nothing else is coded
    causes = [d for d in every[1:] if limits.external(str(d.code))]
    others = [d for d in every if d not in causes]
    weighty, because = limits.deciding(case), "that decide a group of the case"
    others = limits.kept(others, limits.INSTITUTIONAL_DIAGNOSES, weighty, because, remarks)
    causes = limits.kept(causes, limits.EXTERNAL_CAUSES, (), "that come first", remarks)
    poa = case.inpatient
    found = [Listed(d.code, SECONDARY if n else PRINCIPAL, _poa(d, stay=poa)) for n, d in enumerate(others)]
    admitting = case.admitting.code if case.admitting else registration.admitting if registration else None
    if admitting is not None and poa:
        found.append(Listed(admitting, ADMITTING))
    if not poa:
        found += _reasons(case, registration)
    found += [Listed(d.code, EXTERNAL, _poa(d, stay=poa)) for d in causes]
    order = (PRINCIPAL, ADMITTING, REASON, EXTERNAL, SECONDARY)
    return sorted(found, key=lambda d: order.index(d.role))


def _distinct(case: Case) -> list[Diagnosis]:
    return list({d.code: d for d in reversed(case.coded)}.values())[::-1]


def _poa(of: Diagnosis, *, stay: bool) -> str:
    """Return the indicator as an 837 has it: exempt codes have none in version 5010."""
    return of.poa if stay and of.poa in ("Y", "N", "U", "W") else ""


def _reasons(case: Case, registration: Registration | None) -> list[Listed]:
    codes = list(registration.reasons) if registration else []
    codes += [f.code for f in case.chart.facts if f.code and f.code.system == ICD10CM and f.get("role") == REASON]
    return [Listed(code, REASON) for code in dict.fromkeys(codes)][: limits.REASONS]


def claim_number(name: str) -> str:
    """Return the claim's number of a case's id: the id, shortened and made plain if it is too long or has odd signs."""
    plain = re.sub(r"[^A-Za-z0-9._/-]+", "-", name).strip("-")
    if plain == name and len(name) <= _LONGEST_ID:
        return name
    return f"{plain[-(_LONGEST_ID - 9) :].lstrip('-')}-{crc32(name.encode()):08X}"


def _number(name: str, remarks: list[str]) -> str:
    number = claim_number(name)
    if number != name:
        remarks.append(f"the claim's number is {number}: payers return {_LONGEST_ID} plain characters")
    return number


def _stay(case: Case, practice: Practice) -> dict[str, Any]:
    encounter = case.chart.encounter
    operations = [Operation(p.code, p.on) for p in case.procedures if p.code.system == ICD10PCS]
    groups = [g.code for g in case.groups if g.system == MSDRG]
    first, setting = encounter.first or encounter.last, encounter.setting
    bill = practice.bill_type.get(setting, _BILL_TYPES[setting])
    return {
        "facility_code": bill[:2], "first": first, "last": encounter.last or first,
        "admitted": encounter.first if case.inpatient else None,
        "disposition": encounter.disposition or ("" if case.inpatient else practice.disposition),
        "admission_type": practice.admission_type, "admission_source": practice.admission_source,
        "operations": tuple(operations[: limits.PROCEDURES]) if case.inpatient else (),
        "drg": groups[0] if groups and case.inpatient else "",
    }  # fmt: skip


def _insured(claim: Claim, case: Case, practice: Practice, registration: Registration | None) -> Claim:
    person = case.chart.patient
    if registration is None:
        known = Person(Party(person=True), person.born, person.sex or "U")
        registration = Registration(case.chart.id, known)
    payer = practice.pays(registration.payer or case.chart.encounter.payer)
    said = registration.said
    subscriber = registration.subscriber
    born, sex = subscriber.born, subscriber.sex
    if registration.patient is None:
        born, sex = born or person.born, sex if sex in ("F", "M") else person.sex or "U"
    subscriber = replace(subscriber, born=born, sex=sex, filing=payer.filing if payer else "")
    asked: dict[str, Any] = {
        "frequency": said.get("frequency") or "1", "original": said.get("original", ""),
        "authorization": said.get("authorization", ""),
    }  # fmt: skip
    if claim.kind == INSTITUTIONAL:
        for key in ("admission_type", "admission_source"):
            asked[key] = said.get(key) or getattr(claim, key)
        if claim.inpatient:
            asked |= {key: _hour(said.get(key, "")) for key in ("admission_hour", "discharge_hour")}
    if payer and payer.multiple and claim.kind == PROFESSIONAL:
        claim = replace(claim, lines=multiple(claim.lines))
    return replace(
        claim, payer=payer.party if payer else Party(), subscriber=subscriber, patient=registration.patient, **asked
    )


def _hour(value: str) -> str:
    """Return an hour as HHMM: 9, 09, 09:30 and 0930 are read."""
    digits = re.sub(r"\D", "", value)
    return digits.zfill(2).ljust(4, "0") if 0 < len(digits) <= 2 else digits.zfill(4)[:4] if digits else ""


def _people(claim: Claim, case: Case, practice: Practice, remarks: list[str]) -> Claim:
    encounter = case.chart.encounter
    who, where = practice.who(encounter.provider), practice.where(encounter.facility)
    people: list[tuple[str, Party]] = []
    if who is not None:
        plain = replace(who, address=None, tax_id="", tax_kind="", phone="", contact="")
        people.append((RENDERING if claim.kind == PROFESSIONAL else ATTENDING, plain))
        if claim.operations:
            people.append((OPERATING, replace(plain, taxonomy="")))
            remarks.append("nothing says who operated: the attending provider is named")
    if where is not None and where.id != claim.billing.id:
        people.append((FACILITY, replace(where, tax_id="", tax_kind="", taxonomy="", phone="", contact="")))
    return replace(claim, people=tuple(people))


def _placed(claim: Claim, practice: Practice, remarks: list[str]) -> Claim:
    """Return a professional claim with its place of service; lines say theirs only where it is another."""
    said = next((line.place for line in claim.lines if line.place), "")
    first = said or practice.place
    if first and not said:
        remarks.append(f"nothing says where the services were given: {first}, the practice's usual place, is named")
    lines = tuple(replace(line, place="" if line.place == first else line.place) for line in claim.lines)
    return replace(claim, facility_code=first, lines=lines)
