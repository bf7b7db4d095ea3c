"""When a fact was so, and who says it: the date in its own sentence, else the document's day, and the note's author."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from chartcode.collect.dates import read_day
from chartcode.model.chart import Document, Fact

_DATED = frozenset({"lab", "vital", "immunization", "procedure", "order"})
"""Kinds that happen on a day; the others last."""

_TODAY = frozenset({"lab", "vital", "order"})
"""Kinds that are of the document's day where their sentence has no date of its own."""

_DATE = re.compile(r"(?<![\d/.-])(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/-])")
_REACH = 100
"""How far from a fact, in characters, a date of its sentence may stand."""

_AUTHORS = (
    ("nurse", r"(?:nurs(?:e|es|ing)(?:'s)?|triage|rn|lpn)\b.{0,30}\b(?:note|assessment|record|report|documentation)"),
    ("dietitian", r"(?:dietitian|dietary|nutrition(?:al)?)\b.{0,20}\b(?:note|assessment|consult(?:ation)?)"),
    (
        "therapist",
        r"(?:(?:physical|occupational|speech|respiratory) therapy|pt|ot)\b.{0,20}\b(?:note|evaluation|assessment)",
    ),
    ("pharmacist", r"pharmac(?:y|ist)\b.{0,20}\b(?:note|reconciliation)"),
    ("social worker", r"(?:social work(?:er)?|case management)\b.{0,20}\b(?:note|assessment)"),
    ("patient", r"patient (?:questionnaire|reported|intake form|health history form)"),
    ("coder", r"(?:coding|hcc|abstract(?:ing)?) (?:summary|sheet|worksheet)"),
)  # fmt: skip
_FIRST_LINE = re.compile(r"\s*([^\n]{1,80})")


def author(text: str) -> str:
    """Return the role of who wrote a note, as its first line says; a provider where it says nothing.

    A diagnosis needs a provider's word (Guidelines, I.B.14), so notes of others are told apart.

    >>> author("NURSING ADMISSION NOTE"), author("OFFICE VISIT")
    ('nurse', 'provider')
    """
    line = _FIRST_LINE.match(text)
    words = " ".join(line[1].lower().replace("-", " ").split()) if line else ""
    return next((role for role, form in _AUTHORS if re.match(form, words)), "provider")


def placed(fact: Fact, document: Document) -> Fact:
    """Return a fact with its day and its author."""
    on = fact.on
    if on is None and fact.kind in _DATED and fact.evidence:
        on = _day(fact, document) or (document.on if fact.kind in _TODAY else None)
    if on == fact.on and document.author == fact.author:
        return fact
    return replace(fact, on=on, author=document.author)


def _day(fact: Fact, document: Document) -> date | None:
    """Return the only date of the fact's sentence."""
    text, span = document.text, fact.evidence[0]
    low = max(text.rfind("\n", 0, span.start), text.rfind(". ", 0, span.start), span.start - _REACH, -1) + 1
    ends = [at for mark in ("\n", ". ") if (at := text.find(mark, span.end, span.end + _REACH)) >= 0]
    found = {match.group() for match in _DATE.finditer(text, low, min(ends, default=span.end + _REACH))}
    return read_day(found.pop()) if len(found) == 1 else None
