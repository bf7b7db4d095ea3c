"""Two services of one day are paid together only if a modifier parts them, and none does.

An NCCI edit with modifier indicator 1 joins them. If they were done at another site, in another session or for
another reason, and the record shows it, the line takes the modifier that says so (an anatomical one, XE, XS, XP, XU
or 59; 25 for a visit). If not, report column 1 alone.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 45385
    px 45380    ! ncci/pair_without_modifier

    professional 2025-11-03, F 67
    dx K63.5
    px 45385
    px 45380 -XS

    professional 2025-11-03, F 67
    dx K63.5
    px 45385
    px 20610 -RT
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import ALLOWED
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.needs import PAIRS
from chartcode.validate.pairs import pairs
from chartcode.validate.rule import rule
from chartcode.validate.services import has


@rule(
    severity=ERROR,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I: modifier indicator 1",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(PAIRS,),
)
def pair_without_modifier(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the column 2 line of each pair that a modifier would part, if neither line has one."""
    parting = books.parameters["modifiers.parting"]
    for first, second, edit in pairs(case, books):
        if edit.modifier == ALLOWED and not has(first, *parting) and not has(second, *parting):
            ask = Remedy("ask", (second.code,), say="add the modifier that the record supports, or drop the line")
            yield Finding(
                f"{second.code} is not paid beside {first.code} without a modifier ({edit.rationale})", (second,), ask
            )
