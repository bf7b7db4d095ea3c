"""The header of a C-CDA: patient, encounter, kind of document, who keeps it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from lxml import etree

from chartcode.collect.ccda.values import concept, day
from chartcode.collect.fhir.encounters import SEXES, aged
from chartcode.collect.headings import KINDS
from chartcode.collect.kinds import DISCHARGE_SUMMARY, ED_NOTE, OTHER
from chartcode.model.chart import ED, INPATIENT, OUTPATIENT, Encounter, Patient
from chartcode.model.code import CPT
from chartcode.wire.ccda import attribute, child, children, extension, words

_CLASSES = {
    "IMP": INPATIENT, "ACUTE": INPATIENT, "NONAC": INPATIENT, "EMER": ED, "AMB": OUTPATIENT, "HH": OUTPATIENT,
    "FLD": OUTPATIENT, "VR": OUTPATIENT, "SS": OUTPATIENT, "PRENC": OUTPATIENT, "OBSENC": OUTPATIENT,
}  # fmt: skip
_SNOMED = {"4525004": ED, "32485007": INPATIENT, "8715000": INPATIENT, "183452005": INPATIENT, "308335008": OUTPATIENT,
           "270427003": OUTPATIENT, "185347001": OUTPATIENT, "185349003": OUTPATIENT}  # fmt: skip


class Header(NamedTuple):
    """What the header tells; ``known`` says whether the setting is told, ``written`` when the document was made."""

    patient: Patient
    encounter: Encounter
    known: bool
    kind: str
    written: date | None


def header(root: etree._Element) -> Header:
    """Return what the header of a document tells."""
    kind = KINDS.get(attribute(root, "code", "code"), OTHER)
    around = child(root, "componentOf/encompassingEncounter")
    setting = _class(around) or {DISCHARGE_SUMMARY: INPATIENT, ED_NOTE: ED}.get(kind) or _by_code(around)
    first, last = _days(around)
    found = setting or OUTPATIENT
    if found != INPATIENT and first == last:
        last = None
    encounter = Encounter(found, first, last, _disposition(around), None, _facility(root, around), _provider(around))
    written = day(attribute(root, "value", "effectiveTime"))
    return Header(patient(root, first or last or written), encounter, setting is not None, kind, written)


def patient(root: etree._Element, on: date | None) -> Patient:
    """Return the patient, with the age on a day."""
    who = child(root, "recordTarget/patientRole/patient")
    if who is None:
        return Patient()
    code = attribute(who, "code", "administrativeGenderCode").lower()
    number = attribute(root, "extension", "recordTarget/patientRole/id") or None
    return aged(Patient(sex=SEXES.get(code), born=day(attribute(who, "value", "birthTime")), id=number), on)


def _class(around: etree._Element | None) -> str | None:
    """Return the setting that HL7's class of an encounter tells."""
    return next((_CLASSES[c.value] for c in concept(child(around, "code")).codings if c.value in _CLASSES), None)


def _by_code(around: etree._Element | None) -> str | None:
    """Return the setting that the code of an encounter in another system tells."""
    for one in concept(child(around, "code")).codings:
        if one.value in _SNOMED:
            return _SNOMED[one.value]
        if one.system == CPT and one.value.isdigit():
            return by_visit(int(one.value))
    return None


def by_visit(code: int) -> str:
    """Return the setting that the number of a visit's CPT code tells: a stay, an emergency, else outpatient."""
    if 99221 <= code <= 99239 or 99251 <= code <= 99255:
        return INPATIENT
    return ED if 99281 <= code <= 99288 else OUTPATIENT


def _days(around: etree._Element | None) -> tuple[date | None, date | None]:
    time = child(around, "effectiveTime")
    start = attribute(time, "value") or attribute(time, "value", "low")
    return day(start), day(attribute(time, "value", "high"))


def _disposition(around: etree._Element | None) -> str | None:
    code = child(around, "dischargeDispositionCode")
    value = attribute(code if code is not None else extension(around, "dischargeDispositionCode"), "code")
    return value.zfill(2) if value.isdigit() and len(value) <= 2 else None


def _facility(root: etree._Element, around: etree._Element | None) -> str | None:
    place = child(around, "location/healthCareFacility")
    for one in (
        child(place, "location/name"),
        child(place, "serviceProviderOrganization/name"),
        child(root, "custodian/assignedCustodian/representedCustodianOrganization/name"),
    ):
        if said := words(one):
            return said
    return None


def _provider(around: etree._Element | None) -> str | None:
    for way in ("responsibleParty/assignedEntity", "encounterParticipant/assignedEntity"):
        for one in children(around, way):
            npi = next(
                (attribute(i, "extension") for i in children(one, "id") if i.get("root") == "2.16.840.1.113883.4.6"), ""
            )
            if said := npi or words(child(one, "assignedPerson/name")):
                return said
    return None
