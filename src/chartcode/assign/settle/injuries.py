"""Injuries that are said by another one: the lesser of a site, the vaguer of a part, the milder of a burn.

Guidelines I.C.19.b.1 (superficial injuries at the site of a graver one), I.C.19.d.2 (burns of one site: the highest
degree), I.C.19.a and I.C.21.c.7 (the seventh character says aftercare), I.B.2 (the part that is named).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcode.assign.causes import happened
from chartcode.assign.circumstances import surroundings
from chartcode.assign.resolve import resolver
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.case import Case
from chartcode.model.chart import AFFIRMED

_OF_ONE_SITE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("S00.0",), ("S01.0", "S02.0", "S02.1", "S08.0")),
    (("S00.3",), ("S01.2", "S02.2")),
    (("S00.4",), ("S01.3", "S08.1")),
    (("S00.5",), ("S01.5",)),
    (("S00.8",), ("S01.4", "S01.8")),
    (("S20.2", "S20.3"), ("S21.1", "S21.3", "S22.2", "S22.3", "S22.4", "S26", "S27")),
    (("S20.4", "S20.22"), ("S21.2", "S21.4", "S22.0")),
    (("S30.0", "S30.810"), ("S31.0", "S32.0", "S32.1", "S32.2")),
    (("S30.1", "S30.811"), ("S31.1", "S31.6", "S36")),
    (("S40.01", "S40.2"), ("S41.0", "S42.0", "S42.1", "S42.2", "S43")),
    (("S40.02", "S40.8"), ("S41.1", "S42.3", "S48.1")),
    (("S50.0", "S50.3"), ("S42.4", "S51.0", "S52.0", "S52.1", "S53")),
    (("S50.1", "S50.8"), ("S51.8", "S52.2", "S52.3", "S52.9")),
    (("S60.0", "S60.1", "S60.3", "S60.4"), ("S61.0", "S61.1", "S61.2", "S61.3", "S62.5", "S62.6", "S63.1", "S63.2", "S68.0", "S68.1", "S68.5", "S68.6")),
    (("S60.21", "S60.8"), ("S52.5", "S52.6", "S61.5", "S62.0", "S62.1", "S63.0", "S63.5")),
    (("S60.22", "S60.5"), ("S61.4", "S62.2", "S62.3", "S62.9")),
    (("S70.0", "S70.2"), ("S71.0", "S72.0", "S72.1", "S73")),
    (("S70.1", "S70.3"), ("S71.1", "S72.2", "S72.3")),
    (("S80.0", "S80.2"), ("S72.4", "S81.0", "S82.0", "S82.1", "S83")),
    (("S80.1", "S80.8"), ("S81.8", "S82.2", "S82.4")),
    (("S90.0", "S90.5"), ("S82.3", "S82.5", "S82.6", "S82.8", "S91.0", "S93.0", "S93.4")),
    (("S90.3", "S90.8"), ("S91.3", "S92.0", "S92.1", "S92.2", "S92.3", "S93.3")),
    (("S90.1", "S90.2", "S90.4"), ("S91.1", "S91.2", "S92.4", "S92.5", "S93.1")),
)  # fmt: skip
"""(superficial injuries, graver ones of the same site). An Excludes1 note at S00 keeps S01 apart from it at any site."""
_BURNS = tuple(f"T{n}" for n in range(20, 26))
_DEGREES = {"0": 0, "1": 1, "2": 2, "3": 3, "4": 0, "5": 1, "6": 2, "7": 3}
_ORGANS = ("S25", "S26", "S27", "S35", "S36", "S37")
_OPERATIVE = frozenset(("procedure", "procedure description", "complications", "findings", "specimens"))
_OSTEOPOROTIC = {
    "2": ("S42.2", "S42.3"), "3": ("S52",), "4": ("S62",), "5": ("S72",), "6": ("S82",), "7": ("S92", "S82.5", "S82.6"),
    "8": ("S12", "S22.0", "S32.0"),
}  # fmt: skip
"""By the site of M80, the fractures that it says."""
_AFTERCARE = ("Z47.8", "Z48", "Z51.89")
_HEALING = "DEFGHJKMNPQR"
_SAYS_LITTLE = frozenset(("part", "site", "fracture", "injury", "closed", "open", "initial", "encounter", "subsequent", "healing", "routine", "displaced", "nondisplaced", "body", "external"))  # fmt: skip


def reject_of_operations(candidates: Sequence[Candidate], case: Case) -> None:
    """Reject injuries of organs that an operation's own description tells, in place: no trauma made them.

    What is torn or opened in an operation is part of it, or a complication (N99.7-, K91.7- and their like).
    """
    organs = [c for c in candidates if c.code.startswith(_ORGANS) and not c.why]
    for candidate in organs if organs and not happened(case) else ():
        if all(m.section in _OPERATIVE for m in candidate.mentions):
            candidate.why = "told of the operation, and no trauma is: an operation's own wound is no injury"


def tidy_injuries(standing: Sequence[Candidate], book: ICD10CM) -> None:
    """Let each injury that another one says yield to it, in place; the aftercare to the injury that says it."""
    injuries = [c for c in standing if c.code[0] in "ST" and not c.why]
    for candidate in injuries:
        for other in (*injuries, *(c for c in standing if c.code.startswith("M80"))):
            if other is candidate or candidate.why or other.why or _apart(candidate.code, other.code, book):
                continue
            why = _says(other.code, candidate, book)
            if why:
                candidate.yield_to(other, why.format(other.code), "said by it")
    healing = next((c for c in injuries if not c.why and len(c.code) == 8 and c.code[-1] in _HEALING), None)
    for candidate in standing:
        if healing is not None and candidate.code.startswith(_AFTERCARE) and not candidate.why:
            candidate.yield_to(
                healing, f"{healing.code} says the aftercare itself (Guidelines I.C.21.c.7)", "aftercare of the injury"
            )


def _apart(one: str, other: str, book: ICD10CM) -> bool:
    return {book.side(one), book.side(other)} == {"right", "left"}


def _says(other: str, candidate: Candidate, book: ICD10CM) -> str:
    """Return why an injury says what a candidate does, or nothing."""
    code = candidate.code
    if code[:7] == other[:7] and len(code) == len(other) == 8:
        return "one injury is in one phase of care: {}" if code[-1] in "ABC" and other[-1] not in "ABC" else ""
    if any(code.startswith(lesser) and other.startswith(graver) for lesser, graver in _OF_ONE_SITE):
        return "a superficial injury at the site of {} (Guidelines I.C.19.b.1)" if _same_side(code, other, book) else ""
    if code.startswith(_BURNS) and other[:3] == code[:3] and other[5:7] == code[5:7]:
        milder = _DEGREES.get(code[4], 0) < _DEGREES.get(other[4], 0)
        return "{} is the highest degree of this site (Guidelines I.C.19.d.2)" if milder else ""
    if code.startswith(_BURNS) and other[:3] == code[:3] and _same_side(code, other, book):
        return "{} names the degree and the site" if _vague_burn(code) and not _vague_burn(other) else ""
    if other.startswith("T63") and any(kind in book.title(code).lower() for kind in ("open bite", "insect bite")):
        return "a venomous bite or sting is {}"
    if code.startswith(_OSTEOPOROTIC.get(other[5:6], ("-",))) and other.startswith("M80"):
        return "{} is the fracture of a bone with osteoporosis (Guidelines I.C.13.d.2)"
    if code[:3] == other[:3] and _same_side(code, other, book) and _vaguer(code, other, book):
        return "{} names the part"
    return ""


def _vague_burn(code: str) -> bool:
    """Tell whether a burn is of unspecified degree or of an unspecified site of its region."""
    return code[4] in "04" or code[5] == "0"


def _same_side(one: str, other: str, book: ICD10CM) -> bool:
    """Tell whether two injuries are of one side, or one of them says none."""
    sides = {book.side(one), book.side(other)} - {None, "unspecified"}
    return len(sides) < 2


def _vaguer(code: str, other: str, book: ICD10CM) -> bool:
    """Tell whether a code is of an unspecified part or kind of what another one names."""
    title = book.title(code).lower()
    if "unspecified" not in title or code[-1] != other[-1]:
        return False
    if (
        code[:5] == other[:5] and code[5] == "0" != other[5]
    ):  # S52.50-, the lower end of the radius, beside S52.53-, Colles
        return True
    walk = resolver(book)
    own, fuller = walk.shape(code).words - _SAYS_LITTLE, walk.shape(other).words - _SAYS_LITTLE
    vague = title.count("unspecified") > book.title(other).lower().count("unspecified")
    return vague and own <= fuller


GRAVE = (*(f"S{n}2" for n in range(10)), "S06", "S26", "S27", "S36", "S37")
"""Fractures, intracranial injuries and those of organs of the trunk."""
_TRUSTED = 0.75
"""The index engine's confidence in a term of ours or a title; what is derived from a title is not enough here."""
_NOT_UNLIKELY = 0.33
_HARDLY_LESS = 0.2
"""A model that knows a bleeding as a disease doubts it as an injury."""
_ELSEWHERE = frozenset(
    ("past medical history", "past surgical history", "family history", "social history", "review of systems", "labs",
     "comparison", "technique", "plan", "discharge instructions")
)  # fmt: skip


def grave_injuries(standing: Sequence[Candidate], chosen: Sequence[Candidate], book: ICD10CM) -> list[Candidate]:
    """Return the likeliest grave injury of each category and side that the record affirms and nothing chosen says.

    Such codes are rare in the notes that a model was fitted on, and so it doubts them; a fracture that the record tells
    as the patient's own and present, and that is not unlikely, is reported (Guidelines III, IV.J).
    """
    found: dict[tuple[str, str], Candidate] = {}
    for candidate in standing:
        code = candidate.code
        if (
            not code.startswith(GRAVE)
            or candidate in chosen
            or candidate.best.confidence < _TRUSTED
            or candidate.score < (_HARDLY_LESS if _TOLD in candidate.reasons else _NOT_UNLIKELY)
        ):
            continue
        told = [m for m in candidate.asserted(AFFIRMED) if m.section not in _ELSEWHERE]
        kind = code[:5] if code.startswith("S06") else code[:3]
        said = any(
            c.code.startswith(kind)
            and _same_side(c.code, code, book)
            and _fuller(c, book)[0] >= _fuller(candidate, book)[0]
            for c in chosen
        )
        if not told or said:
            continue
        place = kind, book.side(code) or ""
        best = found.get(place)
        if best is None or _fuller(candidate, book) > _fuller(best, book):
            found[place] = candidate
    sided = {category for category, side in found if side in ("right", "left", "bilateral")}
    return [
        c for (category, side), c in found.items() if side in ("right", "left", "bilateral") or category not in sided
    ]


def _fuller(candidate: Candidate, book: ICD10CM) -> tuple[bool, float, str]:
    return "unspecified" not in book.title(candidate.code).lower(), candidate.score, candidate.code


_TRAUMATIC = {
    "I62.00": "S06.5", "I62.01": "S06.5", "I62.1": "S06.4", "I62.9": "S06.36", "I60.9": "S06.6", "J93.9": "S27.0",
    "J93.83": "S27.0", "J94.2": "S27.1",
}  # fmt: skip
_NOT_BY_TRAUMA = re.compile(r"\b(?:non-?traumatic|spontaneous|chronic|aneurysm\w*|old)\b")
_BOTH = re.compile(r"hemo\W?pneumo|pneumo\W?hemo", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:history|remote|old|prior|previous)\b[^.;\n]{0,40}\b(?:subdural|epidural|subarachnoid|intracranial|pneumothorax|hemothorax)"
)
_TOLD = "the record tells the trauma (Index: Hematoma, subdural (traumatic); Pneumothorax, traumatic)"


def _before(candidate: Candidate, case: Case) -> bool:
    """Tell whether the record tells of an earlier one."""
    documents = {m.span.document for m in candidate.mentions}
    return any(_BEFORE.search(surroundings(case.chart.document(d)).context.small) for d in documents)


def by_trauma(found: Sequence[Candidate], case: Case, book: ICD10CM) -> list[Candidate]:
    """Return bleedings into the head or chest as injuries where the record tells the event that caused them; the bare ones fall.

    A subdural hematoma is traumatic unless it is said not to be (Index: Hematoma, subdural (traumatic)).
    """
    head = any(c.code.startswith(("S02", "S06")) and _told_now(c) for c in found)
    trunk = any(c.code.startswith(("S2", "S3")) and _told_now(c) for c in found)
    known = {c.code: c for c in found}
    made: dict[str, Candidate] = {}
    for candidate in found:
        node = _TRAUMATIC.get(candidate.code)
        if node is None or candidate.why:
            continue
        mention = candidate.mentions[0]
        injured = (head or happened(case)) if candidate.code[0] == "I" else trunk
        if not injured or _NOT_BY_TRAUMA.search(mention.span.text.lower()) or _before(candidate, case):
            continue
        around = surroundings(case.chart.document(mention.span.document))
        if _BOTH.search(mention.span.text):
            node = "S27.2"
        code, _ = resolver(book).resolve(node, around.at(mention.span.start, mention.span.end))
        if code is None:
            continue
        proposals = [recoded(p, code, "by trauma", book, _TOLD) for p in candidate.proposals]
        whole = known.get(code) or made.setdefault(code, Candidate(code, [], reasons=[_TOLD]))
        whole.proposals.extend(proposals)
        candidate.yield_to(whole, f"{_TOLD}: {code}", "without the trauma")
    return list(made.values())


def _told_now(candidate: Candidate) -> bool:
    return not candidate.why and any(m.section not in _ELSEWHERE for m in candidate.asserted(AFFIRMED))
