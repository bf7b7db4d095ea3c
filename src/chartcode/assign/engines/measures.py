"""Numbers that are codes: body mass index (Z68), and long-term drugs (Z79) from the drug list.

Guidelines I.B.14 and I.C.21.c.3: a body mass index is reported only with a diagnosis that gives it meaning, such as
obesity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign.context import left_off
from chartcode.books import Books
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.chart import Document
from chartcode.model.code import ICD10CM, Code

_BMI = re.compile(r"\b(?:bmi|body mass index)\b[^\d\n]{0,25}(\d{2}(?:\.\d+)?)\b", re.IGNORECASE)
_WEIGHT = re.compile(r"\b(?:obes\w+|overweight|underweight|malnutrition|bariatric|gastric bypass|weight (?:loss|gain)|anorexia|cachexia)\b", re.IGNORECASE)  # fmt: skip
_ADULT = 20
_ENDED = ("stopped", "discontinued")
_DRUGS = {
    "insulin": "Z79.4", "oral hypoglycemic": "Z79.84", "injectable antidiabetic": "Z79.85", "anticoagulant": "Z79.01",
    "antiplatelet": "Z79.02", "aspirin": "Z79.82", "systemic steroid": "Z79.52", "inhaled steroid": "Z79.51",
    "opiate analgesic": "Z79.891", "nsaid": "Z79.1", "bisphosphonate": "Z79.83",
    "aromatase inhibitor": "Z79.811", "serm": "Z79.810",
}  # fmt: skip


def measures(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield the codes that numbers and the drug list lead to."""
    for document in case.chart.documents:
        if _WEIGHT.search(document.text):
            for match in _BMI.finditer(document.text):
                yield from _proposed(_body_mass(float(match.group(1)), case.chart.patient.age), match, document, books)
    yield from _long_term(case, books)


def _body_mass(value: float, age: int | None) -> str | None:
    if (age is not None and age < _ADULT) or not 10 <= value <= 99:
        return None
    if value < 20:
        return "Z68.1"
    if value < 40:
        return f"Z68.{int(value):02d}"
    return next(f"Z68.4{n}" for n, top in enumerate((45, 50, 60, 70, 999), 1) if value < top)


def _proposed(code: str | None, match: re.Match[str], document: Document, books: Books) -> Iterator[Proposal]:
    if code is None or not books.icd10cm.valid(code):
        return
    mention = Mention.told(document, document.span(*match.span()), code[:3].lower())
    yield Proposal(
        Code(ICD10CM, code), by="measures", evidence=(mention,), path=(books.icd10cm.title(code),), confidence=0.8,
        reasons=("the number in the record picks the code",),
    )  # fmt: skip


def _long_term(case: Case, books: Books) -> Iterator[Proposal]:
    for fact in case.chart.facts:
        code = _DRUGS.get(fact.get("class") or "") if fact.kind == "medication" else None
        if code is None or not fact.evidence or not books.icd10cm.valid(code):
            continue
        span = fact.evidence[0]
        text = case.chart.document(span.document).text
        if fact.status in _ENDED or left_off(text, span.start):
            continue
        section = case.chart.document(span.document).section_at(span.start)
        mention = Mention(span, term=code.lower(), assertion=fact.assertion, section=section, author=fact.author)
        yield Proposal(
            Code(ICD10CM, code), by="measures", evidence=(mention,), path=(books.icd10cm.title(code),), confidence=0.7,
            reasons=(f"drug of the class {fact.get('class')} in the record",),
        )  # fmt: skip
