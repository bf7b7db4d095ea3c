"""Which of the procedures that a record names are coded for the stay, by the ICD-10-PCS guidelines.

A procedure that is planned, denied, past or another's is not, nor one that was only attempted (B3.3: what was done in
its place is, see ``discontinued``); what was looked at on the way to a greater procedure of the same place is not
(B3.11a); of two readings of one operation the fuller stands, and an open one stands for a converted one (B5.2).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from chartcode.assign.operations.reading import Found
from chartcode.assign.operations.tables import Walked
from chartcode.books.icd10pcs.tables import fits
from chartcode.model.chart import AFFIRMED, HISTORICAL

_TITLES = frozenset(("procedure",))
_STAY = frozenset(
    ("", "procedure", "procedure description", "hospital course", "emergency department course", "findings", "other",
     "discharge diagnosis", "principal diagnosis", "final diagnosis", "secondary diagnoses", "diagnosis", "technique",
     "assessment", "assessment and plan", "impression", "complications", "condition", "specimens")
)  # fmt: skip
"""Sections that tell of the stay; in the others procedures are past, planned, or somebody else's."""
_TOLD_APART = frozenset(
    ("", "other", "discharge diagnosis", "principal diagnosis", "final diagnosis", "secondary diagnoses", "diagnosis",
     "condition", "assessment", "assessment and plan", "impression", "complications")
)  # fmt: skip
"""Sections that list what a patient has; a procedure there was done in the stay only if its sentence says so."""
_BORN = re.compile(
    r"\b(?:boy|girl|infant|baby|newborn|neonate|male|female)\b[^.]{0,60}\bborn\b|\bborn (?:by|via|at|to)\b",
    re.IGNORECASE,
)
_DONE_THEN = re.compile(r"status ?post|s/p", re.IGNORECASE)
_BRAIN, _ABDOMEN = ("00",), ("0D", "0F", "0U", "0T", "07", "0G", "04")
_CHEST = ("0B", "02", "0W", "07")
_LOOKED_AT = {
    **dict.fromkeys(("0WJ9", "0WJB", "0WJC"), _CHEST),
    "0WJG": _ABDOMEN,
    "00J0": (*_BRAIN, "03V"),
    "0VJ8": ("0V",),
    "0UJD": ("0U", "10D"),
    "0TJB": ("0T", "0V"),
    "0TJ9": ("0T",),
}
"""Body parts that are only inspected on the way, and the beginnings of codes whose approach includes it."""
_OBSTETRIC = (("", "1"),)
_UPPER, _LOWER = "123456790", "8ABCDEFGHJKLMNPQ"


def reported(found: Found, kinds: frozenset[str], titled: frozenset[str]) -> bool:
    """Tell whether a named procedure was done in the stay and is of a kind that the facility reports.

    Args:
        found: the procedure.
        kinds: kinds beside operations that are reported.
        titled: the documents that have a section that names their procedures.
    """
    operation, mention = found.operation, found.mention
    if not operation.patterns or found.attempted or (operation.kind and operation.kind not in kinds):
        return False
    if found.page.operative and "stay" in operation.options:
        return False  # a part of the anesthesia
    if operation.patterns[0][0].values[:1] == _OBSTETRIC and _BORN.search(found.text):
        return False  # the newborn's record tells of the mother's delivery
    if found.page.operative and found.document.id in titled:
        if mention.section not in _TITLES and not ("body" in operation.options and mention.section in _STAY):
            return False
    elif mention.section not in _STAY or (found.planned and mention.section not in _TITLES):
        return False
    titled_alone = not mention.section and found.page.operative
    apart = (mention.section in _TOLD_APART and not titled_alone) or (
        "told" in operation.options and mention.section not in _TITLES
    )
    if apart and not found.done:
        return False
    if "device" in operation.options and (found.removed or (mention.section not in _TITLES and not found.placed)):
        return False
    if mention.assertion == HISTORICAL:
        return mention.section in _TITLES and _DONE_THEN.search(mention.cue) is not None
    return mention.assertion == AFFIRMED


def titled_documents(named: Iterable[Found]) -> frozenset[str]:
    """Return the documents of which a section names the procedures."""
    return frozenset(f.document.id for f in named if f.mention.section in _TITLES and f.operation.patterns)


def standing(walked: list[Walked]) -> list[list[Walked]]:
    """Return the readings that stand, each with the others that say the same; the first of each is reported.

    Readings of one code are one. A partial reading gives way to a whole one that it fits. Of whole readings that differ
    only past the body part, the one that more words say stands; of coronary arteries, the greatest number.
    """
    groups: dict[str, list[Walked]] = defaultdict(list)
    for one in walked:
        groups[one.code].append(one)
    codes = list(groups)
    for code in codes:
        if "?" in code:
            fuller = [c for c in groups if c != code and fits(c, code) and c.count("?") < code.count("?")]
            if fuller:
                groups[min(fuller, key=lambda c: c.count("?"))] += groups.pop(code)
    kept = [c for c in groups if not _inspected(c, groups, groups[c][0]) and not _replaced(c, groups)]
    rivals: dict[str, list[str]] = defaultdict(list)
    for code in kept:
        rivals[code[:3] if code[:3] == "027" else code[:4]].append(code)
    return [groups[c] for codes in rivals.values() for c in _best(codes, groups)]


def _best(codes: list[str], groups: dict[str, list[Walked]]) -> list[str]:
    """Return those of a body part's codes that stand: one, unless they say different objectives or devices."""
    if len(codes) < 2 or codes[0][0] not in "01":
        return codes
    if codes[0].startswith("027"):
        return [max(codes, key=lambda c: (c[3], c[5] != "Z", len(groups[c])))]
    approaches = defaultdict(list)
    for code in codes:
        approaches[code[5:]].append(code)
    return [max(same, key=lambda c: (_titled(groups[c]), len(groups[c]), c[4] == "0")) for same in approaches.values()]


def _titled(group: list[Walked]) -> bool:
    return any(w.found.mention.section in _TITLES for w in group)


def _replaced(code: str, codes: Iterable[str]) -> bool:
    """Tell whether a body part is taken out to be replaced: Replacement includes it (definition of the operation)."""
    return code[0] == "0" and code[2] in "BT" and any(c[:2] == code[:2] and c[2:4] == f"R{code[3]}" for c in codes)


def _inspected(code: str, codes: Iterable[str], walked: Walked) -> bool:
    """Tell whether a procedure is only the way to another one that is coded (B3.11a)."""
    if "minor" not in walked.found.operation.options:
        return False
    others = [c for c in codes if c != code]
    if code[:4] in _LOOKED_AT:
        scoped = code[4] == "8"
        return any(c.startswith(_LOOKED_AT[code[:4]]) and c[2] != "J" and (not scoped or c[4] in "78X") for c in others)
    if code[:2] == "0D":
        reach = _UPPER if code[3] == "0" else _LOWER
        return any(c[:2] == "0D" and c[2] != "J" and c[3] in reach and c[4] in "78" for c in others)
    return any(c[:2] == code[:2] and c[2] != "J" and c[4] in (code[4], "7", "8") for c in others)
