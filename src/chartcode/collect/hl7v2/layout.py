"""Under which heading a fact of a message is set down, and what its line says beside its words."""

from __future__ import annotations

from chartcode.collect.hl7v2.problems import PROBLEM
from chartcode.collect.sheet import Entry
from chartcode.model.chart import HISTORICAL, Fact

_BY_ROLE = {
    "admitting": "admission diagnosis",
    "principal": "principal diagnosis",
    "secondary": "secondary diagnoses",
}
_BY_KIND = {
    "procedure": "procedure", "medication": "medications", "immunization": "immunizations", "allergy": "allergies",
    "vital": "vitals", "lab": "labs", "social": "social history", "order": "plan",
}  # fmt: skip
_TAILS = {
    "lab": ("abnormal", "comment"), "vital": ("abnormal", "comment"),
    "medication": ("dose", "route", "frequency", "directions"), "immunization": ("dose", "route", "refusal"),
    "allergy": ("reaction",), "procedure": ("modifiers",), "order": ("instructions", "reason"),
}  # fmt: skip


def entry(fact: Fact) -> Entry:
    """Return a fact with the section under which it is set down."""
    tail = " ".join(filter(None, (fact.get(name) for name in _TAILS.get(fact.kind, ()))))
    return Entry(_section(fact), fact, tail)


def _section(fact: Fact) -> str:
    if fact.kind != "diagnosis":
        return _BY_KIND.get(fact.kind, "other")
    if fact.get("category") == PROBLEM:
        return "past medical history" if fact.assertion == HISTORICAL else "problem list"
    if fact.get("category") == "reason for study":
        return "reason for visit"
    return _BY_ROLE.get(fact.get("role") or "", "diagnosis")
