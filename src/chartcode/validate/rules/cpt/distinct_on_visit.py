"""A visit has modifier 59 or one of X{EPSU}.

These part procedures. A visit that stands apart from a procedure of the same day takes modifier 25.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 99213 -59    ! cpt/distinct_on_visit
    px 20610 -RT

    professional 2025-11-03, F 67
    dx M17.11
    px 99213 -25
    px 20610 -RT
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.services import is_visit, services


@rule(
    severity=ERROR,
    authority="CMS, NCCI Policy Manual for Medicare, chapter I, section E",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
)
def distinct_on_visit(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each visit with such a modifier."""
    distinct = books.parameters["modifiers.distinct"]
    for line in services(case):
        said = [m for m in line.modifiers if m in (distinct["general"], *distinct["exact"])]
        if said and is_visit(line):
            yield Finding(f"{line.code} is a visit and takes 25, not {said[0]}", (line,))
