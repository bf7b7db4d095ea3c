"""What came from outside: injuries, burns, drugs and their circumstances, after all else is agreed (chapters 19 and 20).

The order matters: the circumstances stand beside what the others make of the list, and a code that takes another's place
stands where that one stood.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chartcode.assign.settle.burns import add_extent, turn_corrosions
from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.events import add_events
from chartcode.assign.settle.injuries import GRAVE
from chartcode.assign.settle.poisonings import add_drugs, leads_with_drugs
from chartcode.books import ICD10CM
from chartcode.model.case import Case

_AHEAD = 0.01
_TEETH = "S02.5"
_COMPLICATIONS = ("T82", "T83", "T84", "T85")


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
    turn_corrosions(reported, case, book)
    add_drugs(reported, case, book, kept)
    add_extent(reported, case, book)
    add_events(reported, case, book, kept)
    found = dict(leads)
    for candidate in reported:
        if candidate.code not in found and candidate.rivals and not candidate.why:
            found[candidate.code] = max(found.get(r.code.value, 0.0) for r in candidate.rivals)
    return leads_with_drugs(_before_symptoms(found, reported), reported)


def _before_symptoms(leads: Mapping[str, float], reported: Sequence[Candidate]) -> dict[str, float]:
    """Return the leads with the gravest injury, or what a device did, before a symptom that would stand first (Guidelines II.A, I.C.19.b)."""
    found = dict(leads)
    standing = [c for c in reported if not c.why]
    best = max(standing, key=lambda c: found.get(c.code, 0.0), default=None)
    grave = [c for c in standing if c.code.startswith((*GRAVE, *_COMPLICATIONS)) and not c.code.startswith(_TEETH)]
    if best is not None and best.code[0] == "R" and grave:
        first = max(grave, key=lambda c: (found.get(c.code, 0.0), c.score))
        found[first.code] = found.get(best.code, 0.0) + _AHEAD
    return found
