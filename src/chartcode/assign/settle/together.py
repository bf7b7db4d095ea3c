"""Codes that belong together: one phrase that takes two codes, and what the tabular list asks for beside a code.

Guidelines I.B.7 (multiple coding for a single condition) and I.A.17 ("use additional code"). The table of phrases is
``multiple_coding.pairs``; the organism of an infection is read beside its name (categories B95 to B97).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from chartcode.assign.circumstances import evidence, surroundings
from chartcode.assign.resolve import resolver
from chartcode.assign.settle.assertions import supports
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import Books
from chartcode.books.parameters import Parameters
from chartcode.model.case import Case, Mention

_ORGANISMS = (
    (r"mrsa|methicillin[ -]resistant\W+staph\w*(?:\W+aureus)?", "B95.62"),
    (r"mssa|methicillin[ -](?:sensitive|susceptible)\W+staph\w*(?:\W+aureus)?|staph\w*\W+aureus", "B95.61"),
    (r"group a strep\w*", "B95.0"),
    (r"group b strep\w*|gbs", "B95.1"),
    (r"enterococc\w+|vre", "B95.2"),
    (r"(?:strep\w*\W+pneumoniae|pneumococc\w+)", "B95.3"),
    (r"e\.?\W{0,2}coli|escherichia\W+coli", "B96.20"),
    (r"klebsiella(?:\W+\w+)?", "B96.1"),
    (r"proteus(?:\W+mirabilis)?", "B96.4"),
    (r"pseudomonas(?:\W+aeruginosa)?|pseudomonal", "B96.5"),
    (r"(?:enterobacter|serratia|citrobacter|acinetobacter|morganella|stenotrophomonas|providencia)(?:\W+\w+)?", "B96.89"),
    (r"coag\w*[ -]negative staph\w*|staph\w*\W+epidermidis", "B95.7"),
)  # fmt: skip
_SEPSIS = {
    "B95.62": "A41.02", "B95.61": "A41.01", "B95.0": "A40.0", "B95.1": "A40.1", "B95.2": "A41.81", "B95.3": "A40.3",
    "B96.20": "A41.51", "B96.1": "A41.59", "B96.4": "A41.59", "B96.5": "A41.52", "B96.89": "A41.59", "B95.7": "A41.1",
}  # fmt: skip
"""Sepsis by its organism is one code (Guidelines I.C.1.d.1)."""
_SEPTIC = "A41.9"
_INFECTIONS = (
    "N39.0", "N10", "N12", "N13.6", "N30", "N41", "N45", "R78.81", "L02", "L03", "L08", "K65", "M00", "M86", "T81.4", "T82.7",
    "T83.5", "T84.5", "T84.6", "T84.7", "T80.2", "I33", "I38", "J86", "G06", "H60",
)  # fmt: skip
_AGENTS = ("B95", "B96", "B97")
_BEFORE = 45
_AFTER = 60
_TOGETHER = 120
_LINK = r"\W*(?:\w+\W+)?(?:(?:is|was|were|most|likely|which|and)\W+)*(?:due|secondary|from|with|by|caused|growing|grew|positive|of)\W+(?:to\W+|by\W+|for\W+)?(?:an?\W+)?"
_AT_ONCE = 0.25
_FORMED = "Guidelines I.B.7"


@dataclass(frozen=True, slots=True)
class Pair:
    """A phrase that takes two codes: whose words, what they say, and the second code."""

    of: tuple[str, ...]
    says: re.Pattern[str]
    wide: bool
    brings: str
    beside: tuple[str, ...]
    instead: bool


def together(standing: Sequence[Candidate], case: Case, books: Books) -> list[Candidate]:
    """Return the second codes of phrases that take two; where other words speak for one, it gets these words too.

    Args:
        standing: the candidates that policy has not rejected.
        case: with the record.
        books: the day's.
    """
    known = {c.code: c for c in standing}
    made: dict[str, Candidate] = {}
    for second in list(_spoken(standing, standing, case, books)):
        named = [p for p in second.bearer.proposals if second.mention in p.evidence]
        if named:
            candidate = known.get(second.code) or made.setdefault(second.code, Candidate(second.code, []))
            proposals = [recoded(p, second.code, second.bearer.code, books.icd10cm) for p in named]
            candidate.proposals.extend(replace(p, evidence=(second.words,)) for p in proposals)
    return list(made.values())


def keep_together(reported: list[Candidate], weighed: Sequence[Candidate], case: Case, books: Books) -> None:
    """Report, in place, the second code of each phrase whose first is reported, and what the tabular list asks for."""
    by_code = {c.code: c for c in weighed}
    for bearer, _, _, code, instead in list(_spoken([c for c in reported if not c.why], reported, case, books)):
        found = by_code.get(code)
        if found is None or _told(found, reported):
            continue
        _report(found, reported, f"coded with {bearer.code} ({_FORMED})", bearer.score)
        if instead:
            bearer.yield_to(
                found, f"{code} says what these words mean ({_FORMED})", "another reading of the same words"
            )
    for bearer in [c for c in reported if not c.why]:
        for found in _asked(bearer, weighed, case, books):
            if not _told(found, reported):
                _report(found, reported, f"{bearer.code} asks for it (Guidelines I.A.17)", found.score)
    for organism in [c for c in reported if c.code.startswith(_AGENTS) and not c.why]:
        if not any(_bears(c, organism, books) for c in reported if not c.why):
            organism.why = "the organism of a disease that is not reported, or that names it (categories B95-B97)"


def _bears(disease: Candidate, organism: Candidate, books: Books) -> bool:
    """Tell whether a code takes an organism beside it."""
    if disease.code.startswith((*_INFECTIONS, "T")):
        return True
    return any(books.icd10cm.covers(n.targets, organism.code) for n in books.icd10cm.use_additional(disease.code))


def _report(found: Candidate, reported: list[Candidate], why: str, score: float) -> None:
    found.why = ""
    found.score = max(found.score, score)
    found.reasons.append(why)
    if found not in reported:
        reported.append(found)


def _told(found: Candidate, reported: Iterable[Candidate]) -> bool:
    """Tell whether another reported code of its category says it already; some have codes that stand side by side."""
    same = (c for c in reported if not c.why and c is not found and c.code[:3] == found.code[:3])
    return any(not c.code.startswith(("J44", "F41.8", "S52", "S82")) for c in same)


class Second(NamedTuple):
    """A phrase's second code: whose phrase, its mention, the words for the second code, and if it stands alone."""

    bearer: Candidate
    mention: Mention
    words: Mention
    code: str
    instead: bool = False


def _spoken(bearers: Sequence[Candidate], others: Sequence[Candidate], case: Case, books: Books) -> Iterator[Second]:
    """Yield the second codes of the phrases that take two."""
    for bearer in bearers:
        mine = [pair for pair in _pairs(books.parameters) if bearer.code.startswith(pair.of) and _met(pair, others)]
        infected = bearer.code.startswith(_INFECTIONS)
        if not mine and not infected:
            continue
        for mention in bearer.mentions:
            if not supports(mention, bearer.code, case):
                continue
            for pair in mine:
                if words := _said(pair, mention, case):
                    if pair.brings == _SEPTIC and (organism := named_beside(mention, case)):
                        yield Second(bearer, mention, words, _SEPSIS.get(organism[0], _SEPTIC))
                        continue
                    for code, _ in resolver(books.icd10cm).sides(pair.brings, evidence(mention, case)):
                        yield Second(bearer, mention, words, code, pair.instead)
            if infected and (organism := named_beside(mention, case)):
                code, start, end = organism
                yield Second(bearer, mention, _with(mention, start, end, case), code)


@lru_cache(maxsize=8)
def _pairs(parameters: Parameters) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            tuple(p["of"]),
            _pattern(p["says"]),
            p["in"] == "sentence",
            p["brings"],
            tuple(p.get("beside", ())),
            p.get("instead", False),
        )
        for p in parameters.get("multiple_coding.pairs", ())
    )


def _met(pair: Pair, others: Sequence[Candidate]) -> bool:
    return not pair.beside or any(c.code.startswith(pair.beside) and not c.why for c in others)


def _said(pair: Pair, mention: Mention, case: Case) -> Mention | None:
    """Return the words that say a second code, with those of the first, or None if it is not said."""
    document = case.chart.document(mention.span.document)
    first, last = mention.span.start, mention.span.end
    if pair.wide:
        first, last = surroundings(document).around(first, last)
    found = pair.says.search(document.text, first, last)
    return _with(mention, found.start(), found.end(), case) if found else None


def _with(mention: Mention, start: int, end: int, case: Case) -> Mention:
    """Return a mention that takes in further words; those alone where they stand far off."""
    span = mention.span
    whole = min(start, span.start), max(end, span.end)
    first, last = whole if whole[1] - whole[0] <= _TOGETHER else (start, end)
    return replace(mention, span=case.chart.document(span.document).span(first, last))


def named_beside(mention: Mention, case: Case) -> tuple[str, int, int] | None:
    """Return the organism that stands in, right before, or linked behind the name of an infection, and its place."""
    document = case.chart.document(mention.span.document)
    start, end = mention.span.start, mention.span.end
    first, last = surroundings(document).around(start, end)
    first, last = max(first, start - _BEFORE), min(last, end + _AFTER)
    for words, code in _ORGANISMS:
        found = (
            _pattern(words).search(document.text, start, end)
            or _pattern(rf"(?:{words})\W+$").search(document.text, first, start)
            or _pattern(rf"{_LINK}(?:{words})").match(document.text, end, last)
        )
        if found:
            return code, found.start(), found.end()
    return None


def of_its_organism(candidates: Iterable[Candidate], case: Case, books: Books) -> list[Candidate]:
    """Return candidates in which a sepsis without organism is coded by the organism named beside it."""
    found = {c.code: c for c in candidates}
    vague = found.get(_SEPTIC)
    if vague is not None:
        moved = [(p, _SEPSIS.get((named_beside(p.evidence[0], case) or ("",))[0])) for p in vague.proposals]
        for proposal, code in moved:
            if code:
                added = recoded(proposal, code, "by its organism", books.icd10cm)
                found.setdefault(code, Candidate(code, [])).proposals.append(added)
        vague.proposals = [p for p, code in moved if not code]
        if not vague.proposals:
            del found[_SEPTIC]
    return list(found.values())


def _asked(bearer: Candidate, weighed: Sequence[Candidate], case: Case, books: Books) -> Iterator[Candidate]:
    """Yield what a "use additional code" note of a code itself or of its category asks for, and the record says."""
    book = books.icd10cm
    targets = [t for n in book.use_additional(bearer.code) if bearer.code.startswith(n.at) for t in n.targets]
    if not targets:
        return
    for found in weighed:
        if found.code[:3] == bearer.code[:3] or found.code.startswith(_OF_HOUSES) or found.score < _AT_ONCE:
            continue
        if not any(supports(m, found.code, case) for m in found.mentions) or not book.covers(targets, found.code):
            continue
        if found.code.startswith(_AGENTS) and not _one_sentence(bearer, found, case):
            continue
        yield found


_OF_HOUSES = ("Z72.0", "F17", "Z87", "Z77", "Z79", "Z80", "Z57", "Z94", "N18.9", "F02")
"""What the tabular list asks for everywhere and houses report by their own policy, and what ``manifestations`` judges."""


def _one_sentence(one: Candidate, other: Candidate, case: Case) -> bool:
    return bool(_sentences(one, case) & _sentences(other, case))


def _sentences(candidate: Candidate, case: Case) -> set[tuple[str, int, int]]:
    found = set()
    for mention in candidate.mentions:
        context = surroundings(case.chart.document(mention.span.document)).context
        found.add((mention.span.document, *context.sentence(mention.span.start)))
    return found


@lru_cache(maxsize=256)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})" if words[0] != "\\" else words, re.IGNORECASE)
