"""What a stroke left behind: a deficit said together with an old stroke is its sequela (Guidelines I.C.9.d).

Z86.73 is for a stroke that left nothing; I69 says the deficit and the stroke in one code, and takes the place of both. It
rests on words that stand together: "right hemiparesis due to an old stroke", "old CVA with aphasia".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcode.assign.circumstances import evidence, sentence_of, surroundings
from chartcode.assign.resolve import resolver
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED, HISTORICAL

_OLD = ("Z86.73", "I69.30")
_STROKES = ("I63", "I64", *_OLD)
_DEFICITS = (
    ("G81.9", "I69.35", False), ("G83.1", "I69.34", False), ("G83.2", "I69.33", False), ("R47.01", "I69.320", False),
    ("R47.02", "I69.321", False), ("R47.1", "I69.322", False), ("R13.1", "I69.391", True), ("R29.810", "I69.392", False),
    ("R27.0", "I69.393", False), ("R41.3", "I69.311", False), ("R26", "I69.398", True), ("G40", "I69.398", True),
)  # fmt: skip
"""(the deficit by itself, the sequela that says it, whether the deficit is reported beside it)."""
_LINK = re.compile(
    r"^[\s,(-]*(?:(?:which (?:is|are) )?(?:due|secondary|related) to|from|following|after|status[- ]post|as an? (?:late effect|sequelae?|result) of|since|caused by"
    r"|with|resulting in|leaving|left with|complicated by|and|status)?[\s\w',()/-]{0,45}$"
)
_CURRENT = re.compile(r"\b(?:acute|new|today|evolving|current|recurrent)\b")
_PAST = re.compile(
    r"\b(?:old|prior|previous|history|hx|remote|residual|chronic|baseline|past|years?|months? ago|late effect|sequelae?|s/p|status[- ]post|in (?:19|20)\d\d)\b"
)
_REACH = 70
_SAYS = "the record joins it to an old stroke (Guidelines I.C.9.d)"


def sequelae(standing: Sequence[Candidate], case: Case, book: ICD10CM) -> list[Candidate]:
    """Return the sequelae that standing deficits and old strokes make, not yet among the candidates."""
    strokes = [
        m for c in standing if c.code.startswith(_STROKES) for m in c.mentions if m.assertion in (AFFIRMED, HISTORICAL)
    ]
    if not strokes or any(c.code.startswith("I63") and _new(c, case) for c in standing):
        return []
    known = {c.code for c in standing}
    made: dict[str, Candidate] = {}
    walk = resolver(book)
    for candidate in standing:
        node = next((n for beginning, n, _ in _DEFICITS if candidate.code.startswith(beginning)), None)
        if node is None:
            continue
        for proposal in candidate.proposals:
            mention = proposal.evidence[0]
            stroke = next((s for s in strokes if _joined(mention, s, case)), None)
            if stroke is None:
                continue
            said = evidence(mention, case)
            code, _ = walk.resolve(node, said)
            if code and code not in known:
                proposals = made.setdefault(code, Candidate(code, [], reasons=[_SAYS])).proposals
                proposals.append(recoded(proposal, code, "sequela of an old stroke", book, _SAYS))
    return list(made.values())


def _new(candidate: Candidate, case: Case) -> bool:
    """Tell whether a stroke is treated at this encounter: its words say so, or nothing says that it is old."""
    return any(not _PAST.search(sentence_of(mention, case)) for mention in candidate.asserted(AFFIRMED))


def _joined(deficit: Mention, stroke: Mention, case: Case) -> bool:
    """Tell whether a deficit and a stroke stand in one sentence, joined by words, and the stroke is old there."""
    if deficit.span.document != stroke.span.document or deficit.assertion not in (AFFIRMED, HISTORICAL):
        return False
    context = surroundings(case.chart.document(deficit.span.document)).context
    if context.sentence(deficit.span.start) != context.sentence(stroke.span.start):
        return False
    one, other = sorted((deficit.span, stroke.span), key=lambda s: s.start)
    between = context.small[one.end : other.start] if one.end <= other.start else ""
    around = sentence_of(deficit, case)
    return (
        len(between) <= _REACH
        and _LINK.match(between) is not None
        and bool(_PAST.search(around))
        and not _CURRENT.search(around)
    )


def absorb_strokes(reported: list[Candidate], standing: Sequence[Candidate]) -> None:
    """Report each sequela whose deficit or stroke is reported; the deficit and the history yield to it, in place."""
    for whole in [c for c in standing if _SAYS in c.reasons]:
        parts = [c for c in reported if not c.why and c is not whole and _part_of(c, whole)]
        if not parts and whole not in reported:
            continue
        whole.why = ""
        whole.score = max(whole.score, *(c.score for c in parts), 0.0) if parts else whole.score
        if whole not in reported:
            reported.append(whole)
        for part in parts:
            if not _kept(part.code):
                part.yield_to(whole, f"part of {whole.code} (Guidelines I.C.9.d)", "part of the sequela")


def _part_of(candidate: Candidate, whole: Candidate) -> bool:
    return candidate.code.startswith(_OLD) or any(
        candidate.code.startswith(beginning) and whole.code.startswith(node) for beginning, node, _ in _DEFICITS
    )


def _kept(code: str) -> bool:
    return any(code.startswith(beginning) and kept for beginning, _, kept in _DEFICITS)
