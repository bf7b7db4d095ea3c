"""Codes of chapter 20 beside the injuries that are reported, and nowhere else (Guidelines I.C.20).

The fitted model weighs words; whether an external cause is reported is no matter of words but of what it stands beside.
So the cause, its place, the activity and the status are read here for the injuries that the other policies left standing.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartcode.assign.causes import Circumstance, came_for_it, circumstances
from chartcode.assign.settle.candidates import Candidate
from chartcode.books import ICD10CM
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.code import ICD10CM as SYSTEM
from chartcode.model.code import Code

_FROM_OUTSIDE = (*(f"T{n}" for n in range(15, 35)), "T07", "T14", "T66", "T67", "T68", "T69", "T70", "T71", "T73", "T75", "T79", "Z04.1", "Z04.2", "Z04.3")  # fmt: skip
"""What has an external cause beside the injuries of S00-S99; a poisoning's code tells its cause itself (I.C.19.e)."""
_POISONINGS = tuple(f"T{n}" for n in range(36, 66))
_HURTS = ("R07.8", "R10", "R51", "M25.5", "M54.2", "M54.5", "M54.6", "M54.9", "M79.6", "R55")
"""What an accident leaves behind where no injury is found; it has a cause where the accident is why the patient came."""
_EXPOSED = ("Z20", "Z77.21", "Z57.8")
_NEEDLE = "W46"
"""A needle that pricked: the exposure is what is coded, and it has a cause as well."""
_BESIDE = ("Y92", "Y93", "Y99")
_SAYS_SO = 0.65
"""How sure a code is that stands in the words of the record and that houses differ in reporting."""
_PHASES = {"D": "DEFGHJKMNPQR", "S": "S", "A": "ABC"}


def add_events(reported: list[Candidate], case: Case, book: ICD10CM, kept: Sequence[str] = ()) -> None:
    """Report the circumstances of the reported injuries, in place; other codes of chapter 20 yield to them.

    Args:
        reported: the candidates that stand; what yields gets its reason.
        case: the record.
        book: ICD-10-CM of the day.
        kept: codes that people or coded entries insist on.
    """
    injuries = [c.code for c in reported if c.code[0] == "S" or c.code.startswith(_FROM_OUTSIDE)]
    injuries = injuries or [c.code for c in reported if c.code.startswith(_HURTS) and came_for_it(case)]
    poisonings = [
        c.code for c in reported if c.code.startswith(_POISONINGS) and len(c.code) == 8 and c.code[-2] in "1234"
    ]
    events = [c for c in reported if _of_chapter_20(c.code) and c.code not in kept]
    if not injuries and not poisonings:
        exposed = any(c.code.startswith(_EXPOSED) and not c.why for c in reported)
        for candidate in [c for c in events if not (exposed and c.code.startswith(_NEEDLE))]:
            candidate.why = "no injury is reported that it could be the cause of (Guidelines I.C.20.a)"
        return
    found = circumstances(case, book, _phase(injuries or poisonings), cause=bool(injuries))
    said = {c.code: c for c in found}
    for candidate in events:
        if candidate.code not in said and found:
            candidate.why = f"the record tells it more fully: {found[0].code}"
    known = {c.code for c in reported}
    reported += [_candidate(c, case, book) for c in found if c.code not in known]


def _of_chapter_20(code: str) -> bool:
    """Tell whether a code is of an event; blood alcohol (Y90), procedures and devices (Y62-Y84) are another matter."""
    return code[0] in "VWX" or code.startswith(("Y0", "Y2", "Y3", *_BESIDE))


def _phase(codes: Sequence[str]) -> str:
    """Return the seventh character of the encounter by its injuries: the first that has one decides."""
    for code in codes:
        if len(code) == 8:
            return next((phase for phase, letters in _PHASES.items() if code[-1] in letters), "A")
    return "A"


def _candidate(found: Circumstance, case: Case, book: ICD10CM) -> Candidate:
    mention = Mention.told(case.chart.document(found.span.document), found.span, found.span.text.lower())
    path = tuple(dict.fromkeys((book.title(found.code[:3]), book.title(found.code))))
    proposal = Proposal(
        Code(SYSTEM, found.code),
        by="causes",
        evidence=(mention,),
        path=path,
        confidence=_SAYS_SO,
        reasons=(found.reason,),
    )
    return Candidate(found.code, [proposal], score=_SAYS_SO)
