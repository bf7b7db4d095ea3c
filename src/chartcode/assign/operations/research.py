"""Research mode: every procedure that a text names, whatever its setting, with the phrases learned from CodiEsp.

CodiEsp codes a procedure with four characters where the text says no more. Such a code is completed to the plainest
code of its table, because no partial code is valid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chartcode.assign.circumstances import surroundings
from chartcode.assign.matching import find_phrases
from chartcode.assign.operations.axes import drafts
from chartcode.assign.operations.reading import read
from chartcode.assign.operations.tables import usual, walk
from chartcode.books import Books
from chartcode.model.case import CHECK, Case, Mention, Procedure
from chartcode.model.code import ICD10PCS, Code


@dataclass
class _Said:
    """What speaks for a code."""

    confidence: float
    evidence: list[Mention]
    reason: str


def every(case: Case, books: Books, by: str) -> Iterator[Procedure]:
    """Yield the procedures that the documents name, the surest first."""
    told: dict[str, _Said] = {}
    for code, confidence, mention, reason in (*_learned(case, books), *_own(case, books)):
        entry = told.setdefault(code, _Said(confidence, [], reason))
        entry.confidence = max(entry.confidence, confidence)
        entry.evidence.append(mention)
    said = _completed(told, books)
    least = books.procedure_phrases.threshold
    for code, entry in sorted(said.items(), key=lambda item: (-item[1].confidence, item[0])):
        if entry.confidence < least:
            return
        yield Procedure(
            Code(ICD10PCS, code), confidence=round(entry.confidence, 4), band=CHECK, title=books.icd10pcs.title(code),
            evidence=tuple(dict.fromkeys(entry.evidence)), by=by, reasons=(entry.reason,),
        )  # fmt: skip


def _completed(told: dict[str, _Said], books: Books) -> dict[str, _Said]:
    """Return what was told with open axes completed; what a whole code already says is not said again."""
    whole = {code: entry for code, entry in told.items() if books.icd10pcs.valid(code)}
    for code, entry in told.items():
        if code in whole:
            continue
        fuller = next((c for c in whole if c[:4] == code[:4]), None) or usual(code, books.icd10pcs)
        if fuller is not None:
            known = whole.setdefault(fuller, entry)
            if known is not entry:
                known.confidence = max(known.confidence, entry.confidence)
                known.evidence += entry.evidence
    return whole


def _learned(case: Case, books: Books) -> Iterator[tuple[str, float, Mention, str]]:
    model = books.procedure_phrases
    for document in case.chart.documents:
        around = surroundings(document)
        for hit in find_phrases(around.words, model.phrases):
            words = [around.words.forms[n] for n in range(hit.first, hit.last + 1) if n not in hit.skipped]
            start, end = around.words.starts[hit.first], around.words.ends[hit.last]
            for code, share in model.phrases.codes(" ".join(words)):
                mention = Mention(document.span(start, end), " ".join(words), section=document.section_at(start))
                yield code, share, mention, "phrase learned from CodiEsp"


def _own(case: Case, books: Books) -> Iterator[tuple[str, float, Mention, str]]:
    for document in case.chart.documents:
        for found in read(document, books.operations):
            for draft in drafts(found, books.operations):
                walked = walk(draft, found, books.icd10pcs)
                if walked:
                    name = found.operation.name
                    yield walked.code, books.procedure_phrases.trust(name), found.mention, f"term: {name}"
