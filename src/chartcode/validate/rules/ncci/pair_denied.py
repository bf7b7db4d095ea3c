"""Two services of one day are never paid together.

An NCCI edit with modifier indicator 0 joins them: column 2 is part of column 1, and no modifier parts the two. Report
column 1 alone.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 20610 -RT -> M17.11
    px 76942 -> M17.11    ! ncci/pair_denied

    professional 2025-11-03, F 67
    dx M17.11
    px 20610 -RT @2025-11-03 -> M17.11
    px 76942 @2025-11-10 -> M17.11

    outpatient 2025-11-03, F 67
    dx M17.11
    px 20610 -RT -> M17.11
    px 76942 -59 -> M17.11
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import DENIED
from chartcode.model.case import ERROR, Case, Finding, Remedy
from chartcode.validate.needs import PAIRS
from chartcode.validate.pairs import pairs
from chartcode.validate.rule import rule


@rule(
    severity=ERROR,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I: modifier indicator 0",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(PAIRS,),
)
def pair_denied(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the column 2 line of each pair that no modifier parts."""
    for first, second, edit in pairs(case, books):
        if edit.modifier == DENIED:
            drop = Remedy("drop", (second.code,), say=f"report {first.code} alone")
            yield Finding(f"{second.code} is not paid beside {first.code} ({edit.rationale})", (second,), drop)
