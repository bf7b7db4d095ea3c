"""A case as rows of three tables, so that many cases can be counted without reading their notes again.

The tables are ``cases`` (one row a case), ``lines`` (one row a reported code), ``findings`` (one row a finding) and
``indicators`` (one row a quality indicator for which the case is at risk), and ``decisions`` (one row a decision of a
person).
Their columns are the contract of ``docs/reference/tables.md``: columns may be added, never renamed. No row holds a word
of the record: identifiers, codes, days and counts alone, and of a decision the reason that its person gave.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from chartcode.books.parameters import Parameters
from chartcode.model.case import CONFIDENT, Case, Diagnosis, Group, Procedure
from chartcode.model.chart import Patient
from chartcode.model.code import CPT, HCPCS, ICD10CM
from chartcode.model.ledger import ACCEPT, ADD, OVERRIDE, REJECT, Change, changes

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ``type`` is text, day, integer, number or yes (true or false); ``means`` says what it holds."""

    name: str
    type: str
    means: str


CASES: tuple[Column, ...] = (
    Column("case_id", "text", "the chart's identifier, as in the answers of chartcode code"),
    Column("patient", "integer", "the patient's number in this store alone; empty where the record numbers no patient"),
    Column("facility", "text", "where the patient was treated"),
    Column("provider", "text", "who answers for the encounter"),
    Column("specialty", "text", "the provider's specialty or taxonomy code, where the record says it"),
    Column("payer", "text", "who pays"),
    Column("setting", "text", "inpatient, outpatient, ed or professional"),
    Column("first_day", "day", "admission, or day of service"),
    Column("last_day", "day", "discharge"),
    Column("day", "day", "the day that picks the books: discharge of a stay, else the day of service"),
    Column("month", "text", "year and month of that day, 2026-05"),
    Column("stay_days", "integer", "days from admission to discharge, at least 1; empty outside of stays"),
    Column("age", "integer", "completed years"),
    Column("sex", "text", "F or M"),
    Column("disposition", "text", "patient discharge status, two digits"),
    Column("kind", "text", "kind of the first document"),
    Column("principal", "text", "principal or first-listed diagnosis, ICD-10-CM"),
    Column("principal_title", "text", "its title"),
    Column("category", "text", "its CCSR category, where CCSR is installed"),
    Column("category_title", "text", "the title of that category"),
    Column("diagnoses", "integer", "reported diagnoses"),
    Column("unspecified", "integer", "those whose title says unspecified"),
    Column("confident", "integer", "reported codes of the band confident"),
    Column("codes", "integer", "reported codes of all systems, the visit's among them"),
    Column("without_evidence", "integer", "reported codes without words of the record behind them"),
    Column("procedures", "integer", "reported procedures and service lines"),
    Column("drg", "text", "MS-DRG"),
    Column("drg_title", "text", "its title"),
    Column("drg_version", "text", "version of the grouper"),
    Column("drg_weight", "number", "relative weight, where Table 5 of the year is installed"),
    Column("severity", "text", "MCC, CC or none, by the MS-DRG's title; empty where the DRG has no levels"),
    Column("single_driver", "yes", "the DRG's level rests on one secondary diagnosis"),
    Column("raf", "number", "CMS-HCC score, where the risk extra is installed"),
    Column("hccs", "integer", "CMS-HCC categories"),
    Column("charlson", "number", "Charlson index"),
    Column("mortality_index", "number", "Elixhauser index of mortality"),
    Column("readmission_index", "number", "Elixhauser index of readmission"),
    Column("visit_level", "text", "level of the visit as the record supports it"),
    Column("visit_code", "text", "its code by the book of the day"),
    Column("visit_service", "text", "office, emergency, hospital, ..."),
    Column(
        "planned", "yes", "a stay that is always planned by its principal diagnosis: birth, chemotherapy, radiation"
    ),
    Column("errors", "integer", "findings of severity error"),
    Column("warnings", "integer", "findings of severity warning"),
    Column("queries", "integer", "findings of severity query"),
    Column("accepted", "integer", "findings that a person accepted with a reason"),
    Column("decisions", "integer", "decisions of people in the ledger"),
    Column("added", "integer", "codes that people added, those that replace another among them"),
    Column("removed", "integer", "codes that people rejected, those that were replaced among them"),
    Column("first_drg", "text", "MS-DRG without the decisions of people; empty where nobody decided on a code"),
    Column("first_weight", "number", "its relative weight"),
    Column("first_raf", "number", "CMS-HCC score without the decisions of people"),
    Column("books", "text", "the releases that coded it, book=version, separated by semicolons"),
)
LINES: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("line", "integer", "place among the case's codes, from 1"),
    Column("system", "text", "ICD-10-CM, ICD-10-PCS, CPT or HCPCS"),
    Column("code", "text", "as its book prints it"),
    Column("release", "text", "the release of the book, where the case names it"),
    Column("title", "text", "its title, where one may be shown"),
    Column("role", "text", "principal, first-listed, secondary, procedure, line or visit"),
    Column("poa", "text", "present on admission"),
    Column("modifiers", "text", "separated by spaces"),
    Column("units", "integer", "units of service"),
    Column("pointers", "text", "diagnoses that justify the line, separated by spaces"),
    Column("on", "day", "day of service"),
    Column("confidence", "number", "0 to 1"),
    Column("band", "text", "confident or check"),
    Column("by", "text", "the engine, or person"),
    Column("decided_by", "text", "who added or confirmed the code, where a person did"),
    Column("evidence", "integer", "passages of the record behind the code"),
)
FINDINGS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("rule", "text", "the rule's id"),
    Column("severity", "text", "error, warning, query or info"),
    Column("codes", "text", "the codes that it is on, separated by spaces"),
    Column("remedy", "text", "drop, replace, add, move or ask"),
    Column("accepted", "yes", "a person accepted the finding with a reason"),
)
INDICATORS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("indicator", "text", "the quality indicator, family/name; of conditions acquired in hospital hac/NUMBER"),
    Column("family", "text", "safety, admission, mortality, delivery, care or hac"),
    Column("title", "text", "its title, with the measure after which it is made"),
    Column("counted", "yes", "the case is in the numerator; else it is at risk alone"),
    Column("codes", "text", "the codes that count it, separated by spaces"),
)
DECISIONS: tuple[Column, ...] = (
    Column("case_id", "text", "the case"),
    Column("decision", "integer", "place among the decisions of the case's ledger, from 1"),
    Column("act", "text", "accept, reject, add, or override (a finding stands)"),
    Column("change", "text", "confirmed, removed, added, replaced (told by the new code), or finding accepted"),
    Column("system", "text", "ICD-10-CM, ICD-10-PCS, CPT or HCPCS; empty where it is about a rule"),
    Column("code", "text", "the code that it is about"),
    Column("title", "text", "its title, where it is reported"),
    Column("replaces", "text", "the code whose place it took: rejected by the same person, day and reason"),
    Column("replaced_by", "text", "the code that took its place"),
    Column("rule", "text", "the rule whose finding was accepted, or whose remedy was applied"),
    Column("who", "text", "who decided"),
    Column("on", "day", "when"),
    Column("why", "text", "the reason, in the words of who decided"),
    Column("engine", "text", "the engine that had proposed the code; empty where none had"),
    Column("evidence", "integer", "passages of the record behind the code, as reported"),
    Column("drg_without", "text", "the MS-DRG if this decision alone were undone"),
    Column("weight_change", "number", "what the decision alone adds to the relative weight"),
    Column("raf_change", "number", "what the decision alone adds to the CMS-HCC score"),
)
TABLES: Mapping[str, tuple[Column, ...]] = {
    "cases": CASES,
    "lines": LINES,
    "findings": FINDINGS,
    "indicators": INDICATORS,
    "decisions": DECISIONS,
}
LATER = ("indicators", "decisions")
"""Tables that stores did not always have: a reader does without them."""


def files_of(store: Path) -> dict[str, Path]:
    """Return where each table of a store is, by name: ``s.parquet``, ``s.lines.parquet``, ``s.findings.parquet``."""
    stem = store.with_suffix("") if store.suffix == ".parquet" else store
    return {
        name: stem.with_name(stem.name + (".parquet" if name == "cases" else f".{name}.parquet")) for name in TABLES
    }


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
        **_first(case),
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


def _first(case: Case) -> Row:
    """Return how far people changed a case: codes added and removed, and its groups without their decisions."""
    if not case.decisions:
        return {"added": 0, "removed": 0}
    acts = Counter(c.decision.act for c in changes(case) if c.code)
    drg, score = _group(case, "MS-DRG at first"), _group(case, "CMS-HCC score at first")
    return {
        "added": acts[ADD],
        "removed": acts[REJECT],
        "first_drg": drg.code if drg else None,
        "first_weight": drg.weight if drg else None,
        "first_raf": score.weight if score else None,
    }


def _planned(case: Case) -> bool | None:
    """Tell whether a stay is one that is always planned; None outside of stays."""
    if not case.inpatient or not case.coded or case.day is None:
        return None
    return case.coded[0].code.value.startswith(tuple(Parameters(case.day).get("indicators.planned", ("-",))))


def _stay(first: date | None, last: date | None) -> int | None:
    return max(1, (last - first).days) if first and last else None


def _groups(case: Case) -> Row:
    """Return what the groupers say of a case, for the table ``cases``."""
    drg = _group(case, "MS-DRG")
    hcc = [g for g in case.groups if g.system == "CMS-HCC"]
    score = _group(case, "CMS-HCC score")
    category = _group(case, "CCSR")
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


def _group(case: Case, system: str) -> Group | None:
    return next((g for g in case.groups if g.system == system), None)


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


def decision_rows(case: Case) -> Iterator[Row]:
    """Yield a case's rows of the table ``decisions``, in the order of its ledger."""
    entries: list[Diagnosis | Procedure] = [*case.diagnoses, *case.procedures] if case.decisions else []
    shown = {str(entry.code): len(entry.evidence) for entry in entries}
    for change in changes(case):
        decision, code = change.decision, change.code
        yield {
            "case_id": case.chart.id,
            "decision": change.place,
            "act": decision.act,
            "change": "replaced" if change.replaces or change.replaced_by else _CHANGES.get(decision.act),
            "system": code.system if code else None,
            "code": code.value if code else None,
            "title": change.title or None,
            "replaces": str(change.replaces) if change.replaces else None,
            "replaced_by": str(change.replaced_by) if change.replaced_by else None,
            "rule": change.rule or None,
            "who": decision.who or None,
            "on": decision.on,
            "why": decision.why or None,
            "engine": change.engine or None,
            "evidence": shown.get(str(code)),
            **_effect(case, change),
        }


_CHANGES = {ACCEPT: "confirmed", REJECT: "removed", ADD: "added", OVERRIDE: "finding accepted"}


def _effect(case: Case, change: Change) -> Row:
    """Return what one decision alone makes of the groups; nothing where it makes nothing of them, or is half of two."""
    found = {
        g.system: g for g in case.groups if g.system.endswith(" without the decision") and change.code in g.drivers
    }
    drg, score = found.get("MS-DRG without the decision"), found.get("CMS-HCC score without the decision")
    return {
        "drg_without": drg.code if drg else None,
        "weight_change": _less(_group(case, "MS-DRG"), drg),
        "raf_change": _less(_group(case, "CMS-HCC score"), score),
    }


def _less(now: Group | None, without: Group | None) -> float | None:
    if now is None or without is None or now.weight is None or without.weight is None:
        return None
    return round(now.weight - without.weight, 4)


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
