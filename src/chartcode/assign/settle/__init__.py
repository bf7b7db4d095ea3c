"""Opinions and people's decisions -> one list of diagnoses, sequenced. Every policy of coding lives in this room.

The road: gather proposals by code; judge how the words are meant; add what the classification joins; weigh what a
coder reports for this setting; let combinations absorb their parts and the specific replace the vague; put in order;
say for each code that fell why it fell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from chartcode.assign.settle import chapters, coded
from chartcode.assign.settle.addressed import unaddressed
from chartcode.assign.settle.admission import present_on_admission
from chartcode.assign.settle.assertions import judge
from chartcode.assign.settle.candidates import Candidate, gather
from chartcode.assign.settle.combinations import absorb, combinations, complete, hypertensive, promote
from chartcode.assign.settle.devices import reject_made_today
from chartcode.assign.settle.diabetes import of_one_type
from chartcode.assign.settle.features import PRIORS, priors_of, rows
from chartcode.assign.settle.infarction import old_infarctions
from chartcode.assign.settle.injuries import by_trauma, grave_injuries, reject_of_operations, tidy_injuries
from chartcode.assign.settle.lead import WORTH, acute_first, by_guideline, ranked, sepsis_first
from chartcode.assign.settle.listed import listed
from chartcode.assign.settle.manifestations import manifestations, pair
from chartcode.assign.settle.numbered import by_number
from chartcode.assign.settle.outside import from_outside
from chartcode.assign.settle.purposes import leads as purpose_first
from chartcode.assign.settle.purposes import purposes
from chartcode.assign.settle.regions import drop_site_pain
from chartcode.assign.settle.sequence import may_lead, sequenced
from chartcode.assign.settle.specificity import (
    one_for_same_words,
    one_stage,
    part_exclusive,
    prefer_specific,
    without_yields,
)
from chartcode.assign.settle.spine import of_one_region
from chartcode.assign.settle.strokes import absorb_strokes, sequelae
from chartcode.assign.settle.symptoms import drop_integral
from chartcode.assign.settle.together import keep_together, of_its_organism, together
from chartcode.books import Books
from chartcode.books.model import Forest, Linear
from chartcode.model.case import (
    CHECK,
    CONFIDENT,
    FIRST_LISTED,
    MENTIONS,
    PRINCIPAL,
    SECONDARY,
    Case,
    Decision,
    Diagnosis,
    Entry,
    Rejected,
)
from chartcode.model.chart import AFFIRMED, POSSIBLE
from chartcode.model.code import ICD10CM, Code, dotted, looks_like_icd10cm


def settle(case: Case, books: Books) -> Iterator[Entry]:
    """Yield the diagnoses to report in order, then the rejected codes with their reasons."""
    if case.mode == MENTIONS:
        yield from _everything(case, books)
    else:
        yield from _billing(case, books)


def policy(case: Case, books: Books) -> tuple[list[Candidate], list[Candidate]]:
    """Return (candidates to weigh, with the combinations that they would make; candidates that policy rejects)."""
    found = list(gather(case.proposals if case.mode == MENTIONS else chapters.in_time(case, books)).values())
    if case.mode != MENTIONS:
        found = of_one_type(of_its_organism(found, case, books), books.icd10cm)
        found = of_one_region(found, case, books.icd10cm)
        for candidate in found:
            judge(candidate, case)
        found += chapters.judge(found, case, books)
        coded.weigh_entries(found, case)
        made = combinations([c for c in found if not c.why], books.icd10cm)
        reject_made_today(found, case, books.icd10cm)
        reject_of_operations(found, case)
        made += by_trauma(found, case, books.icd10cm)
        made += old_infarctions(found, case, books.icd10cm)
        made += sequelae([c for c in found if not c.why], case, books.icd10cm)
        made += manifestations([c for c in found if not c.why], case, books)
        made += together([c for c in [*found, *made] if not c.why], case, books)
        joined = {c.code for c in made}  # what two standing parts make stands, whatever was thought of its own words
        found = [c for c in found if not (c.why and c.code in joined)] + made
    return [c for c in found if not c.why], [c for c in found if c.why]


def weighed(case: Case, books: Books, forest: Forest) -> tuple[list[Candidate], list[Candidate]]:
    """Return what ``policy`` returns, with the features and scores of the standing candidates."""
    standing, fallen = policy(case, books)
    for candidate, row in zip(standing, rows(standing, case, books), strict=True):
        candidate.row = row
    for candidate, score in zip(standing, _scores(standing, books, forest), strict=True):
        candidate.score = score
    return standing, fallen


def _scores(standing: list[Candidate], books: Books, forest: Forest) -> list[float]:
    """Return the probability of each candidate by a forest; ``spoken`` is what the forest of mentions makes of it."""
    if not standing:
        return []
    if "spoken" in forest.names and not any(c.spoken for c in standing):
        said = books.model.forests[MENTIONS]
        for candidate, score in zip(standing, said.scores(_matrix(standing, books, said)), strict=True):
            candidate.spoken = candidate.row["spoken"] = float(score)
    return [float(s) for s in forest.scores(_matrix(standing, books, forest))]


def _lead_scores(reported: list[Candidate], case: Case, books: Books) -> list[float]:
    """Return how well each reported candidate would stand first; the judgement of the candidates is in their scores."""
    model = books.model.lead
    if model is None or not reported:
        return [c.score for c in reported]
    describe(reported, case, books)
    table = ranked([c.row | {"score": c.score} for c in reported])
    for candidate, row in zip(reported, table, strict=True):
        candidate.row = row
    return [float(s) for s in model.scores(_matrix(reported, books, model))]


def describe(reported: list[Candidate], case: Case, books: Books) -> None:
    """Give their features to the candidates that were never weighed, by a decision or a guideline, in place."""
    if unweighed := [c for c in reported if not c.row]:
        for candidate, row in zip(unweighed, rows(unweighed, case, books), strict=True):
            candidate.row = row


def _matrix(standing: list[Candidate], books: Books, model: Forest | Linear) -> npt.NDArray[np.float64]:
    """Return the features that a model asks for (candidates x its names), with its own priors.

    The rows name their features in one order, so their values are taken as they stand and columns are picked at once.
    """
    names = tuple(max(standing, key=lambda c: len(c.row)).row)
    values = [
        (*(c.row.values() if len(c.row) == len(names) else (c.row.get(n, 0.0) for n in names)), *own, 0.0)
        for c, own in zip(standing, priors_of(standing, books, model.priors), strict=True)
    ]
    return np.array(values, dtype=np.float64)[:, _columns(names, model.names)]


@lru_cache(maxsize=64)
def _columns(names: tuple[str, ...], wanted: tuple[str, ...]) -> npt.NDArray[np.intp]:
    """Return where the wanted features stand among the named ones, the priors and a nought behind them."""
    nought = len(names) + len(PRIORS)
    places = dict.fromkeys(_SAID_BY_MODELS, nought) | {name: at for at, name in enumerate((*names, *PRIORS))}
    return np.array([places[name] for name in wanted], dtype=np.intp)


_SAID_BY_MODELS = ("spoken", "score")
"""What another model says of a candidate; nought until that model was asked."""


def _billing(case: Case, books: Books) -> Iterator[Entry]:
    forest, needed = books.model.forests["billing"], books.model.forests["needed"]
    standing, fallen = weighed(case, books, forest)
    likely = [c for c in standing if c.score >= forest.threshold]
    needs = dict(zip((c.code for c in likely), _scores(likely, books, needed), strict=True))
    chosen = wanted([c for c in likely if needs[c.code] >= needed.threshold], standing, needs, case, books)
    reported, fallen = agreed(chosen, standing, fallen, case, books)
    leads = _leading(reported, fallen, case, books)
    leads |= coded.leads(reported, case, leads)
    asked_for = [_about(d) for d in case.decisions if d.act != "reject"] + [c.code for c in coded.insisted(reported)]
    leads = from_outside(reported, leads, case, books.icd10cm, asked_for)
    reported, fallen = [c for c in reported if not c.why], [*fallen, *(c for c in reported if c.why)]
    yield from _diagnoses(sequenced(reported, leads, case, books.icd10cm), case, books, forest.sure)
    yield from coded.admitting(case, books)
    known = {c.code for c in reported}
    for decision in case.decisions:
        if decision.act == "add" and _about(decision) not in known and not _of_a_procedure(decision, books):
            yield _added(decision, books)
    yield from (_rejected(c) for c in sorted(fallen, key=lambda c: (c.first, c.code)) if not _noise(c))


def wanted(
    likely: list[Candidate], standing: list[Candidate], needs: Mapping[str, float], case: Case, books: Books
) -> list[Candidate]:
    """Return the likely candidates without what a visit leaves aside, with what guidelines want however unlikely it is.

    Args:
        likely: those of ``standing`` that are likely, and that nearly every coder reports.
        standing: all candidates, with their scores.
        needs: how likely nearly every coder reports each of the likely ones, by code.
        case: the record.
        books: those of its day.
    """
    aside = unaddressed(likely, needs, case)
    chosen = [c for c in likely if c not in aside]
    chosen += [c for c in standing if c not in chosen and _asked(c, standing)]
    chosen += [c for c in purposes(standing, case, books) if c not in chosen]
    return [*chosen, *grave_injuries(standing, chosen, books.icd10cm)]


def agreed(
    chosen: list[Candidate], standing: list[Candidate], fallen: list[Candidate], case: Case, books: Books
) -> tuple[list[Candidate], list[Candidate]]:
    """Return (candidates to report, those that fell) when people have decided and the candidates agree with each other.

    ``chosen`` are those of ``standing``, which have their scores, that are likely and that nearly every coder reports.
    """
    reported, fallen = list(chosen), list(fallen)
    likely = min((c.score for c in chosen), default=1.0)
    reported += listed(chosen, standing, case)
    reported += [c for c in coded.insisted(standing) if c not in reported]
    for candidate, why in coded.overruled(standing):
        candidate.why = why
    reported = [c for c in reported if not c.why]
    for candidate in standing:
        if candidate not in reported:
            candidate.why = candidate.why or _unreported(candidate, optional=candidate.score >= likely)
            fallen.append(candidate)
    _obey(case.decisions, reported, fallen)
    _agree(reported, standing, case, books)
    fallen = [c for c in {id(c): c for c in (*fallen, *reported)}.values() if c.why]
    return [c for c in reported if not c.why], fallen


def _obey(decisions: Iterable[Decision], reported: list[Candidate], fallen: list[Candidate]) -> None:
    """Let people's decisions move candidates between the lists, in place."""
    for decision in decisions:
        code, who = _about(decision), decision.who or "a person"
        if decision.act == "reject":
            for candidate in [c for c in (*reported, *fallen) if c.code == code]:
                candidate.why = f"rejected by {who}"
                if candidate in reported:
                    reported.remove(candidate)
                    fallen.append(candidate)
        elif decision.act in {"accept", "add"}:
            for candidate in [c for c in fallen if c.code == code]:
                candidate.why = ""
                fallen.remove(candidate)
                reported.append(candidate)


def _agree(reported: list[Candidate], standing: list[Candidate], case: Case, books: Books) -> None:
    """Let the reported candidates agree with each other, in place: those that yield get their reason."""
    chapters.bring(reported, standing, case, books)
    absorb_strokes(reported, standing)
    promote(reported, standing, books.icd10cm)
    absorb(reported, books.icd10cm)
    complete(reported, standing, books.icd10cm)
    pair(reported, standing, case, books)
    keep_together(reported, standing, case, books)
    one_stage(reported)
    hypertensive(reported, standing, books.icd10cm)
    one_for_same_words([c for c in reported if not c.why], books.icd10cm)
    without_yields([c for c in reported if not c.why], books.icd10cm)
    prefer_specific([c for c in reported if not c.why], books)
    drop_site_pain([c for c in reported if not c.why], books.icd10cm)
    drop_integral([c for c in reported if not c.why], books)
    tidy_injuries([c for c in reported if not c.why], books.icd10cm)
    part_exclusive([c for c in reported if not c.why], books.icd10cm)
    chapters.tidy(reported, standing, case, books)
    people = {_about(d) for d in case.decisions if d.act in {"accept", "add"}}
    for candidate in reported:
        if candidate.code in people:
            candidate.why = ""


def _leading(reported: list[Candidate], fallen: list[Candidate], case: Case, books: Books) -> dict[str, float]:
    """Return how well each candidate would stand first; the best is reported even if it is unlikely, in place.

    A record that is coded at all has a first diagnosis: where it is in doubt, a person should see the best guess.
    """
    barred = {_about(d) for d in case.decisions if d.act == "reject"}
    doubtful = [c for c in worth_a_look(fallen) if c.code not in barred]
    scores = _lead_scores([*reported, *doubtful], case, books)
    able = [c for c in (*reported, *doubtful) if may_lead(c.code, case, books.icd10cm)]
    leads = by_guideline({c.code: s for c, s in zip([*reported, *doubtful], scores, strict=True)}, able)
    leads = acute_first(leads, able, inpatient=case.inpatient)
    leads = sepsis_first(by_number(leads, [c for c in reported if c in able], case), able)
    leads = purpose_first(chapters.leads(leads, reported, case), reported, case)
    best = max(able, key=lambda c: (leads[c.code], c.score, -c.first), default=None)
    if best in doubtful and best is not None and not any(c.code[:3] == best.code[:3] for c in reported):
        best.why = ""
        best.reasons.append("the best guess at the first diagnosis of this record")
        fallen.remove(best)
        reported.append(best)
    return leads


def worth_a_look(fallen: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that are not reported because they are unlikely, and might still be the first diagnosis."""
    return [c for c in fallen if c.why.startswith(_UNWEIGHTY) and c.score >= WORTH]


_SERIOUS = 0.05
_UNWEIGHTY = ("not likely", "uncertain, and", "a sign or symptom", "history only", "optional")


def _noise(candidate: Candidate) -> bool:
    """Tell whether a rejected candidate was never a serious rival: nobody is helped by its proof."""
    return candidate.score < _SERIOUS and candidate.why.startswith(_UNWEIGHTY)


_DIABETES = ("E08", "E09", "E10", "E11", "E13")
_DOCUMENTED = 0.3
_ANTIDIABETICS = ("Z79.4", "Z79.84", "Z79.85")


def _asked(candidate: Candidate, standing: list[Candidate]) -> bool:
    """Tell whether the Guidelines ask for an optional code: the drugs of a diabetes (I.C.4.a.3)."""
    return (
        candidate.code in _ANTIDIABETICS
        and candidate.score >= _DOCUMENTED
        and any(c.code.startswith(_DIABETES) and c.score >= candidate.score / 2 for c in standing)
    )


def _about(decision: Decision) -> str:
    return dotted(decision.about)


def _of_a_procedure(decision: Decision, books: Books) -> bool:
    """Tell whether a decision is about a procedure or service; ``B2111ZZ`` could be either by its shape."""
    about = decision.about.strip().upper()
    if not looks_like_icd10cm(about):
        return True
    named = books.icd10pcs.valid(about) or books.hcpcs.valid(about)
    return named and not books.icd10cm.valid(dotted(about))


def _unreported(candidate: Candidate, *, optional: bool) -> str:
    if optional:
        return "optional: some houses report it, most coders would not"
    if candidate.asserted(POSSIBLE) and not candidate.asserted(AFFIRMED):
        return f"uncertain, and not likely to be reported for this encounter (probability {candidate.score:.2f})"
    if not candidate.asserted(AFFIRMED):
        return "history only: not reported as a current condition"
    if candidate.code[0] == "R":
        return "a sign or symptom that a coder would not report beside the diagnoses of this record"
    return f"not likely to be reported for this encounter (probability {candidate.score:.2f})"


def _diagnoses(order: list[Candidate], case: Case, books: Books, sure: float) -> Iterator[Diagnosis]:
    lead = PRINCIPAL if case.inpatient else FIRST_LISTED
    for number, candidate in enumerate(order):
        best = candidate.best
        there, said = _presence(candidate, case, books)
        yield Diagnosis(
            Code(ICD10CM, candidate.code),
            role=SECONDARY if number else lead,
            poa=there,
            confidence=round(candidate.score, 3),
            band=CONFIDENT if candidate.score >= sure else CHECK,
            title=books.icd10cm.title(candidate.code),
            evidence=tuple(candidate.mentions),
            by=best.by,
            path=best.path,
            rivals=tuple(candidate.rivals),
            reasons=(*best.reasons, *candidate.reasons, *said),
        )


def _presence(candidate: Candidate, case: Case, books: Books) -> tuple[str | None, tuple[str, ...]]:
    """Return the indicator for present on admission, and the reason where the record says it in words."""
    if given := coded.poa(candidate, case):
        return given, ()
    found = present_on_admission(candidate, case, books)
    if found is None:
        return None, ()
    return found.indicator, (f'present on admission {found.indicator}: "{found.words}"',) if found.words else ()


def _added(decision: Decision, books: Books) -> Diagnosis:
    code = _about(decision)
    who = decision.who or "a person"
    return Diagnosis(
        Code(ICD10CM, code),
        title=books.icd10cm.title(code),
        evidence=decision.evidence,
        by="person",
        reasons=(f"added by {who}",),
    )


def _rejected(candidate: Candidate) -> Rejected:
    best = candidate.best
    return Rejected(Code(ICD10CM, candidate.code), candidate.why, tuple(candidate.mentions), best.by, best.path)


def _everything(case: Case, books: Books) -> Iterator[Entry]:
    """Yield every finding, also denied ones, ranked by its score; for research."""
    forest = books.model.forests["mentions"]
    standing, _ = weighed(case, books, forest)
    ranked = sorted(standing, key=lambda c: (-c.score, c.first, c.code))
    kept = [c for c in ranked if c.score >= forest.threshold]
    yield from _diagnoses(kept, case, books, forest.sure)
    for candidate in ranked[len(kept) :]:
        candidate.why = f"ranked below what is listed (probability {candidate.score:.2f})"
        yield _rejected(candidate)
