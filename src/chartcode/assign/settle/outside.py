"""What came from outside: injuries, burns, drugs and their circumstances, after all else is agreed (chapters 19 and 20).

The order matters: what the trauma makes of a diagnosis comes before the circumstances that stand beside it, and a code
that takes another's place stands where that one stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chartcode.assign.settle.burns import add_extent, turn_corrosions
from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.events import add_events
from chartcode.assign.settle.injuries import by_trauma
from chartcode.assign.settle.poisonings import add_drugs, leads_with_drugs
from chartcode.books import ICD10CM
from chartcode.model.case import Case


def from_outside(
    reported: list[Candidate], leads: Mapping[str, float], case: Case, book: ICD10CM, kept: Sequence[str]
) -> dict[str, float]:
    """Report what came from outside, in place, and return how well each candidate would stand first.

    Args:
        reported: the candidates that stand; what yields gets its reason.
        leads: how well each would stand first so far.
        case: the record.
        book: ICD-10-CM of the day.
        kept: codes that people or coded entries insist on.
    """
    by_trauma(reported, case, book)
    turn_corrosions(reported, case, book)
    add_drugs(reported, case, book, kept)
    add_extent(reported, case, book)
    add_events(reported, case, book, kept)
    found = dict(leads)
    for candidate in reported:
        if candidate.code not in found and candidate.rivals and not candidate.why:
            found[candidate.code] = max(found.get(r.code.value, 0.0) for r in candidate.rivals)
    return leads_with_drugs(found, reported)
