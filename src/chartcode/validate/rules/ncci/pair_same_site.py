"""The modifier that is to part two services names the same site on both.

An anatomic modifier parts a pair of NCCI because the services were done at different sites. Where both lines name the
same one, and no other modifier says why they are separate, they were done at one site, and column 2 is part of column
1.

Examples:
    professional 2025-11-03, F 67
    dx E11.621
    px 11042 -RT
    px 97597 -RT    ! ncci/pair_same_site

    professional 2025-11-03, F 67
    dx E11.621
    px 11042 -RT
    px 97597 -LT

    professional 2025-11-03, F 67
    dx E11.621
    px 11042 -RT
    px 97597 -RT -59
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import ALLOWED
from chartcode.model.case import WARNING, Case, Finding
from chartcode.validate.needs import PAIRS
from chartcode.validate.pairs import pairs
from chartcode.validate.rule import rule


@rule(
    severity=WARNING,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I, section E",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(PAIRS,),
)
def pair_same_site(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the column 2 line of each pair that only the same anatomic modifiers on both lines would part."""
    parting = frozenset(books.parameters["modifiers.parting"])
    anatomic = frozenset(books.parameters["modifiers.anatomic"])
    for first, second, edit in pairs(case, books):
        said = parting.intersection(first.modifiers), parting.intersection(second.modifiers)
        if edit.modifier == ALLOWED and said[0] and said[0] == said[1] <= anatomic:
            site = ", ".join(sorted(said[0]))
            yield Finding(f"{second.code} and {first.code} are both at {site}, which does not part them", (second,))
