"""The extent of burns and corrosions beside their sites (T31, T32): the share of the body surface, by the rule of nines.

Guidelines I.C.19.d.6: a code of T31 or T32 is added where the record tells the share; the fifth character is the share
that is burned in the third degree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign.circumstances import sentence_of, surroundings
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.code import ICD10CM as SYSTEM
from chartcode.model.code import Code

_BURN = re.compile(r"T2[0-5]\.[0-3]|T30\.0")
_CORROSION = re.compile(r"T2[0-5]\.[4-7]")
_SURFACE = r"(?:total body surface(?: area)?|body surface(?: area)?|t\.?b\.?s\.?a\.?|bsa)"
_SHARE = re.compile(
    rf"(\d{{1,3}})(?:\.\d+)? ?(?:%|percent|per cent)(?: of)?(?: the| his| her| total)? ?{_SURFACE}"
    rf"|{_SURFACE}[^.;\d]{{0,30}}?(\d{{1,3}})(?:\.\d+)? ?(?:%|percent|per cent)"
)
_DEEP = re.compile(
    r"(\d{1,3}) ?(?:%|percent|per cent)[^.;\d]{0,20}?(?:third[- ]degree|3rd[- ]degree|full[- ]thickness)"
    r"|(?:third[- ]degree|3rd[- ]degree|full[- ]thickness)[^.;\d]{0,25}?(\d{1,3}) ?(?:%|percent|per cent)"
)
_STANDS = 0.65
_CHEMICAL = re.compile(
    r"\b(?:chemicals?|acid|alkali\w*|lye|caustic|corrosive|bleach|cement|drain cleaner|oven cleaner|corrosion)\b"
)
_AGENTS = (
    ("T54.2X1A", re.compile(r"\bacid\b")),
    ("T54.3X1A", re.compile(r"\b(?:alkali\w*|lye|drain cleaner|oven cleaner|cement|sodium hydroxide)\b")),
    ("T54.91XA", re.compile(r"\b(?:caustic|corrosive)\b")),
)


def turn_corrosions(reported: list[Candidate], case: Case, book: ICD10CM) -> None:
    """Report a burn by a chemical as a corrosion, with the chemical where it is a named acid or alkali, in place.

    Guidelines I.C.19.d: burns are by heat, corrosions by chemicals; the subcategories stand side by side (T20.0 to T20.7).
    """
    for candidate in list(reported):
        if candidate.why or not _BURN.match(candidate.code):
            continue
        mention = next((m for m in candidate.mentions if _CHEMICAL.search(sentence_of(m, case))), None)
        code = f"{candidate.code[:4]}{int(candidate.code[4]) + 4}{candidate.code[5:]}"
        if mention is None or not book.valid(code):
            continue
        proposals = [recoded(p, code, "by a chemical", book, "Guidelines I.C.19.d") for p in candidate.proposals]
        whole = Candidate(code, proposals, score=candidate.score, row=candidate.row)
        candidate.yield_to(whole, f"a burn by a chemical is a corrosion: {code}", "a burn by heat")
        reported.append(whole)
        agent = next((c for c, said in _AGENTS if said.search(sentence_of(mention, case))), None)
        if agent and book.valid(agent) and not any(c.code.startswith(agent[:3]) for c in reported):
            because = [recoded(p, agent, "the chemical", book, "Guidelines I.C.19.e.5") for p in candidate.proposals]
            reported.append(Candidate(agent, because, score=candidate.score, row=candidate.row))


def add_extent(reported: list[Candidate], case: Case, book: ICD10CM) -> None:
    """Report the extent of the reported burns or corrosions where the record tells it, in place."""
    codes = [c.code for c in reported if not c.why]
    for pattern, category in ((_BURN, "T31"), (_CORROSION, "T32")):
        if not any(map(pattern.match, codes)) or any(code.startswith(category) for code in codes):
            continue
        found = next(_extents(case, category, book), None)
        if found is not None:
            reported.append(found)


def _extents(case: Case, category: str, book: ICD10CM) -> Iterator[Candidate]:
    for document in case.chart.documents:
        text = surroundings(document).context.small
        for match in _SHARE.finditer(text):
            whole = int(match.group(1) or match.group(2))
            deep = _DEEP.search(text)
            third = int(deep.group(1) or deep.group(2)) if deep else 0
            code = extent(category, whole, third)
            if whole <= 100 and book.valid(code):
                span = document.span(match.start(), match.end())
                mention = Mention(span, term=category.lower(), section=document.section_at(span.start))
                reason = f"{whole} % of the body surface, {third} % in the third degree (Guidelines I.C.19.d.6)"
                proposal = Proposal(
                    Code(SYSTEM, code), by="measures", evidence=(mention,), path=(book.title(code),),
                    confidence=_STANDS, reasons=(reason,),
                )  # fmt: skip
                yield Candidate(code, [proposal], score=_STANDS)


def extent(category: str, whole: int, third: int) -> str:
    """Return the code of a burned share of the body and the share of it in the third degree, in per cent.

    >>> [extent("T31", whole, third) for whole, third in ((4, 4), (12, 5), (35, 20), (95, 95))]
    ['T31.0', 'T31.10', 'T31.32', 'T31.99']
    """
    tens = min(whole // 10, 9)
    return f"{category}.{tens}{min(third // 10, tens)}" if tens else f"{category}.0"
