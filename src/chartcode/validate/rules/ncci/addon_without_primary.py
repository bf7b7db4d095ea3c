"""An add-on code is reported without the service that it adds to.

Add-on codes are never paid alone. Report the primary service of the same day, or drop the line; some add-on codes go
with whatever their contractor names, and are left alone here.

Examples:
    professional 2025-11-03, F 67
    dx E11.621
    px 11045    ! ncci/addon_without_primary

    professional 2025-11-03, F 67
    dx E11.621
    px 11042
    px 11045

    professional 2025-11-03, F 67
    dx E11.621
    px 15777
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.ncci import ANY_PRIMARY
from chartcode.model.case import ERROR, Case, Finding
from chartcode.validate.needs import ADDONS
from chartcode.validate.rule import rule
from chartcode.validate.services import books_of, day_of, services


@rule(
    severity=ERROR,
    authority="CMS, NCCI add-on code edits; Medicare Claims Processing Manual, chapter 12, section 30(D)",
    url="https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits",
    needs=(ADDONS,),
)
def addon_without_primary(case: Case, books: Books) -> Iterator[Finding]:
    """Yield each add-on line without a primary code of its list on the same day."""
    lines = services(case)
    for line in lines:
        day, addons = day_of(line, books), books_of(line, books).ncci.addons
        primaries = addons.primaries(line.code.value, day) if addons else frozenset()
        if not primaries or ANY_PRIMARY in primaries:
            continue
        if not any(other.code.value in primaries and day_of(other, books) == day for other in lines):
            among = ", ".join(sorted(primaries)[:4]) + (", ..." if len(primaries) > 4 else "")
            yield Finding(f"{line.code} is an add-on code and needs one of {among} on the same day", (line,))
