"""One condition, one code: the more specific code stands, the vaguer one yields (Guidelines I.B.2, I.B.18)."""

from __future__ import annotations

from chartcode.assign.settle.candidates import Candidate
from chartcode.books import ICD10CM
from chartcode.model.case import Rival
from chartcode.model.code import ICD10CM as SYSTEM
from chartcode.model.code import Code

_VAGUE_OF = (
    ("I50.9", ("I50.",)), ("N18.9", ("N18.", "N17.")[:1]), ("E11.9", ("E11.",)), ("E10.9", ("E10.",)), ("E13.9", ("E13.",)),
    ("J44.9", ("J44.0", "J44.1", "J44.89", "J44.81")), ("J18.9", ("J12", "J13", "J14", "J15", "J16", "J18.", "J69.0")),
    ("I48.91", ("I48.",)), ("I25.10", ("I25.110", "I25.111", "I25.118", "I25.119", "I25.7")),
    ("K21.9", ("K21.0",)), ("F32.A", ("F32.", "F33.")), ("D64.9", ("D5", "D6")), ("A41.9", ("A40", "A41.", "R65.2")),
    ("E78.5", ("E78.0", "E78.1", "E78.2")), ("N39.0", ("N10", "N30.", "N11.")), ("R07.9", ("R07.", "I20", "I21")),
    ("R10.9", ("R10.",)), ("M54.50", ("M54.51", "M54.59", "M51.", "M54.4")), ("I63.9", ("I63.",)),
    ("E66.9", ("E66.0", "E66.1", "E66.2", "E66.8")), ("C79.9", ("C77", "C78", "C79.")), ("I10", ("I11", "I12", "I13", "I15")),
    ("K80.20", ("K80.",)), ("N20.9", ("N20.", "N21")), ("I21.9", ("I21.",)), ("J45.909", ("J45.",)), ("M19.90", ("M15", "M16", "M17", "M18", "M19.")),
    ("M06.9", ("M05", "M06.")), ("G40.909", ("G40.",)), ("F41.9", ("F41.",)), ("F03.90", ("F01", "G30", "F02", "F03.")),
    ("I73.9", ("I70.2", "E11.51")), ("I82.409", ("I82.4",)), ("L03.90", ("L03.",)), ("K57.90", ("K57.",)), ("K57.30", ("K57.2", "K57.32", "K57.33")),
)  # fmt: skip


def prefer_specific(standing: list[Candidate], book: ICD10CM) -> None:
    """Reject each standing candidate that another one says more fully; the winner keeps it as a rival."""
    codes = {c.code: c for c in standing}
    for candidate in standing:
        better = _better(candidate, codes, book)
        if better is not None:
            candidate.why = f"{better.code} says it more specifically"
            better.rivals.append(Rival(Code(SYSTEM, candidate.code), "less specific"))


def _better(candidate: Candidate, codes: dict[str, Candidate], book: ICD10CM) -> Candidate | None:
    for vague, specific in _VAGUE_OF:
        if candidate.code == vague:
            for code, other in codes.items():
                if code != vague and code.startswith(specific) and not other.why:
                    return other
    title = book.title(candidate.code)
    if "nspecified" not in title:
        return None
    category = candidate.code[:3]
    siblings = [c for code, c in codes.items() if code != candidate.code and code.startswith(category) and not c.why]
    own = book.ancestors(candidate.code)[:1]
    for other in siblings:
        if "nspecified" not in book.title(other.code) and own and own[0] in book.ancestors(other.code):
            return other
    return None


_CLEARLY = 0.12
"""How much likelier one of two exclusive codes must be for settle to choose; else both stand and a rule asks."""


def part_exclusive(standing: list[Candidate], book: ICD10CM) -> None:
    """Of two codes that an Excludes1 note keeps apart, reject the clearly less likely one (Guidelines I.A.12.a)."""
    by_code = {c.code: c for c in standing}
    for one, other, note in book.exclusive_pairs(by_code):
        a, b = by_code[one], by_code[other]
        if a.why or b.why or abs(a.score - b.score) < _CLEARLY:
            continue
        lost, kept = (a, b) if a.score < b.score else (b, a)
        lost.why = f"excluded by {kept.code} (Excludes1 note at {note.at})"
        kept.rivals.append(Rival(Code(SYSTEM, lost.code), f"Excludes1 note at {note.at}"))
