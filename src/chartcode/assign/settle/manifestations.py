"""Pairs of the Alphabetic Index: a disease with the manifestation that is coded beside it, "G30.9 [F02.80]".

Guidelines I.A.13: both codes are reported, the cause first, and a manifestation never stands alone; I.A.15: what the
Index joins by "in" or "with" is joined without the provider's saying so. One phrase may name both ("Alzheimer's
dementia"), so that the second code rests on the words of the first. The tables are ``manifestations.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from chartcode.assign.circumstances import sentence_of, surroundings
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM, Books
from chartcode.model.case import Case, Proposal
from chartcode.model.chart import AFFIRMED, HISTORICAL

_SAID = "the Index pairs it with {} (Guidelines I.A.13)"
_DEFAULT = {"F02.8": "F02.80"}
"""What a pair makes of words that name the manifestation without more."""
_LIKELY = 0.3
_QUIET = ("F02.80", "F03.90", "F02.A0", "F02.B0", "F02.C0", "F03.A0", "F03.B0", "F03.C0")
_OF_BEHAVIOR = ("R45.1", "R45.6", "R46.89", "R44.3", "R41.82")
_FULL = 6


def _rows(books: Books, table: str) -> list[Mapping[str, Any]]:
    return list(books.parameters.get(f"manifestations.{table}", ()))


def manifestations(standing: list[Candidate], case: Case, books: Books) -> list[Candidate]:
    """Return the manifestations that standing causes are paired with, not yet among the candidates."""
    known = {c.code for c in standing}
    made: list[Candidate] = []
    for row in _rows(books, "pairs"):
        causes = [c for c in standing if c.code.startswith(tuple(row["causes"]))]
        cause = max(causes, key=lambda c: (c.best.confidence, c.code), default=None)
        if cause is None:
            continue
        for code, proposals in _named(row, cause, standing, case):
            if code not in known and books.icd10cm.valid(code):
                known.add(code)
                made.append(Candidate(code, [recoded(p, code, cause.code, books.icd10cm) for p in proposals]))
    return made


def _named(
    row: Mapping[str, Any], cause: Candidate, standing: list[Candidate], case: Case
) -> Iterator[tuple[str, list[Proposal]]]:
    """Yield the codes that a pair makes with the proposals of the words that name the manifestation."""
    for other in standing:
        if other.code.startswith(tuple(row["of"])) and (not row.get("sentence") or _one_sentence(cause, other, case)):
            yield _shifted(other.code, row), list(other.proposals)
    words = tuple(row.get("words", ()))
    spoken = [
        p for p in cause.proposals if any(re.search(rf"\b{w}", m.span.text.lower()) for m in p.evidence for w in words)
    ]
    if spoken:
        yield _DEFAULT.get(row["makes"], row["makes"]), spoken


def _shifted(code: str, row: Mapping[str, Any]) -> str:
    """Return the code that a pair makes of a manifestation, with what the code says beyond its beginning."""
    start = next(s for s in row["of"] if code.startswith(s))
    makes: str = row["makes"]
    return (
        makes + code[len(start) :]
        if len(start) == len(makes) and len(makes) < _FULL and len(code) > len(start)
        else makes
    )


def _one_sentence(one: Candidate, other: Candidate, case: Case) -> bool:
    """Tell whether one sentence names both."""
    return bool(_sentences(one, case) & _sentences(other, case))


def _sentences(candidate: Candidate, case: Case) -> set[tuple[str, int]]:
    return {
        (m.span.document, surroundings(case.chart.document(m.span.document)).context.sentence(m.span.start)[0])
        for m in candidate.asserted(AFFIRMED, HISTORICAL)
    }


def pair(reported: list[Candidate], weighed: list[Candidate], case: Case, books: Books) -> None:
    """Report each manifestation that the record names whose cause is reported; what said it vaguely yields, in place.

    Then each manifestation without a cause gets the one that the record names, or becomes what it is without one.
    """
    for row in _rows(books, "pairs"):
        cause = next((c for c in reported if c.code.startswith(tuple(row["causes"])) and not c.why), None)
        if cause is None:
            continue
        named = [c for c in weighed if c not in reported and _assessed(c)]
        vague = [
            c
            for c in (*[r for r in reported if not r.why], *named)
            if c.code.startswith(tuple(row["of"])) and c is not cause
        ]
        for code, proposals in _named(row, cause, vague, case):
            _bring(code, cause, proposals, vague, reported, weighed, books.icd10cm)
    for candidate in list(reported):
        if candidate.code in _QUIET and not candidate.why:
            _behaving(candidate, reported, case, books)
    paired = tuple(row["makes"] for row in _rows(books, "pairs"))
    for candidate in list(reported):
        if not candidate.why and (
            candidate.code.startswith(paired) or "manifestation" in books.icd10cm.flags(candidate.code)
        ):
            _with_cause(candidate, reported, weighed, case, books)


_ASSESSED = frozenset(
    ("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses", "diagnosis", "assessment",
     "assessment and plan", "impression")
)  # fmt: skip


def _behaving(dementia: Candidate, reported: list[Candidate], case: Case, books: Books) -> None:
    """Let a dementia be coded with the behavior that its sentence names, in place; a sign of it yields."""
    spoken = " ".join(_spoken(dementia, case))
    if re.search(r"without (?:\w+ )?behavio", spoken):
        return
    for row in _rows(books, "dementia"):
        said = re.search(rf"\b(?:{row['words']})", spoken)
        code = f"{dementia.code[:-1]}{row['ends']}"
        if said and books.icd10cm.valid(code):
            why = "the behavior that its sentence names"
            told = next((c for c in reported if c.code == code), None) or Candidate(
                code,
                [recoded(p, code, said[0], books.icd10cm, why) for p in dementia.proposals],
                list(dementia.reasons),
            )
            told.why, told.score = "", max(told.score, dementia.score)
            if told not in reported:
                reported.append(told)
            dementia.yield_to(told, f"{code} says the behavior", "without the behavior")
            for sign in reported:
                if sign.code.startswith(_OF_BEHAVIOR) and not sign.why:
                    sign.yield_to(told, f"routinely comes with {code} (Guidelines I.B.5)", "a sign of it")
            return


def _assessed(candidate: Candidate) -> bool:
    """Tell whether the provider's diagnoses name it in words that lead to it."""
    return any(
        m.section in _ASSESSED and m.assertion == AFFIRMED and p.by == "index"
        for p in candidate.proposals
        for m in p.evidence
    )


def _bring(
    code: str, cause: Candidate, proposals: list[Proposal], vague: list[Candidate], reported: list[Candidate],
    weighed: Iterable[Candidate], book: ICD10CM,
) -> None:  # fmt: skip
    """Report a manifestation beside its cause, in place; the vague codes of the same condition yield."""
    if not book.valid(code):
        return
    found = next((c for c in (*reported, *weighed) if c.code == code), None)
    if found is None:
        found = Candidate(code, [recoded(p, code, cause.code, book) for p in proposals])
    found.why = ""
    found.score = max(found.score, *(c.score for c in vague), _LIKELY)
    if (told := _SAID.format(cause.code)) not in found.reasons:
        found.reasons.append(told)
    if found not in reported:
        reported.append(found)
    for other in vague:
        if other is not found:
            other.yield_to(found, f"{code} says it with its cause (Guidelines I.A.13)", "without its cause")


def _spoken(candidate: Candidate, case: Case) -> Iterator[str]:
    """Yield the sentences of a candidate's words, in small letters."""
    return (sentence_of(mention, case) for mention in candidate.asserted(AFFIRMED, HISTORICAL))


def _with_cause(
    found: Candidate, reported: list[Candidate], weighed: Iterable[Candidate], case: Case, books: Books
) -> None:
    """Report the cause of a manifestation, in place; where the record has none, report what it is without one."""
    book = books.icd10cm
    targets = [note.targets for note in book.code_first(found.code) if note.targets]
    starts = tuple(s for row in _rows(books, "pairs") if found.code.startswith(row["makes"]) for s in row["causes"])

    def is_cause(other: Candidate) -> bool:
        return other.code.startswith(starts) or _is_cause(other, found, targets, book)

    if not (targets or starts) or any(is_cause(c) for c in reported if not c.why):
        return
    causes = [c for c in weighed if is_cause(c) and c.asserted(AFFIRMED, HISTORICAL)]
    if causes:
        cause = max(causes, key=lambda c: (c.score, c.code))
        cause.why = ""
        cause.reasons.append(f"{found.code} asks for it: its cause stands before it (Guidelines I.A.13)")
        reported.append(cause)
        return
    spoken = " ".join(_spoken(found, case))
    for row in _rows(books, "within"):
        if (
            found.code.startswith(row["manifestation"])
            and any(w in spoken for w in row["words"])
            and book.valid(row["cause"])
        ):
            why = f"{found.code} asks for it: its words name the cause (Guidelines I.A.13)"
            cause = Candidate(
                row["cause"], [recoded(p, row["cause"], found.code, book) for p in found.proposals], [why]
            )
            cause.score = found.score
            reported.append(cause)
            return
    for row in _rows(books, "alone"):
        if found.code.startswith(row["manifestation"]):
            code = row["makes"] + found.code[len(row["manifestation"]) :]
            if book.valid(code):
                bare = next((c for c in (*reported, *weighed) if c.code == code), None) or Candidate(
                    code, [recoded(p, code, found.code, book) for p in found.proposals]
                )
                bare.why, bare.score = "", max(bare.score, found.score)
                if bare not in reported:
                    reported.append(bare)
                found.yield_to(
                    bare, "a manifestation without its cause in the record (Guidelines I.A.13)", "without a cause"
                )
            return


def _is_cause(candidate: Candidate, of: Candidate, targets: list[Any], book: ICD10CM) -> bool:
    return (
        candidate is not of
        and candidate.code[:3] != of.code[:3]
        and any(book.covers(t, candidate.code) for t in targets)
    )
