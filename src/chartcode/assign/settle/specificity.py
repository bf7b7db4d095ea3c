"""One condition, one code: the more specific code stands, the vaguer one yields (Guidelines I.B.2, I.B.18)."""

from __future__ import annotations

from typing import TypeAlias

from chartcode.assign.settle.candidates import Candidate
from chartcode.books import ICD10CM, Books


def prefer_specific(standing: list[Candidate], books: Books) -> None:
    """Reject each standing candidate that another one says more fully; the winner keeps it as a rival."""
    codes = {c.code: c for c in standing}
    for candidate in standing:
        better = (
            _listed(candidate, codes, books)
            or _better(candidate, codes, books.icd10cm)
            or _sided(candidate, codes, books.icd10cm)
        )
        if better is not None:
            candidate.yield_to(better, f"{better.code} says it more specifically", "less specific")


def _listed(candidate: Candidate, codes: dict[str, Candidate], books: Books) -> Candidate | None:
    """Return the standing code that the table of vague codes names as saying more."""
    for pair in books.parameters.get("vague.pairs", ()):
        if candidate.code.startswith(tuple(pair["vague"])):
            side = books.icd10cm.side(candidate.code)
            for code, other in codes.items():
                if code == candidate.code or other.why or not code.startswith(tuple(pair["specific"])):
                    continue
                if {side, books.icd10cm.side(code)} != {"right", "left"}:
                    return other
    return None


def _better(candidate: Candidate, codes: dict[str, Candidate], book: ICD10CM) -> Candidate | None:
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


def _sided(candidate: Candidate, codes: dict[str, Candidate], book: ICD10CM) -> Candidate | None:
    """Return the standing code that says the side of the same condition."""
    if book.side(candidate.code) != "unspecified":
        return None
    sided = (codes.get(book.with_side(candidate.code, side) or "") for side in ("right", "left", "bilateral"))
    return next((c for c in sided if c is not None and c is not candidate and not c.why), None)


def one_for_same_words(standing: list[Candidate], book: ICD10CM) -> None:
    """Keep the likeliest of the codes that rest on the same words; two sides of one condition are no rivals.

    A code has no words of its own if all of its words are a likelier code's too; a status beside a disease is not
    another reading of it.
    """
    by_words: dict[_Words, list[Candidate]] = {}
    for candidate in standing:
        words = frozenset((m.span.document, m.span.start, m.span.end) for m in candidate.mentions)
        by_words.setdefault(words, []).append(candidate)
    for rivals in by_words.values():
        kept = max(rivals, key=_likelier)
        for other in rivals:
            _yield_to(kept, other, book)
    for words, candidates in by_words.items():
        for larger in (w for w in by_words if words < w) if words else ():
            for other in candidates:
                kept = max(by_words[larger], key=_likelier)
                if not other.why and other.score < kept.score and other.code[0] != "Z" != kept.code[0]:
                    _yield_to(kept, other, book)


_Words: TypeAlias = frozenset[tuple[str, int, int]]


def _likelier(candidate: Candidate) -> tuple[float, int, str]:
    return candidate.score, -candidate.first, candidate.code


def _yield_to(kept: Candidate, other: Candidate, book: ICD10CM) -> None:
    """Reject a candidate in favour of another reading of its words, unless both are meant."""
    pair = book.with_side(other.code, book.side(kept.code) or "") == kept.code
    if other is not kept and not pair and not _joined(other) and not _joined(kept):
        other.yield_to(
            kept, f"{kept.code} is the likelier reading of the same words", "another reading of the same words"
        )


_COMBINED = ("Guidelines", "tabular note", "asks for it")


def _joined(candidate: Candidate) -> bool:
    return any(sign in reason for reason in candidate.reasons for sign in _COMBINED)


def without_yields(standing: list[Candidate], book: ICD10CM) -> None:
    """Reject "X without Y" beside its neighbour "X with Y": the record shows Y."""
    for candidate in standing:
        title = book.title(candidate.code)
        if " without " not in title:
            continue
        stem = title.partition(" without ")[0]
        for other in standing:
            if other is not candidate and not other.why and book.title(other.code).startswith(f"{stem} with "):
                candidate.yield_to(
                    other, f"{other.code} says it with what the record shows", "without what the record shows"
                )
                break


_CLEARLY = 0.12
"""How much likelier one of two exclusive codes must be for settle to choose; else both stand and a rule asks."""


_SAID_BY_OTHERS = ("R", "Z9")


def part_exclusive(standing: list[Candidate], book: ICD10CM) -> None:
    """Of two codes that an Excludes1 note keeps apart, reject the clearly less likely one (Guidelines I.A.12.a)."""
    by_code = {c.code: c for c in standing}
    for one, other, note in book.exclusive_pairs(by_code):
        a, b = by_code[one], by_code[other]
        # A sign that a disease excludes is said by the disease (I.B.5), a status by what the encounter is for (I.C.21.c.3).
        said = next((k for k in _SAID_BY_OTHERS if a.code.startswith(k) != b.code.startswith(k)), None)
        close, judged = abs(a.score - b.score) < _CLEARLY, (_judged(a), _judged(b))
        if a.why or b.why or (close and said is None and judged[0] == judged[1]):
            continue
        weaker = a.code.startswith(said) if said else judged[1] if close else a.score < b.score
        lost, kept = (a, b) if weaker else (b, a)
        lost.yield_to(kept, f"excluded by {kept.code} (Excludes1 note at {note.at})", f"Excludes1 note at {note.at}")


def _judged(candidate: Candidate) -> bool:
    """Tell whether the provider names a condition among the diagnoses, and does not only tell of it."""
    return any(candidate.row.get(group) for group in ("in final", "in assessment"))


_STAGES = ("N18.1", "N18.2", "N18.3", "N18.4", "N18.5", "N18.6")


def one_stage(standing: list[Candidate]) -> None:
    """Keep one stage of chronic kidney disease, the likeliest (Guidelines I.C.14.a)."""
    stages = [c for c in standing if c.code.startswith(_STAGES) and not c.why]
    if len(stages) > 1:
        kept = max(stages, key=lambda c: (c.score, c.code))
        for other in stages:
            if other is not kept:
                other.yield_to(
                    kept, f"{kept.code} is the stage of the same disease", "another stage of the same disease"
                )
