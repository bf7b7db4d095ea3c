"""A modifier parts two services that NCCI joins, so the record has to show why.

The pair is paid with the modifier. An auditor will look for the other site, session, injury or practitioner in the
record, or, beside a visit, for a problem of its own.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 45385
    px 45380 -XS    ! ncci/pair_parted

    professional 2025-11-03, F 67
    dx K63.5
    px 45385
    px 20610 -RT
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import ALLOWED
from chartcode.model.case import INFO, Case, Finding
from chartcode.validate.needs import PAIRS
from chartcode.validate.pairs import pairs
from chartcode.validate.rule import rule


@rule(
    severity=INFO,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I, section E",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(PAIRS,),
)
def pair_parted(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the column 2 line of each pair that a modifier parts."""
    parting = frozenset(books.parameters["modifiers.parting"])
    for first, second, edit in pairs(case, books):
        said = parting.intersection(first.modifiers + second.modifiers)
        if edit.modifier == ALLOWED and said:
            yield Finding(
                f"{second.code} is paid beside {first.code} by modifier {min(said)}; the record has to show it",
                (second,),
            )
