"""Neoplasms as policy: malignant only by word, primary and secondary, past or still treated, therapy first.

Guidelines I.C.2 (the Neoplasm Table by site and behavior), I.C.2.d and m (history where it is removed and no treatment
goes on), I.C.2.e.2 (encounters for therapy).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from chartcode.assign import neoplasms
from chartcode.assign.engines.past import PERSONAL
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import ICD10CM
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED

_BY = "cancers"
_SECONDARY = ("C77", "C78", "C79")
_BLOOD = ("C81", "C82", "C83", "C84", "C85", "C86", "C88", "C90", "C91", "C92", "C93", "C94", "C95", "C96")
_MALIGNANT = re.compile(
    r"cancer|carcinom|malignan|sarcom|lymphom|leuk[a]?em|melanom|myelom|metasta|blastom|gliom|astrocytom|oligodendro|ependymom|cytoma\b|seminom|germinom|mesotheliom|carcinoid|mycosis fungoides|hodgkin|paget|"
    r"macroglobulin|kaposi|teratoma|neuroendocrine|gist\b|stromal tumor|wilms|ewing|krukenberg|hepatoma|adenoca\b|\bca\b|\bmets\b|plasmacytom|thymom|chordom|bowen|klatskin|pancoast|richter|sezary|"
    r"\b(?:nsclc|sclc|scc|bcc|hcc|rcc|tcc|aml|all|cll|cml|gbm|dlbcl|nhl|mgus|net|dcis|mm|cmml)\b"
)
_VAGUE = re.compile(r"tumou?r|mass|lesion|neoplasm|nodule|growth|polyp|spot|opacity|density|lump")
_UNSPECIFIED = ("D49", "D41", "D37", "D38", "D39")
_CANCER = re.compile(r"\bcancer|carcinoma\b(?! in situ)|\bmalignan(?:t|cy)\b(?! potential)")
_THERAPY = ("Z51.0", "Z51.11", "Z51.12")
_CARCINOID_SPREAD = (
    ("C77", "C7B.01"),
    ("C78.7", "C7B.02"),
    ("C79.51", "C7B.03"),
    ("C78.6", "C7B.04"),
    ("C78", "C7B.09"),
    ("C79", "C7B.09"),
)
_ASSESSED = frozenset(
    ("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses", "postoperative diagnosis", "diagnosis", "assessment",
     "assessment and plan", "impression")
)  # fmt: skip
_NO_SITE = "C79.9"
_OF_DRUGS, _ADVERSE = ("D64.81", "D70.1"), "T45.1X5A"
_REASONS = frozenset(("preoperative diagnosis", "indications", "reason for visit", "chief complaint", "procedure"))
_NAMED = 0.5
_FIRST = 1.5


def judge(found: list[Candidate], case: Case, book: ICD10CM) -> list[Candidate]:
    """Reject, in place, cancers that the words do not tell or that are over; return candidates that are made anew."""
    stretches = {d.id: tuple(neoplasms.metastatic_words(d)) for d in case.chart.documents}
    made = _carcinoids(found, book)
    for candidate in found:
        if candidate.why or (candidate.code[0] not in "CZ" and not candidate.code.startswith(_UNSPECIFIED)):
            continue
        meant = candidate.asserted(AFFIRMED) or candidate.mentions
        if candidate.code.startswith(_SECONDARY) and not _by(candidate) and all(_in(m, stretches) for m in meant):
            candidate.why = "its words name a primary and where it has spread (Guidelines I.C.2)"
        elif (
            candidate.code[0] == "C"
            and not candidate.code.startswith((*_BLOOD, *_SECONDARY))
            and any(_over(m, case) for m in candidate.mentions)
            and not any(_treated(m, case) for m in meant)
        ):
            candidate.why = "removed, without evidence of disease or further treatment: history (Guidelines I.C.2.m)"
        elif candidate.code.startswith(_UNSPECIFIED) and all(_said_malignant(m, case) for m in meant):
            candidate.why = "its words say that it is malignant (Neoplasm Table)"
        elif candidate.code[0] == "C" and not any(_malignant(m, case) for m in meant):
            candidate.why = "no word of malignancy: a tumor or mass is not coded as a cancer (Neoplasm Table)"
        elif candidate.code.startswith("Z85") and all(_treated(m, case) for m in candidate.mentions):
            candidate.why = "still treated or spread: coded as present (Guidelines I.C.2.m)"
    return made


def _by(candidate: Candidate) -> bool:
    return any(p.by == _BY for p in candidate.proposals)


def _in(mention: Mention, stretches: Mapping[str, tuple[tuple[int, int], ...]]) -> bool:
    places = stretches.get(mention.span.document, ())
    return any(mention.span.start < last and first < mention.span.end for first, last in places)


def _over(mention: Mention, case: Case) -> bool:
    return neoplasms.over(case.chart.document(mention.span.document), mention.span.start, mention.span.end)


def _treated(mention: Mention, case: Case) -> bool:
    return neoplasms.treated(case.chart.document(mention.span.document), mention.span.start)


def _said_malignant(mention: Mention, case: Case) -> bool:
    said = case.chart.document(mention.span.document).text[mention.span.start : mention.span.end].lower()
    return _CANCER.search(said) is not None


def _malignant(mention: Mention, case: Case) -> bool:
    """Tell whether words name a malignancy, or do not name a mere tumor."""
    document = case.chart.document(mention.span.document)
    said = document.text[mention.span.start : mention.span.end].lower()
    return _MALIGNANT.search(said) is not None or _VAGUE.search(said) is None


def _carcinoids(found: Iterable[Candidate], book: ICD10CM) -> list[Candidate]:
    """Return malignant carcinoids and their secondaries for carcinoids that have spread (C7A, C7B)."""
    live = [c for c in found if not c.why]
    tumors = [c for c in live if c.code.startswith(("D3A", "C7A"))]
    spread = [c for c in live if c.code.startswith(_SECONDARY) and _by(c)]
    if not tumors or not spread or any(c.code[0] == "C" and not c.code.startswith((*_SECONDARY, "C7")) for c in live):
        return []
    made: dict[str, Candidate] = {}
    pairs = [(c, c.code.replace("D3A", "C7A")) for c in tumors if c.code.startswith("D3A")]
    pairs += [(c, next(new for start, new in _CARCINOID_SPREAD if c.code.startswith(start))) for c in spread]
    for candidate, code in pairs:
        if book.valid(code) and code not in made:
            why = "a carcinoid that has spread is malignant (Guidelines I.C.2)"
            made[code] = Candidate(code, [recoded(p, code, "carcinoid", book, why) for p in candidate.proposals], [why])
            candidate.why = why
    return list(made.values())


def bring(reported: list[Candidate], weighed: Iterable[Candidate], case: Case) -> None:
    """Report, in place, primaries and secondary sites that the diagnoses name, and the encounter's therapy."""
    for candidate in weighed:
        if candidate in reported or not (_by_words(candidate) or _gone(candidate, case)):
            continue
        if candidate.code.startswith(_THERAPY) or any(m.section in _ASSESSED for m in candidate.mentions):
            candidate.why = ""
            candidate.score = max(candidate.score, _NAMED)
            if candidate.code[0] == "C":
                candidate.reasons.append("primary and secondary sites each have their code (Guidelines I.C.2)")
            reported.append(candidate)


def bring_primary(reported: list[Candidate], weighed: Iterable[Candidate]) -> None:
    """Report, in place, what has spread beside the secondary sites, where it is affirmed anywhere (Guidelines I.C.2)."""
    codes = [c.code for c in reported if not c.why]
    known = any((c[0] == "C" and not c.startswith(_SECONDARY)) or c.startswith("Z85") for c in codes)
    if known or not any(c.startswith(_SECONDARY) for c in codes):
        return
    named = [c for c in weighed if c.code[0] == "C" and not c.code.startswith(_SECONDARY) and _by_words(c)]
    best = max(named, key=lambda c: (c.score, c.code), default=None)
    if best is not None:
        best.why = ""
        best.score = max(best.score, _NAMED)
        best.reasons.append("what has spread stands beside its secondary sites (Guidelines I.C.2)")
        reported.append(best)


def _gone(candidate: Candidate, case: Case) -> bool:
    """Tell whether the diagnoses name a cancer of the past by what they say of its end."""
    return candidate.code.startswith("Z85") and any(
        m.section in _ASSESSED and _over(m, case) for m in candidate.mentions
    )


def _by_words(candidate: Candidate) -> bool:
    return (_by(candidate) or candidate.code.startswith("C7B")) and bool(candidate.asserted(AFFIRMED))


def of_therapy(reported: list[Candidate], book: ICD10CM) -> None:
    """Report the adverse effect of an antineoplastic drug that the titles of its complications tell, in place."""
    asking = next((c for c in reported if c.code in _OF_DRUGS and not c.why), None)
    if (
        asking is None
        or not book.valid(_ADVERSE)
        or any(c.code.startswith(_ADVERSE[:6]) and not c.why for c in reported)
    ):
        return
    why = f"{asking.code} asks for it: the adverse effect of the drug (Guidelines I.C.19.e.5.a)"
    made = Candidate(_ADVERSE, [recoded(p, _ADVERSE, asking.code, book, why) for p in asking.proposals], [why])
    made.score = asking.score
    reported.append(made)


def not_past(reported: Iterable[Candidate]) -> None:
    """Let the history of a cancer yield to the same cancer that is reported as present, in place (Guidelines I.C.2.m)."""
    standing = [c for c in reported if not c.why]
    for past in (c for c in standing if c.code.startswith("Z85")):
        present = next((c for c in standing if c.code[0] == "C" and PERSONAL.get(c.code[:3]) == past.code), None)
        if present is not None:
            past.yield_to(present, f"{present.code} is present (Guidelines I.C.2.m)", "of the past")


def leads(found: Mapping[str, float], reported: Iterable[Candidate]) -> dict[str, float]:
    """Return how well each candidate would stand first: the encounter's therapy or screening before what it finds.

    Guidelines I.C.2.e.2 and I.C.21.c.5.
    """
    screenings = [
        c.code for c in reported if c.code.startswith("Z12") and any(m.section in _REASONS for m in c.mentions)
    ]
    first = (*_THERAPY, *screenings)
    result = {code: worth + _FIRST if code.startswith(first) else worth for code, worth in found.items()}
    primaries = [worth for code, worth in found.items() if code[0] == "C" and not code.startswith((*_SECONDARY, "C80"))]
    if primaries and _NO_SITE in result:  # a spread that names no site is said beside what has spread
        result[_NO_SITE] = min(result[_NO_SITE], max(primaries) / 2)
    return result
