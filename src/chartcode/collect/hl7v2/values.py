"""The data types of HL7 v2 fields as the chart speaks of them: days, coded elements, names, roles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from chartcode.collect.coding import system as named
from chartcode.model.chart import Fact
from chartcode.model.code import (
    CPT,
    CVX,
    HCPCS,
    ICD9CM,
    ICD10CM,
    ICD10PCS,
    LOINC,
    NDC,
    RXNORM,
    SNOMED,
    Code,
    dotted,
    looks_like_icd10cm,
)
from chartcode.wire.hl7v2 import Segment

_SYSTEMS = {
    ICD10CM: "I10 I10C I10CM ICD10 ICD10CM 10",
    ICD10PCS: "I10P I10PCS ICD10P ICD10PCS",
    ICD9CM: "I9 I9C I9CM ICD9 ICD9CM I9CDX 9 I9M I9CP I9P ICD9P",
    CPT: "C4 C5 CPT CPT4 CPTM CPT5",
    HCPCS: "HPC HCPCS HCPT HCPCSII",
    LOINC: "LN LOINC LNC",
    SNOMED: "SCT SCT2 SNOMED SNOMEDCT SNM3 SNM",
    RXNORM: "RXNORM RXN RXNRM",
    NDC: "NDC NDC11",
    CVX: "CVX",
}
_NAMED = {name: system for system, names in _SYSTEMS.items() for name in names.split()}
"""Names of HL7 table 0396 and those that senders use beside it -> the system."""

_RANK = {
    system: rank for rank, system in enumerate((ICD10CM, ICD10PCS, CPT, HCPCS, ICD9CM, NDC, CVX, RXNORM, LOINC, SNOMED))
}
_CPT = re.compile(r"\d{4}[0-9A-Z]")
_HCPCS = re.compile(r"[A-V]\d{4}")
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d))?")
_ROLES = (
    (re.compile(r"\b(?:RN|LPN|LVN|CNA|BSN|MSN)\b"), "nurse"),
    (re.compile(r"\b(?:RD|RDN|LD)\b"), "dietitian"),
    (re.compile(r"\b(?:CCS|CPC|RHIT|RHIA|COC|CIC)\b"), "coder"),
)


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded element (CE, CWE, CNE): its words, its best code, and its other codes as ``SYSTEM CODE``."""

    text: str = field(repr=False)
    code: Code | None = None
    others: tuple[str, ...] = ()
    given: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Tell whether it says anything."""
        return bool(self.text)


def coded(segment: Segment, number: int, hint: str = "") -> Coded:
    """Return the first repetition of a coded field; ``hint`` names the system where the field itself does not."""
    repetitions = segment.repetitions(number)
    return element(segment, repetitions[0], hint) if repetitions else Coded("")


def element(segment: Segment, repetition: str, hint: str = "") -> Coded:
    """Return a coded element: identifier, text, system, then the same three as alternatives (CWE: a third time)."""
    parts = [part if part != '""' else "" for part in segment.components(repetition)] + [""] * 12
    text = parts[8] or parts[1] or parts[4]
    found: list[Code] = []
    for at in (0, 3, 9):
        if parts[at]:
            code = code_of(parts[at], parts[at + 2] or (hint if at == 0 else ""))
            if code is not None and code not in found:
                found.append(code)
    found.sort(key=lambda code: _RANK.get(code.system, len(_RANK)))
    best = found[0] if found else None
    return Coded(text or parts[0] or parts[3], best, tuple(f"{c.system} {c.value}" for c in found[1:]), parts[0])


@lru_cache(maxsize=4096)
def code_of(value: str, system: str) -> Code | None:
    """Return a code of a system that HL7 names, None for a local or unknown system."""
    name = system.upper().replace("-", "").replace(" ", "").replace("_", "")
    known = _NAMED.get(name) or _by_oid(system)
    if known == ICD10CM:
        if _PCS.fullmatch(value) and not looks_like_icd10cm(value):  # senders write I10 for both
            return Code(ICD10PCS, value)
        return Code(ICD10CM, dotted(value))
    if known in (CPT, HCPCS):
        bare = value.upper()
        return Code(HCPCS if _HCPCS.fullmatch(bare) else CPT if _CPT.fullmatch(bare) else known, bare)
    return Code(known, value) if known else None


def _by_oid(system: str) -> str | None:
    """Return the system that an OID or URI names, None if we have no name for it."""
    found = named(system) if system.startswith(("2.16.", "urn:", "http")) else system
    return None if found == system else found


def diagnosis_by_shape(value: str, on: date | None) -> Code | None:
    """Return a diagnosis code whose system nobody named: ICD-10-CM by its shape, on a day when it was in use."""
    if looks_like_icd10cm(value) and (on is None or on >= date(2015, 10, 1)):
        return Code(ICD10CM, dotted(value))
    return None


def procedure_by_shape(value: str) -> Code | None:
    """Return a procedure code whose system nobody named: CPT, HCPCS or ICD-10-PCS by its shape."""
    bare = value.upper()
    if _CPT.fullmatch(bare):
        return Code(CPT, bare)
    if _HCPCS.fullmatch(bare):
        return Code(HCPCS, bare)
    return Code(ICD10PCS, bare) if _PCS.fullmatch(bare) and not bare.isalpha() else None


@lru_cache(maxsize=4096)
def moment(value: str) -> tuple[date | None, str]:
    """Return the day and the time of day (``14:05``, empty if unknown) of a date, DTM or TS; a year alone is no day."""
    match = _DAY.match(value)
    if match is None:
        return None, ""
    year, month, day, hour, minute = match.groups()
    try:
        on = date(int(year), int(month), int(day))
    except ValueError:
        return None, ""
    return on, f"{hour}:{minute}" if hour and hour < "24" and minute < "60" else ""


def day(segment: Segment, number: int) -> date | None:
    """Return the day of a field."""
    return moment(segment.get(number))[0]


def name(segment: Segment, number: int) -> str:
    """Return who an XCN field names: ``Kathleen Woolfson``, or the identifier where there is no name."""
    who = segment.raw(number)
    if not who:
        return ""
    first = segment.repetitions(number)[0]
    said = " ".join(part for part in (segment.part(first, 3), segment.part(first, 2)) if part)
    return said or segment.part(first, 1)


def role_of(segment: Segment, number: int) -> str:
    """Return the role of who an XCN field names, by the degree behind the name: ``provider`` unless it says else."""
    degrees = segment.raw(number)
    if degrees:
        return next((what for pattern, what in _ROLES if pattern.search(degrees)), "provider")
    return "provider"


def fact(
    kind: str,
    segment: Segment,
    what: Coded,
    when: str = "",
    *,
    author: str = "provider",
    status: str = "",
    assertion: str = "affirmed",
    **attributes: str,
) -> Fact:
    """Return the fact that a segment states; ``at`` says where it stands, empty attributes are left out.

    ``when`` is a raw date and time; an attribute's name may use ``_`` for a blank.
    """
    on, time = moment(when)
    rest = [(key.replace("_", " "), value) for key, value in attributes.items() if value]
    if time and time != "00:00":
        rest.append(("time", time))
    if what.code is not None and what.others:
        rest.append(("coding", "; ".join((f"{what.code.system} {what.code.value}", *what.others))))
    rest.append(("at", segment.at))
    return Fact(kind, what.text, (), what.code, assertion, on, author, status, tuple(rest))
