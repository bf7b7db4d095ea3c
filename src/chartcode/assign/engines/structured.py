"""What the record has coded already: ICD-10-CM on encounter diagnoses, claims, charges and problem lists.

A code that a provider chose for this encounter, or that was billed for it, is the strongest opinion there is; one that
only stands on the list of problems is none about this encounter, and ``settle`` treats it so. A code that is not
reportable on the day is followed to the one that is, where the book and the words around lead to one. Entries coded in
another system alone have their words in the chart, which the other engines read like any text.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.assign.circumstances import evidence
from chartcode.assign.resolve import resolver
from chartcode.books import Books
from chartcode.books.words import forms
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.chart import Fact
from chartcode.model.code import ICD10CM, Code, dotted, looks_like_icd10cm

SURE = 0.95
"""The confidence in a code that was chosen for this encounter."""

_CATEGORIES = {
    "claim": SURE,
    "charge": SURE,
    "encounter diagnosis": SURE,
    "postoperative diagnosis": 0.9,
    "report": 0.6,
    "admission diagnosis": 0.5,
    "preoperative diagnosis": 0.5,
    "cause of death": 0.5,
    "indication": 0.4,
    "reason for visit": 0.4,
    "reason for study": 0.4,
    "problem list": 0.4,
    "past": 0.3,
}
_ROLES = {"admitting": 0.5, "reason for visit": 0.4}
"""Roles on a claim that say why a patient came, not what was found."""

_OUTSIDE = "outside its days"
"""What ``placed`` says of an entry that names no encounter and whose day lies in none (``collect.fhir.charts``)."""

UNMAPPED = "not a code that can be reported on the day"


def structured(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield each ICD-10-CM code of the coded diagnoses, with the words of its entry."""
    for fact in case.chart.facts:
        if fact.kind != "diagnosis" or fact.code is None or fact.code.system != ICD10CM or not fact.evidence:
            continue
        if looks_like_icd10cm(fact.code.value):
            yield _proposal(fact, dotted(fact.code.value), case, books)


def confidence(fact: Fact) -> float:
    """Return how far a coded entry speaks for this encounter, by what kind of entry it is."""
    found = _CATEGORIES.get(fact.get("category") or "", 0.6)
    return min(found, _ROLES.get(fact.get("role") or "", 1.0), 0.5 if fact.get("placed") == _OUTSIDE else 1.0)


def _proposal(fact: Fact, written: str, case: Case, books: Books) -> Proposal:
    span = fact.evidence[0]
    document = case.chart.document(span.document)
    mention = Mention(
        span,
        term=" ".join(forms(span.text)),
        assertion=fact.assertion,
        section=document.section_at(span.start),
        cue=fact.status if fact.assertion != "affirmed" else "",
        author=fact.author,
    )
    category, at = fact.get("category") or "coded entry", fact.get("at") or ""
    reasons = [f"coded in the record: {category}{f', {at}' if at else ''}"]
    code, steps = _reportable(written, mention, case, books)
    return Proposal(
        Code(ICD10CM, code or written),
        by="structured",
        evidence=(mention,),
        path=(books.icd10cm.title(code or written),),
        confidence=confidence(fact),
        against=() if code else (UNMAPPED,),
        reasons=(*reasons, *steps),
    )


def _reportable(written: str, mention: Mention, case: Case, books: Books) -> tuple[str | None, tuple[str, ...]]:
    """Return the code of the day for a code as written, and how it was found."""
    book = books.icd10cm
    if book.valid(written):
        return written, ()
    if book.known(written):
        found, steps = resolver(book).resolve(written, evidence(mention, case))
    else:
        found, steps = book.in_force(written), ()
    return found, (f"the record has {written}, which is not reportable on the day", *steps)
