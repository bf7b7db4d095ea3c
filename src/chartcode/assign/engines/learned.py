"""The learned engine: what a phrase was coded to in the notes that the model was fitted on."""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.assign.circumstances import evidence
from chartcode.assign.resolve import resolver
from chartcode.books import Books
from chartcode.model.case import MENTIONS, Case, Proposal
from chartcode.model.code import ICD10CM, Code

_MOST = 3


def learned(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield for each mention the codes that its phrase was associated with, at most three."""
    walk = resolver(books.icd10cm)
    for mention in case.mentions:
        associations = books.model.phrases.codes(mention.term)
        if not associations:
            continue
        said = evidence(mention, case)
        seen: set[str] = set()
        for code, share in associations[:_MOST]:
            # Every finding is wanted as it was annotated; for billing, the record may say more than the phrase.
            exact = case.mode == MENTIONS and books.icd10cm.valid(code)
            for found, steps in ((code, ()),) if exact else walk.sides(code, said):
                if found not in seen:
                    seen.add(found)
                    yield Proposal(
                        Code(ICD10CM, found),
                        by="learned",
                        evidence=(mention,),
                        path=(mention.span.text, books.icd10cm.title(found)),
                        confidence=round(share, 3),
                        reasons=(f"coded so in {share:.0%} of the fitted occurrences of these words", *steps),
                    )
