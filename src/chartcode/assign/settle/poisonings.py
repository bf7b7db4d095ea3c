"""Drugs beside what they did: which column of the Table of Drugs is reported, and in which order (Guidelines I.C.19.e).

A poisoning stands first and names its intent; an adverse effect stands after the condition that is its manifestation and
only beside it; underdosing stands beside the condition that got worse and is never first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chartcode.assign.circumstances import surroundings
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.assign.substances import ACCIDENTAL, ADVERSE, UNDERDOSED, Effect, effects, intent
from chartcode.books import ICD10CM
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.chart import Span
from chartcode.model.code import ICD10CM as SYSTEM
from chartcode.model.code import Code

_DRUGS = tuple(f"T{n}" for n in range(36, 51))
_TOXIC = (*_DRUGS, *(f"T{n}" for n in range(51, 66)))
_NOT_NAMED = ("T50.90", "T50.91", "T65.9")
_NO_MANIFESTATION = ("Z", "T36", "T37", "T38", "T39", "T4", "T50", "V", "W", "X", "Y", "F1", "I10", "E11", "E78", "E03")
_NONCOMPLIANCE = ("Z91.1", "Z91.A")
_STANDS = 0.65
_POISONED = 0.8
_BEHIND = 0.005
_BY_DRUG = {
    "L50.9": "L50.0", "R21": "L27.0", "L30.9": "L27.0", "I95.9": "I95.2", "D70.9": "D70.2", "R50.9": "R50.2",
    "K59.00": "K59.03", "G62.9": "G62.0", "E03.9": "E03.2", "K85.90": "K85.30", "D69.6": "D69.59", "G72.9": "G72.0",
    "E27.40": "E27.3", "R25.1": "G25.1", "E24.9": "E24.2", "R19.7": "K52.1", "I95.1": "I95.2", "D61.818": "D61.811",
}  # fmt: skip
"""Conditions that the Alphabetic Index files elsewhere where a drug causes them."""
_CHEMOTHERAPY = "T45.1X"
_BY_CHEMOTHERAPY = {"D70.9": "D70.1", "D64.9": "D64.81", "D69.6": "D69.59", "D61.818": "D61.810"}
_REACH = 90


def add_drugs(reported: list[Candidate], case: Case, book: ICD10CM, kept: Sequence[str] = ()) -> None:
    """Report the drugs that poisoned, harmed or were lacking, in place; what says it with less yields.

    Args:
        reported: the candidates that stand.
        case: the record.
        book: ICD-10-CM of the day.
        kept: codes that people or coded entries insist on.
    """
    done = tuple(effects(case.chart))
    poisoned = any(e.column == ACCIDENTAL for e in done) or any(c.code.startswith(_TOXIC) for c in reported)
    column = intent(case.chart) if poisoned else ACCIDENTAL
    _turn(reported, column, book, kept)
    found: dict[str, Effect] = {}
    spans: list[Span] = []
    for told in done:
        effect = told._replace(column=column) if told.column == ACCIDENTAL else told
        if (
            told.column in (ADVERSE, UNDERDOSED)
            and not _wanted(told, reported)
            and not _manifestation(told, reported, case)
        ):
            continue
        code = _code(effect, book)
        if code:
            found.setdefault(code, effect)
            spans += [] if code.startswith(_NOT_NAMED) else [effect.span]
    if len(found) > 1:  # a drug that is named says more than "medication"
        found = {c: e for c, e in found.items() if not c.startswith(_NOT_NAMED)} or found
    for code, effect in found.items():
        if not any(c.code == code and not c.why for c in reported):
            after = _as_caused(_manifestation(effect, reported, case), reported, effect, book)
            reported.append(_candidate(code, effect, case, book, after))
    _yield(reported, found, spans, kept)


def _turn(reported: list[Candidate], column: str, book: ICD10CM, kept: Sequence[str]) -> None:
    """Give the reported poisonings the intent that the record tells, in place."""
    if column == ACCIDENTAL:
        return
    for candidate in list(reported):
        code = candidate.code
        if candidate.why or code in kept or not code.startswith(_TOXIC) or len(code) != 8 or code[6] != ACCIDENTAL:
            continue
        turned = f"{code[:6]}{column}{code[7]}"
        if not book.valid(turned):
            continue
        proposals = [
            recoded(p, turned, "by the intent that the record tells", book, "Guidelines I.C.19.e.5.b")
            for p in candidate.proposals
        ]
        whole = Candidate(turned, proposals, score=candidate.score, row=candidate.row)
        candidate.yield_to(whole, f"the record tells the intent: {turned}", "without the intent that is told")
        if not any(c.code == turned for c in reported):
            reported.append(whole)


def _wanted(effect: Effect, reported: Sequence[Candidate]) -> bool:
    """Tell whether an effect is reported by its own words, or underdosing beside the reason for it."""
    if effect.column == UNDERDOSED:
        return effect.plain or any(c.code.startswith(_NONCOMPLIANCE) and not c.why for c in reported)
    return effect.plain


def _manifestation(effect: Effect, reported: Sequence[Candidate], case: Case) -> Candidate | None:
    """Return the reported condition that a drug properly taken is said to have caused, or None."""
    if effect.column != ADVERSE:
        return None
    context = surroundings(case.chart.document(effect.span.document)).context
    first, last = context.sentence(effect.span.start)
    for candidate in reported:
        if candidate.why or candidate.code.startswith(_NO_MANIFESTATION):
            continue
        for mention in candidate.mentions:
            span = mention.span
            near = min(abs(span.end - effect.span.start), abs(span.start - effect.span.end)) <= _REACH
            if span.document == effect.span.document and first <= span.start < last and near:
                return candidate
    return None


def _as_caused(
    candidate: Candidate | None, reported: list[Candidate], effect: Effect, book: ICD10CM
) -> Candidate | None:
    """Return a manifestation under the code that the Index gives it "due to drug", in place of the one it had."""
    if candidate is None:
        return None
    by_chemotherapy = effect.stem == _CHEMOTHERAPY and _BY_CHEMOTHERAPY.get(candidate.code)
    code = by_chemotherapy or _BY_DRUG.get(candidate.code)
    if not code or not book.valid(code):
        return candidate
    proposals = [recoded(p, code, "due to a drug", book, "the Index, due to drug") for p in candidate.proposals]
    whole = next((c for c in reported if c.code == code), None) or Candidate(
        code, proposals, score=candidate.score, row=candidate.row
    )
    candidate.yield_to(whole, f"{code} says that a drug caused it", "without its cause")
    whole.why = ""
    if whole not in reported:
        reported.append(whole)
    return whole


def _code(effect: Effect, book: ICD10CM) -> str | None:
    bare = effect.stem.replace(".", "")
    for middle in (bare[:5], f"{bare[:4]}X", bare[:4]):
        code = f"{middle[:3]}.{middle[3:]}{effect.column}"
        for whole in (f"{code}A", f"{code}XA"):
            if book.valid(whole):
                return whole
    return None


def _candidate(code: str, effect: Effect, case: Case, book: ICD10CM, after: Candidate | None) -> Candidate:
    """Return the candidate of an effect; behind the condition that it caused, it is no surer than that."""
    document = case.chart.document(effect.span.document)
    mention = Mention.told(document, effect.span, effect.span.text.lower())
    said = {ADVERSE: "properly taken, and harmful", UNDERDOSED: "taken less than prescribed"}.get(
        effect.column, "taken wrongly"
    )
    proposal = Proposal(
        Code(SYSTEM, code), by="drugs", evidence=(mention,), path=(effect.span.text, book.title(code)), confidence=_STANDS,
        reasons=(f"{said} (Guidelines I.C.19.e.5)",),
    )  # fmt: skip
    if effect.column not in (ADVERSE, UNDERDOSED):
        return Candidate(code, [proposal], score=_POISONED)
    return Candidate(code, [proposal], score=min(_STANDS, after.score - _BEHIND if after else _STANDS))


def _yield(
    reported: Sequence[Candidate], found: Mapping[str, Effect], spans: Sequence[Span], kept: Sequence[str]
) -> None:
    """Let what says a found drug with less, or with another column, yield to it, in place."""
    standing = {c.code: c for c in reported if not c.why}
    named = [standing[code] for code in found if code in standing and not code.startswith(_NOT_NAMED)]
    poisoned = [c for c in standing.values() if c.code.startswith(_TOXIC) and len(c.code) == 8 and c.code[6] in "1234"]
    for candidate in standing.values():
        code = candidate.code
        if code in kept or candidate.why:
            continue
        less = [
            c
            for c in named
            if c is not candidate
            and not c.why
            and (
                code.startswith(_NOT_NAMED)
                or code[:6] == c.code[:6]
                or (code not in found and _same_words(candidate, spans))
            )
        ]
        if less and code.startswith(_TOXIC):
            other = less[0]
            candidate.yield_to(other, f"{other.code} names the drug and what it did", "says less of the drug")
        elif code.startswith("T14.91") and poisoned:
            candidate.yield_to(
                poisoned[0], f"{poisoned[0].code} tells the attempt (Guidelines I.C.19.e.5.b)", "the attempt"
            )


def _same_words(candidate: Candidate, spans: Sequence[Span]) -> bool:
    """Tell whether all words of a candidate are about substances that are named."""
    return all(
        any(m.span.document == s.document and m.span.start < s.end and s.start < m.span.end for s in spans)
        for m in candidate.mentions
    )


def leads_with_drugs(leads: Mapping[str, float], reported: Sequence[Candidate]) -> dict[str, float]:
    """Return how well each candidate would stand first: a poisoning before its manifestations, the drug of an adverse effect last."""
    found = dict(leads)
    best = max(found.values(), default=0.0)
    for candidate in reported:
        code = candidate.code
        if candidate.why or not code.startswith(_TOXIC) or len(code) != 8:
            continue
        if code[6] in "1234":
            found[code] = best + 0.01 + candidate.score / 100
        elif code.startswith(_DRUGS) and code[6] in (ADVERSE, UNDERDOSED):
            found[code] = 0.0
    return found
