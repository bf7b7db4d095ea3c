"""The names of coding systems, by the URIs and OIDs that records write; and which of several codings speaks.

Sources: HL7 Terminology (terminology.hl7.org), the HL7 OID registry, FHIR R4 "Using Codes".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from chartcode.model.code import (
    CDT,
    CPT,
    CVX,
    HCPCS,
    ICD9CM,
    ICD10,
    ICD10CM,
    ICD10PCS,
    LOINC,
    MSDRG,
    NDC,
    REVENUE,
    RXNORM,
    SNOMED,
    UNII,
    Code,
    dotted,
    looks_like_icd10cm,
)

_URIS = {
    "http://hl7.org/fhir/sid/icd-10-cm": ICD10CM,
    "http://hl7.org/fhir/sid/icd-10-us": ICD10CM,
    "http://www.cms.gov/medicare/coding/icd10": ICD10PCS,
    "http://hl7.org/fhir/sid/icd-10-pcs": ICD10PCS,
    "http://hl7.org/fhir/sid/icd-10": ICD10,
    "http://hl7.org/fhir/sid/icd-9-cm": ICD9CM,
    "http://hl7.org/fhir/sid/icd-9": ICD9CM,
    "http://terminology.hl7.org/codesystem/icd9cm": ICD9CM,
    "http://www.ama-assn.org/go/cpt": CPT,
    "https://www.ama-assn.org/go/cpt": CPT,
    "http://www.cms.gov/medicare/coding/hcpcsreleasecodesets": HCPCS,
    "http://www.cms.gov/medicare/coding/medhcpcsgeninfo": HCPCS,
    "http://terminology.hl7.org/codesystem/hcpcs-all-codes": HCPCS,
    "https://bluebutton.cms.gov/resources/codesystem/hcpcs": HCPCS,
    "http://www.ada.org/cdt": CDT,
    "http://snomed.info/sct": SNOMED,
    "http://www.nlm.nih.gov/research/umls/rxnorm": RXNORM,
    "http://loinc.org": LOINC,
    "http://hl7.org/fhir/sid/cvx": CVX,
    "http://hl7.org/fhir/sid/ndc": NDC,
    "http://fdasis.nlm.nih.gov": UNII,
    "https://www.cms.gov/medicare/medicare-fee-for-service-payment/acuteinpatientpps/ms-drg-classifications-and-software": MSDRG,  # noqa: E501
    "https://bluebutton.cms.gov/resources/variables/clm_drg_cd": MSDRG,
    "https://bluebutton.cms.gov/resources/variables/rev_cntr": REVENUE,
    "https://www.nubc.org/codesystem/revenuecodes": REVENUE,
}
_OIDS = {
    "2.16.840.1.113883.6.90": ICD10CM,
    "2.16.840.1.113883.6.4": ICD10PCS,
    "2.16.840.1.113883.6.3": ICD10,
    "2.16.840.1.113883.6.103": ICD9CM,
    "2.16.840.1.113883.6.104": ICD9CM,
    "2.16.840.1.113883.6.2": ICD9CM,
    "2.16.840.1.113883.6.42": ICD9CM,
    "2.16.840.1.113883.6.12": CPT,
    "2.16.840.1.113883.6.82": CPT,
    "2.16.840.1.113883.6.14": HCPCS,
    "2.16.840.1.113883.6.285": HCPCS,
    "2.16.840.1.113883.6.13": CDT,
    "2.16.840.1.113883.6.96": SNOMED,
    "2.16.840.1.113883.6.88": RXNORM,
    "2.16.840.1.113883.6.1": LOINC,
    "2.16.840.1.113883.12.292": CVX,
    "2.16.840.1.113883.6.59": CVX,
    "2.16.840.1.113883.6.69": NDC,
    "2.16.840.1.113883.4.9": UNII,
}
_NAMES = {
    "icd10": ICD10CM,  # by its name alone, in a US record, the modification is meant
    "icd10cm": ICD10CM,
    "icd10pcs": ICD10PCS,
    "icd9": ICD9CM,
    "icd9cm": ICD9CM,
    "cpt": CPT,
    "cpt4": CPT,
    "hcpcs": HCPCS,
    "snomed": SNOMED,
    "snomedct": SNOMED,
    "sct": SNOMED,
    "rxnorm": RXNORM,
    "loinc": LOINC,
    "cvx": CVX,
    "ndc": NDC,
    "unii": UNII,
}

DIAGNOSES = (ICD10CM, SNOMED, ICD9CM, ICD10)
PROCEDURES = (ICD10PCS, CPT, HCPCS, CDT, SNOMED, LOINC, CVX, ICD9CM)
DRUGS = (RXNORM, NDC, HCPCS, CVX, SNOMED, UNII)
VACCINES = (CVX, CPT, NDC, RXNORM, SNOMED)
OBSERVATIONS = (LOINC, CPT, SNOMED)
DEVICES = (HCPCS, SNOMED)

VITALS = {
    "85354-9": "blood pressure", "8480-6": "systolic blood pressure", "8462-4": "diastolic blood pressure",
    "8867-4": "pulse", "9279-1": "respirations", "8310-5": "temperature", "2708-6": "oxygen saturation",
    "59408-5": "oxygen saturation", "8302-2": "height", "29463-7": "weight", "39156-5": "body mass index",
}  # fmt: skip
"""Vital signs by their LOINC codes, under the names that they have where a text tells them (``collect.vitals``)."""


HABITS = frozenset(("72166-2", "11367-0", "8663-7", "63640-7", "96607-7", "11331-6", "74013-4", "11342-3"))
"""LOINC codes of smoking, alcohol and drug use, which records also file under surveys."""


class Coding(NamedTuple):
    """One code as a record writes it, with its system's name of ours (or the URI or OID) and its display text."""

    system: str
    value: str
    display: str = ""

    def __str__(self) -> str:
        """Return system and code, for an attribute."""
        return f"{self.system} {self.value}"


@lru_cache(4096)
def system(written: str) -> str:
    """Return a system's name of ours for a URI, an OID, or a name; what is unknown stays as written.

    >>> system("http://hl7.org/fhir/sid/icd-10-cm"), system("urn:oid:2.16.840.1.113883.6.96"), system("urn:x:local")
    ('ICD-10-CM', 'SNOMED CT', 'urn:x:local')
    """
    uri = written.strip()
    bare = uri.removeprefix("urn:oid:")
    if bare in _OIDS:
        return _OIDS[bare]
    small = uri.lower().rstrip("/")
    return _URIS.get(small) or _URIS.get(small.partition("|")[0]) or _NAMES.get(_letters(small)) or uri


def _letters(name: str) -> str:
    return "".join(c for c in name if c.isalnum())


def coding(written: str, value: str, display: str = "") -> Coding:
    """Return a coding under its system's name; an ICD-10-CM code gets its dot, a level II code is no CPT code."""
    name, value = system(written), value.strip()
    if name in (ICD10CM, ICD10) and looks_like_icd10cm(value):
        value = dotted(value)
    elif name in (CPT, HCPCS) and len(value) == 5:
        value = value.upper()
        name = HCPCS if value[0].isalpha() and value[1:].isdigit() else CPT
    return Coding(name, value, " ".join(display.split()).strip('"'))


def chosen(codings: Sequence[Coding], order: Iterable[str]) -> Code | None:
    """Return the code that speaks for a fact: of the first system in an order that has one, else the first of all."""
    for name in order:
        for one in codings:
            if one.system == name:
                return Code(name, one.value)
    return Code(codings[0].system, codings[0].value) if codings else None


def attributes(codings: Sequence[Coding]) -> list[tuple[str, str]]:
    """Return all codings as attributes of a fact; none is lost because another one speaks."""
    return [("coding", "; ".join(dict.fromkeys(map(str, codings))))] if codings else []


def measured(value: str, unit: str) -> str:
    """Return a value with its unit, as one would say it."""
    return f"{value} {unit}".strip() if value else ""


def said(pairs: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the attributes that say something."""
    return tuple((name, value) for name, value in pairs if value)
