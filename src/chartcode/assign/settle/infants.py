"""What a newborn's record reports: Z38 first on the record of the birth, chapter 16 in the first 28 days, never its mother's.

Guidelines I.C.16.a.1 (never on the mother's record), a.2 (Z38 once, first, at the birth), a.4 to a.6 (perinatal unless
said to be acquired later), b (observation), d (prematurity by weeks and weight, the weight first).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from chartcode.assign.circumstances import sentence_of, surroundings
from chartcode.assign.newborns import Birth, birth
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM, Books
from chartcode.model.case import Case, Mention, Proposal
from chartcode.model.chart import AFFIRMED

_MOTHERS = ("O", "Z3A", "Z37", "Z34", "Z33", "Z36", "Z39", "Z30", "Z32")
_ACQUIRED = re.compile(r"community[- ]acquired|acquired after birth")
_FIRST = 2.0
_NAMED = 0.5
_TRUSTED = 0.6
_FINAL = frozenset(
    ("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses", "diagnosis", "assessment",
     "assessment and plan", "impression")
)  # fmt: skip
_OBSERVED = (
    (re.compile(r"\bsepsis\b|\binfecti\w+|\bbacteremia\b|\bgbs\b|septic"), "Z05.1"),
    (re.compile(r"\brespiratory|\bpneumonia\b"), "Z05.3"),
    (re.compile(r"\bcardiac|\bmurmur"), "Z05.0"),
    (re.compile(r"\bneurolog\w+|\bseizures?\b"), "Z05.2"),
    (re.compile(r"\bmetabolic|\bhypoglyc\w+"), "Z05.42"),
)
_RULED_OUT = re.compile(
    r"\b(?:ruled? out|r/o|observ(?:ed|ation) (?:for|and evaluation)|not (?:found|confirmed)|evaluat(?:ed|ion) for|suspected)\b"
)
_NOT_FOUND = re.compile(r"\b(?:ruled out|negative|not (?:found|confirmed)|without evidence|unremarkable)\b")
_FOUND_NOT = "suspected in a newborn and not found (Guidelines I.C.16.b)"
_NEXT = 120
"""Characters of the following sentence that may tell what came of a suspicion."""
_WEIGHT, _WEEKS = ("P07.0", "P07.1"), ("P07.2", "P07.3")
_SMALL = ("P05.0", "P05.1")
_EXACT = "births"


def perinatal(proposals: Iterable[Proposal], case: Case, books: Books) -> list[Proposal]:
    """Return the proposals of a newborn's chart with the codes of chapter 16 for what it has by its age."""
    if birth(case.chart) is None:
        return list(proposals)
    return [_perinatal(p, case, books) for p in proposals]


def _perinatal(proposal: Proposal, case: Case, books: Books) -> Proposal:
    code, book = proposal.code.value, books.icd10cm
    if code[0] in "POQZ" or any(_ACQUIRED.search(sentence_of(m, case)) for m in proposal.evidence):
        return proposal
    best = ("", "")
    for row in books.parameters.get("newborn.conditions", ()):
        for start in row["of"]:
            if code.startswith(start) and len(start) > len(best[0]):
                best = (start, row["makes"])
    made = best[1] if not best[1] or book.valid(best[1]) else book.in_force(best[1]) or ""
    return (
        recoded(proposal, made, "newborn", book, "within 28 days of birth (Guidelines I.C.16.a.4)")
        if made
        else proposal
    )


def judge(found: Iterable[Candidate], case: Case) -> None:
    """Reject, in place, the mother's codes on a newborn's record, and Z38 on any record but that of the birth."""
    said = birth(case.chart)
    if said is None:
        return
    for candidate in found:
        if not candidate.why and candidate.code.startswith(_MOTHERS):
            candidate.why = "of the mother, and this is the newborn's record (Guidelines I.C.15.a.2)"
        elif not candidate.why and candidate.code.startswith("Z87.6"):
            candidate.why = "of the perinatal period, which is not past (Guidelines I.C.16.a.1)"
        elif not candidate.why and candidate.code.startswith("Z38") and not said.here:
            candidate.why = (
                "born before this encounter: Z38 stands on the record of the birth alone (Guidelines I.C.16.a.2)"
            )


def observed(found: list[Candidate], case: Case, book: ICD10CM) -> list[Candidate]:
    """Return observations of a newborn for what was suspected and ruled out (Guidelines I.C.16.b), as new candidates."""
    if birth(case.chart) is None:
        return []
    made: dict[str, Candidate] = {}
    for candidate in found:
        proposals = [p for p in candidate.proposals if any(_ruled_out(m, case) for m in p.evidence)]
        if candidate.code[0] in "OZ" or not proposals:
            continue
        if not candidate.why and len(proposals) < len(candidate.proposals):
            continue
        code = next((c for said, c in _OBSERVED if said.search(proposals[0].evidence[0].span.text.lower())), None)
        if code and book.valid(code) and code not in made:
            why = _FOUND_NOT
            affirmed = [_meant(p) for p in proposals]
            made[code] = Candidate(code, [recoded(p, code, "observation", book, why) for p in affirmed], [why])
            candidate.why = candidate.why or "ruled out in the newborn (Guidelines I.C.16.b)"
    return list(made.values())


def _meant(proposal: Proposal) -> Proposal:
    """Return a proposal whose words are meant: that it was suspected is a fact."""
    return replace(proposal, evidence=tuple(replace(m, assertion=AFFIRMED) for m in proposal.evidence))


def _ruled_out(mention: Mention, case: Case) -> bool:
    document = case.chart.document(mention.span.document)
    first, last = surroundings(document).context.sentence(mention.span.start)
    small = surroundings(document).context.small
    if mention.section in ("review of systems", "physical exam", "family history"):
        return False
    return (
        _RULED_OUT.search(small, first, last) is not None and _NOT_FOUND.search(small, first, last + _NEXT) is not None
    )


def bring(reported: list[Candidate], weighed: Iterable[Candidate], case: Case) -> None:
    """Report, in place, what the final diagnoses of a newborn name, and what its birth adds up to."""
    said = birth(case.chart)
    if said is None:
        return
    exact = [c for c in weighed if _by_birth(c)]
    for candidate in weighed:
        if candidate not in reported and (candidate in exact or _named(candidate)):
            candidate.why = ""
            candidate.score = max(candidate.score, _NAMED)
            reported.append(candidate)
    for kind in (("Z38",), _WEIGHT, _WEEKS, _SMALL):
        kept = next((c for c in exact if c.code.startswith(kind)), None)
        for other in reported:
            if kept and other is not kept and other.code.startswith(kind) and not other.why:
                other.yield_to(kept, f"{kept.code} is what the record's numbers say", "not what the numbers say")
    grown = next((c for c in reported if c.code.startswith(_SMALL) and not c.why), None)
    for other in reported:
        if grown and other.code.startswith(_WEIGHT) and not other.why:
            other.yield_to(grown, f"low weight by slow growth is {grown.code} (Excludes1 note)", "without its cause")


def _by_birth(candidate: Candidate) -> bool:
    return any(p.by == _EXACT for p in candidate.proposals)


def _named(candidate: Candidate) -> bool:
    """Tell whether a list of final diagnoses names a condition of the perinatal period in words that lead to it."""
    return (candidate.code[0] in "PQ" and any(
        m.section in _FINAL and m.assertion == AFFIRMED and p.by != "lexical" and p.confidence >= _TRUSTED
        for p in candidate.proposals for m in p.evidence
    )) or any(_FOUND_NOT in r for r in candidate.reasons)  # fmt: skip


def leads(found: Mapping[str, float], case: Case) -> dict[str, float]:
    """Return how well each candidate would stand first: Z38 on the record of the birth, the weight before the weeks."""
    said: Birth | None = birth(case.chart)
    if said is None:
        return dict(found)
    return {code: worth + _FIRST if code.startswith("Z38") else worth for code, worth in found.items()}
