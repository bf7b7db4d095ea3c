"""Two modifiers of a line contradict each other.

Both sides beside one side, the professional beside the technical part, a general beside the exact modifier, an
expected beside an unexpected denial: keep the one that the record supports.

Examples:
    professional 2025-11-03, F 67
    dx M17.11
    px 20610 -50 -RT    ! hcpcs/contradictory_modifiers

    professional 2025-11-03, F 67
    dx M17.11
    px 20610 -RT -59
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.services import services


@rule(
    severity=ERROR,
    authority="CMS, Medicare Claims Processing Manual, chapters 12 and 30; MLN1783722",
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
)
def contradictory_modifiers(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each line with a pair of modifiers that exclude each other."""
    for line in services(case):
        for one, other in books.parameters["modifiers.contradictory"]:
            if one in line.modifiers and other in line.modifiers:
                yield Finding(f"{line.code} has {one} and {other}, which contradict each other", (line,))
