"""What a mother's record reports: chapter 15 before all others, its conditions, weeks, and the outcome of a delivery.

Guidelines I.C.15.a.1 (chapter 15 has precedence, unless the provider says that the pregnancy is incidental), I.C.15.b
(supervision, delivery, outcome), I.C.15.n (normal delivery), I.C.21.c.11 (weeks, outcome).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from chartcode.assign.circumstances import sentence_of
from chartcode.assign.maternity import CHILDBIRTH, PREGNANT, PUERPERIUM, Maternity, maternity
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.assign.settle.stages import of_fetus, staged
from chartcode.books import ICD10CM, Books
from chartcode.model.case import Case, Proposal
from chartcode.model.chart import AFFIRMED, HISTORICAL

_CHAPTER = "O"
_ABORTIVE = ("O00", "O01", "O02", "O03", "O04", "O07", "O08")
_NORMAL = ("O80", "O82")
_NOT_BESIDE = ("N91", "N92", "N93", "N94", "R11", "Z32", "Z33", "Z34", "Z36")
_INFANTS = ("P", "Z38")
_FINAL = frozenset(
    ("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses", "postoperative diagnosis",
     "diagnosis", "assessment", "assessment and plan", "impression")
)  # fmt: skip
_PREECLAMPSIA = ("O14.0", "O14.1", "O14.9")
_TRUSTED = 0.6
_NAMED = 0.5
_WORTH = 0.03
_HALF_TIME = 20
"""Weeks: what is called early in a pregnancy ends with them (tabular notes at O20 and O21)."""
_PAST = frozenset(
    ("past medical history", "past surgical history", "obstetric history", "family history", "review of systems")
)
_NO_PROBLEM = ("Z64.1", "N97", "Z30.09")
_BEFORE_BIRTH = ("O09", "O34", "O47", "O48", "O60.0")
_LATE = ("O11", "O13", "O14", "O15")
_OF_DELIVERY = ("O6", "O70", "O71", "O72", "O73", "O75", "O76", "O77", "O34.21")
_LATER = (("O22.4", "O87.2"), ("O22.3", "O87.1"), ("O22.2", "O87.0"))
"""What has a code of its own in the puerperium."""
_SCAR = "Z98.891"
"""A scar of the uterus: on the record of a cesarean delivery, its words are those of this one."""
_LAST, _RESIDUAL = 0.01, 0.3
_CESAREAN = ("O60.1", "O34.2", "O32", "O64", "O65", "O66", "O33", "O61", "O62", "O63", "O76", "O77", "O68", "O69.0", "O44", "O45", "O71.1", "O14.1", "O14.2",
             "O11", "O15", "O36", "O41", "O42")  # fmt: skip
"""What a cesarean delivery is done for, by rank (Guidelines I.C.15.b.4)."""


def timely(proposals: Iterable[Proposal], case: Case, book: ICD10CM) -> list[Proposal]:
    """Return the proposals of a mother's chart with codes for her trimester, childbirth or puerperium, and the fetus."""
    said = maternity(case.chart)
    return list(proposals) if said is None else [_timely(p, said, case, book) for p in proposals]


def _timely(proposal: Proposal, said: Maternity, case: Case, book: ICD10CM) -> Proposal:
    code = proposal.code.value
    if not code.startswith(("O", "Z34")):
        return proposal
    found = staged(code, said, book)
    if said.fetuses > 1 and proposal.evidence:
        found = of_fetus(found, sentence_of(proposal.evidence[0], case), book)
    return (
        proposal if found == code else recoded(proposal, found, book.title(code), book, "for the time of the pregnancy")
    )


def judge(found: Iterable[Candidate], case: Case) -> None:
    """Reject, in place, what cannot stand on a mother's record, and pregnancy on the record of one who is not pregnant."""
    said = maternity(case.chart)
    if said is None:
        return
    for candidate in found:
        if candidate.why:
            continue
        if candidate.code.startswith(_INFANTS):
            candidate.why = "of the newborn, and this is the mother's record (Guidelines I.C.16.a.1)"
        elif candidate.code.startswith(("Z34", "Z32", "Z33.1")) and (said.stage != PREGNANT or case.inpatient):
            candidate.why = "supervision of a pregnancy, and this is not such an encounter (Guidelines I.C.15.b)"
        elif candidate.code.startswith(_NO_PROBLEM):
            candidate.why = (
                "parity, and the closure of the tubes that was asked for, are no diagnoses of this pregnancy"
            )
        elif said.stage == CHILDBIRTH and candidate.code.startswith("O47"):
            candidate.why = "false labor, and she was delivered at this encounter"
        elif said.stage == PUERPERIUM and candidate.code.startswith(_BEFORE_BIRTH):
            candidate.why = "of a pregnancy, and this record is of the time after the birth"
        elif said.stage == PREGNANT and said.trimester == "1st" and candidate.code.startswith(_LATE):
            candidate.why = "not before 20 weeks: of another pregnancy (tabular note at O14)"
        elif said.births and candidate.code == _SCAR:
            candidate.why = (
                "the words are those of this delivery; a scar of an earlier one is O34.21- (Guidelines I.C.15.a.1)"
            )
        elif said.incidental and candidate.code.startswith(("O", "Z3A", "Z34")):
            candidate.why = "the provider says that the pregnancy is incidental (Guidelines I.C.15.a.1)"


def bring(reported: list[Candidate], weighed: Iterable[Candidate], case: Case, books: Books) -> None:
    """Report, in place, the conditions of chapter 15 that the final diagnoses name, and those that reported diseases make."""
    said = maternity(case.chart)
    if said is None or said.incidental:
        return
    for candidate in weighed:
        if (
            candidate.code[0] == _CHAPTER
            and candidate not in reported
            and (_named(candidate) or _told(candidate, said))
        ):
            candidate.score = max(candidate.score, _NAMED)
            candidate.why = ""
            reported.append(candidate)
    ended = any(c.code.startswith(_ABORTIVE) and not c.why for c in reported)
    for candidate in () if ended else list(reported):
        if not candidate.why and candidate.code[0] != _CHAPTER:
            _complicating(candidate, reported, said, books)
    _superimposed(reported, said, books.icd10cm)


def _superimposed(reported: list[Candidate], said: Maternity, book: ICD10CM) -> None:
    """Let O11 say preeclampsia on chronic hypertension, with the kind of hypertension beside it, in place."""
    kinds = [[c for c in reported if c.code.startswith(start) and not c.why] for start in ("O10", "O11", _PREECLAMPSIA)]
    chronic, both, alone = kinds
    if chronic and alone and not both:
        both = [
            _made(
                staged("O11.9", said, book),
                [*chronic, *alone],
                book,
                "preeclampsia on chronic hypertension (note at O11)",
            )
        ]
        reported += both
    for part in alone if both else ():
        part.yield_to(
            both[0], f"{both[0].code} says it with the chronic hypertension (Excludes1 note)", "part of the combination"
        )
    if both and not chronic:
        reported.append(
            _made(staged("O10.019", said, book), both, book, f"{both[0].code} asks for it: the kind of hypertension")
        )


def _made(code: str, of: list[Candidate], book: ICD10CM, why: str) -> Candidate:
    """Return a candidate that others make, with their words."""
    made = Candidate(code, [recoded(p, code, "with", book, why) for c in of for p in c.proposals], [why])
    made.score = max(c.score for c in of)
    return made


def _told(candidate: Candidate, said: Maternity) -> bool:
    """Tell whether the record of a delivery tells it in words that lead to it, wherever it does."""
    wanted = (*_OF_DELIVERY, "O36.4") if said.dead else _OF_DELIVERY
    if said.stage != CHILDBIRTH or not candidate.code.startswith(wanted):
        return False
    meant = (AFFIRMED, HISTORICAL) if candidate.code.startswith("O34.21") else (AFFIRMED,)
    return any(
        m.assertion in meant
        for p in candidate.proposals
        if p.by == "index" and p.confidence >= _TRUSTED
        for m in p.evidence
    )


def _named(candidate: Candidate) -> bool:
    """Tell whether a list of final diagnoses names it in words that lead to it."""
    return not candidate.code.startswith(_NORMAL) and any(
        m.section in _FINAL and m.assertion == AFFIRMED and p.by != "lexical" and p.confidence >= _TRUSTED
        for p in candidate.proposals for m in p.evidence
    )  # fmt: skip


def _complicating(disease: Candidate, reported: list[Candidate], said: Maternity, books: Books) -> None:
    """Report the code of chapter 15 for a disease, in place; the disease yields where that code says it all."""
    row = condition(disease.code, books)
    if row is None or not disease.asserted(AFFIRMED, HISTORICAL) or (disease.code == _SCAR and said.stage != PREGNANT):
        return
    if any(c.code.startswith(tuple(row.get("unless", ("?",)))) and not c.why for c in reported):
        return
    book = books.icd10cm
    node = row["late"] if "late" in row and (said.weeks or 0) >= _HALF_TIME else row["makes"]
    if said.stage == PUERPERIUM:
        node = dict(_LATER).get(node, node)
    start = next((c for c in book.leaves(node) if book.valid(c)), None) if book.known(node) else None
    if start is None:
        return
    code = staged(start, said, book)
    if said.trimester is None and said.stage == PREGNANT:
        code = next((c for c in book.leaves(node) if "unspecified trimester" in book.title(c)), code)
    kept = next((c for c in reported if c.code == code), None) or next(
        (c for c in reported if not c.why and c.code[:5] == code[:5] and c.code[0] == _CHAPTER), None
    )
    if kept is None:
        why = f"{disease.code} complicates the pregnancy (Guidelines I.C.15.a.1)"
        kept = Candidate(code, [recoded(p, code, "in pregnancy", book, why) for p in disease.proposals], [why])
        kept.score = disease.score
        reported.append(kept)
    if row.get("alone"):
        disease.yield_to(kept, f"{kept.code} says it in pregnancy (Guidelines I.C.15.a.1)", "without the pregnancy")


def condition(code: str, books: Books) -> Mapping[str, Any] | None:
    """Return the row of ``pregnancy.conditions`` with the longest beginning of a code, or None."""
    best: tuple[int, Mapping[str, Any] | None] = (0, None)
    for row in books.parameters.get("pregnancy.conditions", ()):
        longest = max((len(start) for start in row["of"] if code.startswith(start)), default=0)
        if longest > best[0]:
            best = longest, row
    return best[1]


def tidy(reported: list[Candidate], weighed: Iterable[Candidate], case: Case) -> None:
    """Let the record of a pregnancy be whole, in place: weeks, outcome, normal delivery or supervision alone."""
    said = maternity(case.chart)
    if said is None:
        return
    weighed = list(weighed)
    chapter = [c for c in reported if c.code[0] == _CHAPTER and not c.why]
    complications = [c for c in chapter if not c.code.startswith(_NORMAL)]
    if complications:
        for candidate in reported:
            if candidate.code.startswith((*_NORMAL, *_NOT_BESIDE)) and not candidate.why:
                candidate.yield_to(
                    complications[0], f"{complications[0].code} says it (Guidelines I.C.15)", "beside a complication"
                )
    elif said.stage == CHILDBIRTH:
        chapter = _report(("O80", "O82"), reported, weighed)
    elif said.stage == PREGNANT and not said.incidental:
        chapter = _complication(reported, weighed)
        if not chapter and not case.inpatient:
            _supervised(reported, weighed)
    _count(chapter, reported, weighed, said)


def _report(codes: tuple[str, ...], reported: list[Candidate], weighed: list[Candidate]) -> list[Candidate]:
    """Report the candidates of these beginnings, in place; return them."""
    found = [c for c in weighed if c.code.startswith(codes) and any(p.by == "births" for p in c.proposals)]
    for candidate in found:
        candidate.why = ""
        candidate.score = max(candidate.score, _NAMED)
        if candidate not in reported:
            reported.append(candidate)
    return found


def _complication(reported: list[Candidate], weighed: list[Candidate]) -> list[Candidate]:
    """Report the likeliest complication that the record affirms where it reports none, in place; return it."""
    found = [
        c for c in weighed if c.code[0] == _CHAPTER and not c.code.startswith((*_NORMAL, "O26.9", "O22.9", "O09.9")) and c.score >= _WORTH
        and any(p.by == "index" and m.assertion == AFFIRMED and m.section not in _PAST for p in c.proposals for m in p.evidence)
    ]  # fmt: skip
    best = max(found, key=lambda c: (c.score, c.code), default=None)
    if best is None:
        return []
    best.why = ""
    best.reasons.append("the record affirms it of this pregnancy, which is no normal one (Guidelines I.C.15.b.1)")
    reported.append(best)
    for other in reported:
        if other.code.startswith(_NOT_BESIDE) and not other.why:
            other.yield_to(best, f"{best.code} says it (Guidelines I.C.15)", "beside a complication")
    return [best]


def _supervised(reported: list[Candidate], weighed: list[Candidate]) -> None:
    """Let one code say the supervision of a normal pregnancy: that of her gravidity and trimester, where one is reported."""
    others = [c for c in reported if c.code.startswith("Z34") and not c.why]
    if others and (kept := _report(("Z34",), reported, weighed)):
        for other in others:
            if other is not kept[0]:
                other.yield_to(
                    kept[0], f"{kept[0].code} says gravidity and trimester", "without gravidity and trimester"
                )


def _count(chapter: list[Candidate], reported: list[Candidate], weighed: list[Candidate], said: Maternity) -> None:
    """Report weeks and outcome where they belong, and only there, in place."""
    ended = bool(chapter) and all(c.code.startswith(_ABORTIVE) for c in chapter)
    supervised = any(c.code.startswith("Z34") and not c.why for c in reported)
    wanted = []
    if (chapter or supervised) and not ended and said.stage != PUERPERIUM:
        wanted.append("Z3A")
    if said.stage == CHILDBIRTH and not ended:
        wanted.append("Z37")
    kept = _report(tuple(wanted), reported, weighed) if wanted else []
    for candidate in reported:
        if candidate.code.startswith(("Z3A", "Z37")) and candidate not in kept and not candidate.why:
            candidate.why = (
                f"{kept[0].code} and its like are told by the record once"
                if any(k.code[:3] == candidate.code[:3] for k in kept)
                else "not with what this record reports (Guidelines I.C.21.c.11)"
            )


def leads(found: Mapping[str, float], reported: Iterable[Candidate], case: Case) -> dict[str, float]:
    """Return how well each candidate would stand first, codes of chapter 15 before all others."""
    said = maternity(case.chart)
    chapter = [c.code for c in reported if c.code[0] == _CHAPTER and not c.why]
    if said is None or not chapter:
        return dict(found)
    if (
        said.stage == PUERPERIUM
        and "Z39.2" in found
        and all(c.startswith(("O99", "O87.2", "O10", "O24")) for c in chapter)
    ):
        chapter = ["Z39.2"]  # a routine examination after the birth, whatever else she has
    result = {c: w * (_RESIDUAL if c.startswith("O99") else 1.0 if c in chapter else _LAST) for c, w in found.items()}
    if said.cesarean:
        for rank, start in enumerate(_CESAREAN):
            for code in chapter:
                if code.startswith(start) and code in result:
                    result[code] = max(result[code], 1.0 + (len(_CESAREAN) - rank) / 100)
    return result
