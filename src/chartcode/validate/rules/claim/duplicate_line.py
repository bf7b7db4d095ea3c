"""A service line repeats another one.

Code, modifiers and day are the same, and no modifier (76, 77, 91) says that it was done again. Give the units on one
line, or say why it was repeated; payers deny the second as a duplicate.

Examples:
    professional 2025-11-03, F 67
    dx R05.9
    px 71046 -> R05.9
    px 71046 -> R05.9    ! claim/duplicate_line

    professional 2025-11-03, F 67
    dx R05.9
    px 71046 -> R05.9
    px 71046 -76 -> R05.9
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.rule import rule
from chartcode.validate.services import day_of, has, services


@rule(
    severity=ERROR,
    authority="CMS, Medicare Claims Processing Manual, chapter 1, section 120: exact duplicates",
    url="https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912",
)
def duplicate_line(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the second and later lines with the same code, modifiers and day, unless one says that it was repeated."""
    again = books.parameters["modifiers.again"]
    seen = set()
    for line in services(case):
        key = line.code, frozenset(line.modifiers), day_of(line, books)
        if key in seen and not has(line, *again):
            yield Finding(f"{line.code} is reported twice on {key[2]} with the same modifiers", (line,))
        seen.add(key)
