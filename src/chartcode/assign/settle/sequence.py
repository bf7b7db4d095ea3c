"""The order of the diagnoses: the principal or first-listed one, causes before manifestations, events last.

Guidelines II (principal diagnosis), IV.G (first-listed), I.A.13 (etiology first), I.C.20 (external causes never first).
"""

from __future__ import annotations

from collections.abc import Mapping

from chartcode.assign.settle.candidates import Candidate
from chartcode.books import ICD10CM
from chartcode.model.case import Case

_SECONDARY_VARICES = "I85.1"
"""Its note, "code first underlying cause", names no code."""


def may_lead(code: str, case: Case, book: ICD10CM) -> bool:
    """Tell whether a code may stand first: no external cause, no manifestation, nothing the code editor refuses."""
    flags = book.flags(code)
    if code[0] in "VWXY" or "manifestation" in flags or code.startswith(_SECONDARY_VARICES):
        return False
    return not (case.inpatient and "unacceptable principal" in flags)


def sequenced(standing: list[Candidate], first: Mapping[str, float], case: Case, book: ICD10CM) -> list[Candidate]:
    """Return the candidates in the order of the claim; ``first`` scores how well each would lead."""
    rest = sorted(
        standing,
        key=lambda c: (
            _event(c.code),
            c.code[0] == "Z" and first.get(c.code, 0) < 0.2,
            c.code[0] != "O",
            -c.score,
            c.first,
        ),
    )
    able = [c for c in rest if may_lead(c.code, case, book)]
    if able:
        lead = max(able, key=lambda c: (first.get(c.code, 0.0), c.score, -c.first))
        rest.remove(lead)
        rest.insert(0, lead)
    for _ in range(len(rest)):
        if not _lift_cause(rest, book):
            break
    return rest


_CIRCUMSTANCES = {"Y92": 2, "Y93": 3, "Y99": 4}


def _event(code: str) -> int:
    """Return the place of a code of chapter 20 behind all others: the cause, then place, activity and status."""
    return _CIRCUMSTANCES.get(code[:3], 1) if code[0] in "VWXY" else 0


def _lift_cause(order: list[Candidate], book: ICD10CM) -> bool:
    """Move one cause in front of the code that must follow it; tell whether anything moved."""
    for at, candidate in enumerate(order):
        for note in book.code_first(candidate.code):
            for later in range(at + 1, len(order)):
                other = order[later].code
                if book.covers(note.targets, other) and not other.startswith(candidate.code[:3]):
                    order.insert(at, order.pop(later))
                    return True
    return False
