"""A case as plain dicts and lists, ready for JSON: the contract that other programs rely on.

Keys may be added, never renamed. What is not known is ``None`` or an empty list. The note itself is not in the tree,
only the words that serve as evidence, so ``chartcode.model.reading`` gives back a case whose documents have no text,
and whose mentions and proposals are gone: what rules, groupers and reports ask of a case is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from chartcode.model.case import (
    Case,
    Decision,
    Diagnosis,
    Finding,
    Group,
    Mention,
    PartialProcedure,
    Procedure,
    Rejected,
    Remedy,
    Visit,
)
from chartcode.model.chart import Chart, Document, Fact, Span

FACTS = {
    "medication": "medications",
    "equipment": "equipment",
    "allergy": "allergies",
    "vital": "vitals",
    "lab": "labs",
    "diagnosis": "diagnoses",
    "procedure": "procedures",
    "social": "social",
    "family": "family",
    "order": "orders",
    "immunization": "immunizations",
}
"""Each kind of fact, and the key under which the tree lists it."""


def plain(case: Case) -> dict[str, Any]:
    """Return a case as dicts, lists, strings, numbers and None."""
    chart = case.chart
    return {
        "id": chart.id,
        "setting": chart.encounter.setting,
        "date": _day(chart.encounter.on),
        "mode": case.mode,
        "books": dict(case.books),
        "patient": _patient(chart),
        "encounter": _encounter(chart),
        "documents": [_document(d) for d in chart.documents],
        "remarks": list(chart.remarks),
        "diagnoses": [_diagnosis(d) for d in case.diagnoses],
        "admitting": _diagnosis(case.admitting) if case.admitting else None,
        "rejected": [_rejected(r) for r in case.rejected],
        "procedures": [_procedure(p) for p in case.procedures],
        "partial_procedures": [_partial(p) for p in case.partial_procedures],
        "visit": _visit(case.visit) if case.visit else None,
        "facts": _facts(chart),
        "decisions": [_decision(d) for d in case.decisions],
        "findings": [_finding(f) for f in case.findings],
        "groups": [_group(g) for g in case.groups],
    }


def collected(chart: Chart) -> dict[str, Any]:
    """Return a chart as dicts, lists, strings, numbers and None: the text of its documents is in it."""
    return {
        "id": chart.id,
        "setting": chart.encounter.setting,
        "date": _day(chart.encounter.on),
        "patient": _patient(chart),
        "encounter": _encounter(chart),
        "documents": [_whole(document) for document in chart.documents],
        "remarks": list(chart.remarks),
        "facts": _facts(chart),
    }


def _whole(document: Document) -> dict[str, Any]:
    sections = [{"name": s.name, "start": s.start, "body": s.body, "end": s.end} for s in document.sections]
    return {**_document(document), "sections": sections, "text": document.text}


def _patient(chart: Chart) -> dict[str, Any]:
    patient = chart.patient
    return {"sex": patient.sex, "age": patient.age, "born": _day(patient.born), "age_days": patient.age_days}


def _facts(chart: Chart) -> dict[str, Any]:
    return {key: [_fact(f) for f in chart.facts if f.kind == kind] for kind, key in FACTS.items()}


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "kind": document.kind,
        "date": _day(document.on),
        "author": document.author,
        "repeats": [{"start": r.start, "end": r.end, "document": r.document, "at": r.at} for r in document.repeats],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _encounter(chart: Chart) -> dict[str, Any]:
    encounter = chart.encounter
    return {
        "first": _day(encounter.first),
        "last": _day(encounter.last),
        "disposition": encounter.disposition,
        "payer": encounter.payer,
        "facility": encounter.facility,
        "provider": encounter.provider,
        "specialty": encounter.specialty,
    }


def _span(span: Span) -> dict[str, Any]:
    return {"document": span.document, "start": span.start, "end": span.end, "text": span.text}


def _evidence(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    return [
        {
            **_span(m.span),
            "section": m.section,
            "assertion": m.assertion,
            "cue": m.cue,
            "term": m.term,
            "author": m.author,
        }
        for m in mentions
    ]


def _diagnosis(diagnosis: Diagnosis) -> dict[str, Any]:
    return {
        "system": diagnosis.code.system,
        "code": diagnosis.code.value,
        "role": diagnosis.role,
        "poa": diagnosis.poa,
        "confidence": round(diagnosis.confidence, 4),
        "band": diagnosis.band,
        "title": diagnosis.title,
        "evidence": _evidence(diagnosis.evidence),
        "by": diagnosis.by,
        "path": list(diagnosis.path),
        "reasons": list(diagnosis.reasons),
        "rivals": [{"system": r.code.system, "code": r.code.value, "why": r.why} for r in diagnosis.rivals],
    }


def _rejected(rejected: Rejected) -> dict[str, Any]:
    return {
        "system": rejected.code.system,
        "code": rejected.code.value,
        "why": rejected.why,
        "evidence": _evidence(rejected.evidence),
        "by": rejected.by,
        "path": list(rejected.path),
    }


def _procedure(procedure: Procedure) -> dict[str, Any]:
    return {
        "system": procedure.code.system,
        "code": procedure.code.value,
        "modifiers": list(procedure.modifiers),
        "units": procedure.units,
        "date": _day(procedure.on),
        "confidence": round(procedure.confidence, 4),
        "band": procedure.band,
        "title": procedure.title,
        "evidence": _evidence(procedure.evidence),
        "by": procedure.by,
        "path": list(procedure.path),
        "pointers": list(procedure.pointers),
        "reasons": list(procedure.reasons),
    }


def _partial(procedure: PartialProcedure) -> dict[str, Any]:
    return {
        "partial": procedure.partial,
        "axis": procedure.axis,
        "choices": [{"value": value, "label": label} for value, label in procedure.choices],
        "date": _day(procedure.on),
        "evidence": _evidence(procedure.evidence),
        "by": procedure.by,
        "path": list(procedure.path),
        "reasons": list(procedure.reasons),
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "level": visit.level,
        "code": visit.code,
        "problems": visit.problems,
        "data": visit.data,
        "risk": visit.risk,
        "evidence": _evidence(visit.evidence),
        "service": visit.service,
        "status": visit.status,
        "basis": visit.basis,
        "minutes": visit.minutes,
        "elements": [
            {"name": e.name, "level": e.level, "reasons": list(e.reasons), "evidence": _evidence(e.evidence)}
            for e in visit.elements
        ],
        "modifiers": list(visit.modifiers),
        "title": visit.title,
        "band": visit.band,
        "reasons": list(visit.reasons),
        "changes": list(visit.changes),
        "place": visit.place,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "text": fact.text,
        "evidence": [_span(span) for span in fact.evidence],
        "code": {"system": fact.code.system, "code": fact.code.value} if fact.code else None,
        "assertion": fact.assertion,
        "date": _day(fact.on),
        "author": fact.author,
        "status": fact.status,
        "attributes": dict(reversed(fact.attributes)),  # the first of a name counts, as in Fact.get
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "act": decision.act,
        "about": decision.about,
        "why": decision.why,
        "who": decision.who,
        "date": _day(decision.on),
        "evidence": _evidence(decision.evidence),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "codes": [code for entry in finding.on if (code := _value(entry))],
        "remedy": _remedy(finding.remedy) if finding.remedy else None,
        "accepted": finding.accepted,
    }


def _value(entry: Diagnosis | Procedure | Visit) -> str | None:
    return entry.code if isinstance(entry, Visit) else entry.code.value


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {
        "act": remedy.act,
        "codes": [{"system": c.system, "code": c.value} for c in remedy.codes],
        "instead": [{"system": c.system, "code": c.value} for c in remedy.instead],
        "say": remedy.say,
        "safe": remedy.safe,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "system": group.system,
        "version": group.version,
        "code": group.code,
        "title": group.title,
        "weight": group.weight,
        "drivers": [code.value for code in group.drivers],
        "reasons": list(group.reasons),
    }
