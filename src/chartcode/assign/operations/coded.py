"""Procedures that the record has coded already in ICD-10-PCS: entries of a stay, claims, charges.

Such a code was chosen for this stay by a person or another program; it stands beside what the text tells, with the
words of its entry, and takes the place of what the text says less of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chartcode.books import Books
from chartcode.books.icd10pcs.tables import fits
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED, Fact
from chartcode.model.code import ICD10PCS

_OUTSIDE = "outside its days"
"""What ``placed`` says of an entry that names no encounter and whose day lies in none (``collect.fhir.charts``)."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded entry, and the words of its entry where it has any."""

    code: str
    fact: Fact
    evidence: tuple[Mention, ...]


def coded(case: Case, books: Books) -> dict[str, Coded]:
    """Return the stay's coded ICD-10-PCS procedures that are reportable on the day, by code, in the record's order."""
    found: dict[str, Coded] = {}
    for fact in case.chart.facts:
        if fact.kind != "procedure" or fact.code is None or fact.code.system != ICD10PCS:
            continue
        code = fact.code.value.upper()
        if fact.evidence and _of_stay(fact) and books.icd10pcs.valid(code):
            found.setdefault(code, Coded(code, fact, tuple(_mention(case, fact))))
    return found


def _of_stay(fact: Fact) -> bool:
    """Tell whether an entry is of this encounter and says that the procedure was done."""
    elsewhere = fact.get("placed") == _OUTSIDE or fact.get("category") == "past"
    return fact.assertion == AFFIRMED and not elsewhere


def _mention(case: Case, fact: Fact) -> list[Mention]:
    return [
        Mention(span, fact.text, section=case.chart.document(span.document).section_at(span.start), author=fact.author)
        for span in fact.evidence
    ]


def said_already(code: str, known: Mapping[str, Coded]) -> str | None:
    """Return the coded procedure that a code or partial code of the text speaks of, or None.

    That is the same code, one that a partial code fits, or one of the same body part: the entry was coded with more at
    hand than the words.
    """
    if code in known:
        return code
    return next((other for other in known if fits(other, code) or other[:4] == code[:4]), None)
