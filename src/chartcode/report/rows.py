"""A case as rows of the tables of ``columns``, so that many cases can be counted without reading their notes again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from chartcode.books.parameters import Parameters
from chartcode.model.case import CONFIDENT, Case, Diagnosis, Group, Procedure
from chartcode.model.chart import Patient
from chartcode.model.code import CPT, HCPCS, ICD10CM
from chartcode.model.ledger import ACCEPT, ADD, changes
from chartcode.report.columns import Row
from chartcode.report.ledger_rows import decision_rows, first_coding, group_of

_BOOK = {ICD10CM: "icd10cm", "ICD-10-PCS": "icd10pcs", CPT: "cpt", HCPCS: "hcpcs"}


def case_row(case: Case) -> Row:
    """Return a case's row of the table ``cases``."""
    chart, encounter = case.chart, case.chart.encounter
    first = case.coded[0] if case.coded else None
    counted: list[Diagnosis | Procedure] = [*case.diagnoses, *case.procedures]
    severities = [f.severity for f in case.findings if not f.accepted]
    return {
        "case_id": chart.id,
        "patient": patient_key(chart.patient),
        "facility": encounter.facility,
        "provider": encounter.provider,
        "specialty": encounter.specialty,
        "payer": encounter.payer,
        "setting": encounter.setting,
        "first_day": encounter.first,
        "last_day": encounter.last,
        "day": encounter.on,
        "month": encounter.on.strftime("%Y-%m") if encounter.on else None,
        "stay_days": _stay(encounter.first, encounter.last) if case.inpatient else None,
        "age": chart.patient.age,
        "sex": chart.patient.sex,
        "disposition": encounter.disposition,
        "kind": chart.documents[0].kind if chart.documents else None,
        "principal": first.code.value if first else None,
        "principal_title": first.title if first else None,
        "diagnoses": len(case.diagnoses),
        "unspecified": sum("nspecified" in d.title for d in case.diagnoses),
        "confident": sum(e.band == CONFIDENT for e in counted),
        "codes": len(counted) + bool(case.visit and case.visit.code),
        "without_evidence": sum(not e.evidence and e.by != "person" for e in counted),
        "procedures": len(case.procedures),
        **_groups(case),
        "visit_level": case.visit.level if case.visit else None,
        "visit_code": case.visit.code if case.visit else None,
        "visit_service": case.visit.service if case.visit else None,
        "planned": _planned(case),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "queries": severities.count("query"),
        "accepted": sum(bool(f.accepted) for f in case.findings),
        "decisions": len(case.decisions),
        **first_coding(case),
        "books": "; ".join(f"{book}={version}" for book, version in case.books),
    }


def patient_key(patient: Patient) -> str | None:
    """Return what tells a patient from others without saying who it is; the store puts a number in its place.

    It is a digest of the record's number of the patient and the day of birth, so that the same number of two facilities
    seldom makes two people one.
    """
    if not patient.id:
        return None
    return blake2b(f"{patient.id}\0{patient.born or ''}".encode(), digest_size=16).hexdigest()


def _planned(case: Case) -> bool | None:
    """Tell whether a stay is one that is always planned; None outside of stays."""
    if not case.inpatient or not case.coded or case.day is None:
        return None
    return case.coded[0].code.value.startswith(tuple(Parameters(case.day).get("indicators.planned", ("-",))))


def _stay(first: date | None, last: date | None) -> int | None:
    return max(1, (last - first).days) if first and last else None


def _groups(case: Case) -> Row:
    """Return what the groupers say of a case, for the table ``cases``."""
    drg = group_of(case, "MS-DRG")
    hcc = [g for g in case.groups if g.system == "CMS-HCC"]
    score = group_of(case, "CMS-HCC score")
    category = group_of(case, "CCSR")
    return {
        "category": category.code if category else None,
        "category_title": category.title if category else None,
        "drg": drg.code if drg else None,
        "drg_title": drg.title if drg else None,
        "drg_version": drg.version if drg else None,
        "drg_weight": drg.weight if drg else None,
        "severity": _severity(drg.title) if drg else None,
        "single_driver": _single(drg, case) if drg else None,
        "raf": score.weight if score else None,
        "hccs": len(hcc),
        "charlson": _index(case, "Charlson", ""),
        "mortality_index": _index(case, "Elixhauser", "mortality"),
        "readmission_index": _index(case, "Elixhauser", "readmission"),
    }


def _index(case: Case, system: str, name: str) -> float | None:
    found = [g for g in case.groups if g.system == system and "index" in g.code.lower() and name in g.code.lower()]
    return found[0].weight if found else None


def _severity(title: str) -> str | None:
    """Return the level in the title of an MS-DRG (MS-DRG Definitions Manual: with MCC, with CC, without either)."""
    upper = title.upper()
    if "WITHOUT MCC" in upper and "WITHOUT CC" not in upper and "CC/MCC" not in upper:
        return "none or CC"
    if "WITHOUT CC" in upper or "WITHOUT MCC" in upper:
        return "none"
    if "WITH MCC" in upper:
        return "MCC"
    return "CC" if "WITH CC" in upper else None


def _single(drg: Group, case: Case) -> bool:
    """Tell whether one secondary diagnosis alone sets the level of an MS-DRG: it is the only such driver."""
    first = case.coded[0].code if case.coded else None
    drivers = [c for c in drg.drivers if c.system == ICD10CM and c != first]
    return len(drivers) == 1 and _severity(drg.title) in {"MCC", "CC"}


def line_rows(case: Case) -> Iterator[Row]:
    """Yield a case's rows of the table ``lines``: diagnoses, procedures and services, the visit last."""
    versions = dict(case.books)
    people = (
        {c.code: c.decision.who for c in changes(case) if c.decision.act in (ACCEPT, ADD)} if case.decisions else {}
    )
    entries: list[Diagnosis | Procedure] = [*case.diagnoses, *case.procedures]
    for number, entry in enumerate(entries, 1):
        yield {
            "case_id": case.chart.id,
            "line": number,
            "system": entry.code.system,
            "code": entry.code.value,
            "release": versions.get(_BOOK.get(entry.code.system, "")),
            "title": entry.title,
            **_own(entry),
            "confidence": round(entry.confidence, 4),
            "band": entry.band,
            "by": entry.by,
            "decided_by": people.get(entry.code) or None,
            "evidence": len(entry.evidence),
        }
    if case.visit and case.visit.code:
        yield {
            "case_id": case.chart.id,
            "line": len(entries) + 1,
            "system": CPT if case.visit.code[0].isdigit() else HCPCS,
            "code": case.visit.code,
            "release": versions.get("cpt"),
            "title": case.visit.title,
            "role": "visit",
            "modifiers": " ".join(case.visit.modifiers),
            "units": 1,
            "on": case.chart.encounter.on,
            "band": case.visit.band,
            "by": "visit",
            "evidence": len(case.visit.evidence),
        }


def _own(entry: Diagnosis | Procedure) -> Row:
    if isinstance(entry, Diagnosis):
        return {"role": entry.role, "poa": entry.poa, "units": 1}
    return {
        "role": "line" if entry.code.system in {CPT, HCPCS} else "procedure",
        "modifiers": " ".join(entry.modifiers),
        "units": entry.units,
        "pointers": " ".join(entry.pointers),
        "on": entry.on,
    }


def finding_rows(case: Case) -> Iterator[Row]:
    """Yield a case's rows of the table ``findings``."""
    for finding in case.findings:
        named = [e.code for e in finding.on if e.code]
        yield {
            "case_id": case.chart.id,
            "rule": finding.rule,
            "severity": finding.severity,
            "codes": " ".join(c if isinstance(c, str) else c.value for c in named),
            "remedy": finding.remedy.act if finding.remedy else None,
            "accepted": bool(finding.accepted),
        }


def indicator_rows(case: Case) -> Iterator[Row]:
    """Yield a case's rows of the table ``indicators``: those for which it is at risk, those that count it."""
    for group in case.groups:
        if group.system in ("quality indicator", "CMS-HAC"):
            acquired = group.system == "CMS-HAC"
            name = f"hac/{group.code}" if acquired else group.code
            yield {
                "case_id": case.chart.id,
                "indicator": name,
                "family": name.partition("/")[0],
                "title": group.title,
                "counted": acquired or bool(group.weight),
                "codes": " ".join(map(str, group.drivers)),
            }


@dataclass(frozen=True)
class Rows:
    """Writes a case as one line of JSON with its rows: how a process hands them to the one that keeps the tables."""

    def head(self) -> str:
        """Return nothing."""
        return ""

    def case(self, case: Case) -> str:
        """Return a case's rows by table."""
        rows = {
            "cases": [case_row(case)],
            "lines": [*line_rows(case)],
            "findings": [*finding_rows(case)],
            "indicators": [*indicator_rows(case)],
            "decisions": [*decision_rows(case)],
        }
        return json.dumps(rows, default=date.isoformat) + "\n"

    def tail(self) -> str:
        """Return nothing."""
        return ""
