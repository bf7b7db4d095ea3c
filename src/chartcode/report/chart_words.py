"""How facts are said to people: shared by the table and the page of charts."""

from __future__ import annotations

from chartcode.model.chart import AFFIRMED, Document, Fact

NAMES = {
    "diagnosis": "Diagnoses",
    "procedure": "Procedures",
    "medication": "Medications",
    "equipment": "Equipment",
    "allergy": "Allergies",
    "lab": "Laboratory",
    "vital": "Vital signs",
    "social": "Habits",
    "family": "Family history",
    "order": "Orders",
    "immunization": "Immunizations",
}
"""The heading of each kind of fact, in the order in which they are shown."""

_SAID = frozenset({"name", "topic", "repeated", "at"})
"""Attributes that a fact's own words or tags say already, or that say where it stands in its record."""

_COPIED = "repeated"
"""The attribute of a fact in a copied passage: the document that has it first."""


def tags(fact: Fact) -> tuple[str, ...]:
    """Return what qualifies a fact: status, how it is meant unless as plain fact, day, who says it, whence copied."""
    meant = fact.assertion if fact.assertion != AFFIRMED else ""
    day = fact.on.isoformat() if fact.on else ""
    who = fact.author if fact.author != "provider" else ""
    copied = f"copied from {source}" if (source := fact.get(_COPIED)) else ""
    return tuple(word for word in (fact.status, meant, day, who, copied) if word)


def particulars(fact: Fact) -> str:
    """Return a fact's code and attributes on one line, but for what its words say as they stand."""
    code = f"{fact.code.system} {fact.code.value}" if fact.code else ""
    said = (code.lower(), fact.text.lower(), "")
    told = (f"{name} {value}" for name, value in fact.attributes if name not in _SAID and value.lower() not in said)
    return " · ".join(part for part in (code, *told) if part)


def heading(document: Document) -> tuple[str, str]:
    """Return what a document is called, and what else is known of it."""
    day = document.on.isoformat() if document.on else ""
    who = document.author if document.author != "provider" else ""
    return document.kind or "document", " · ".join(part for part in (document.id, day, who) if part)
