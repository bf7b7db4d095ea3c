"""An operation that was stopped (B3.3): what was done until then is coded; if nothing was, that one looked, Inspection.

Only an operative note's titles are taken at their word ("attempted", or its body says that the one operation was
stopped): a course of a stay that tells of a failed puncture codes nothing. What was stopped before anesthesia or the
first cut was not begun. Attempts within vessels are told by their imaging.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chartcode.assign.operations.reading import Found
from chartcode.assign.operations.tables import Walked
from chartcode.assign.stopped import stopped
from chartcode.books.icd10pcs import ICD10PCS, OPEN

INSPECTION = "J"
_LOOKED_AT = {
    "00": "0:123456789ABCD E:FGHJKLMNPQRS U:T V:WXY",
    "01": "Y:0123456789ABCDFGHJKLMNPQR",
    "07": "N:0123456789BCDFGHJ",
    "0B": "0:23456789B K:CDFM L:GHJ Q:NP",
    "0C": "A:89BCDFGHJ S:RTV Y:01234567MNPQWX",
    "0D": "0:12345679 D:8ABCEFGHJKLMNPQR",
    "0F": "0:12 B:56789C D:F",
    "0G": "5:234 K:GHJ R:LMNPQ",
    "0H": "P:0123456789ABCDEFGHJKLMN T:V",
    "0J": "S:0145 T:6789BC V:DFGHJK W:LMNPQR",
    "0K": "X:0123456789BCDFGHJ Y:KLMNPQRSTVW",
    "0L": "X:0123456789BCD Y:FGHJKLMNPQRSTVW",
    "0M": "X:0123456789BCDFGHJ Y:KLMNPQRSTVW",
    "0N": "0:12345678CFG W:HJKLMNPQRSTVX",
    "0P": "Y:0123456789BCDFGHJKLMNPQRSTVW",
    "0Q": "Y:0123456789BCDFGHJKLMNPQRS",
    "0T": "5:01234 9:678 B:C",
    "0U": "3:012 8:567 D:49BC H:FG M:KL",
    "0V": "4:0123 8:567 D:9BC M:FGHJKL R:NPQ S:T",
}
"""By body system, the part that the Inspection table has, and the parts of other tables that are looked at with it."""
_VESSELS = ("02", "03", "04", "05", "06")
_OPENINGS = "78X"


def resolved(walked: list[Walked], named: Iterable[Found], attempts: Iterable[Walked], book: ICD10PCS) -> list[Walked]:
    """Return the readings without those that were stopped, and with the inspections that stand for these.

    Args:
        walked: the readings of procedures that count as done.
        named: every procedure that the record names.
        attempts: the readings of titled operations whose own words are those of an attempt.
        book: the tables of the day.
    """
    halted = {id(w) for w in walked if _halted(w, named)}
    done = [w for w in walked if id(w) not in halted]
    begun = [w for w in (*(w for w in walked if id(w) in halted), *attempts) if not _not_begun(w)]
    systems = {w.code[:2] for w in done if w.code[2] != INSPECTION}
    return done + [i for w in begun if w.code[:2] not in systems and (i := inspection(w, book)) is not None]


def titled_attempt(found: Found) -> bool:
    """Tell whether an operative note's title names an operation as attempted."""
    return found.attempted and found.page.operative and found.mention.section == "procedure"


def inspection(walked: Walked, book: ICD10PCS) -> Walked | None:
    """Return the inspection of what an operation would have been done to, by its approach, if the tables have one."""
    code = walked.code
    if code[0] != "0" or code[:2] in _VESSELS or OPEN in code[:5] or code[2] == INSPECTION:
        return None
    for part in (code[3], _part(code)):
        looked = f"{code[:2]}{INSPECTION}{part}{code[4]}ZZ"
        if book.valid(looked):
            return replace(walked, code=looked, possible=(looked,))
    return None


def _part(code: str) -> str:
    groups = (group.partition(":") for group in _LOOKED_AT.get(code[:2], "").split())
    return next((part for part, _, others in groups if code[3] in others), code[3])


def _halted(walked: Walked, named: Iterable[Found]) -> bool:
    """Tell whether a note of one operation says that it was stopped; through an opening, what is named was done."""
    found = walked.found
    if not found.page.operative or walked.code[2] == INSPECTION or walked.code[4] in _OPENINGS:
        return False
    if stopped(found.document) is None:
        return False
    titles = [f for f in named if f.document is found.document and f.mention.section == "procedure"]
    return not any(f.attempted for f in titles) and len({f.operation.name for f in titles if f.operation.patterns}) == 1


def _not_begun(walked: Walked) -> bool:
    stop = stopped(walked.found.document)
    return stop is not None and stop.before_anesthesia
