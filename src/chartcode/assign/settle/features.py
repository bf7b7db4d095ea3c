"""What can be said of a candidate in numbers: the features by which the fitted model judges whether it is reported."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from chartcode.assign.circumstances import surroundings
from chartcode.assign.context import weak
from chartcode.assign.settle.candidates import Candidate
from chartcode.books import Books
from chartcode.books.lexicon import Lexicon
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED, FAMILY, HISTORICAL, HYPOTHETICAL, NEGATED, POSSIBLE, Span

SECTION_GROUPS: Mapping[str, tuple[str, ...]] = {
    "final": ("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses", "postoperative diagnosis", "diagnosis"),
    "assessment": ("assessment", "assessment and plan", "impression", "plan", "problem list"),
    "early": ("admission diagnosis", "preoperative diagnosis", "indications", "reason for consultation", "reason for visit", "chief complaint", "clinical history"),
    "history": ("history of present illness", "subjective"),
    "past": ("past medical history", "past surgical history", "obstetric history", "gynecologic history", "developmental history"),
    "social": ("social history", "allergies", "immunizations"),
    "family": ("family history",),
    "review": ("review of systems",),
    "exam": ("physical exam", "vitals", "objective"),
    "results": ("labs", "imaging", "findings", "technique", "comparison", "specimens"),
    "course": ("hospital course", "emergency department course", "condition", "consults", "follow-up", "disposition"),
    "procedure": ("procedure", "procedure description", "anesthesia", "complications", "estimated blood loss"),
    "drugs": ("medications", "discharge medications", "discharge instructions"),
}  # fmt: skip
_IN = {group: f"in {group}" for group in (*SECTION_GROUPS, "none")}
GROUP_OF = {name: group for group, names in SECTION_GROUPS.items() for name in names}
_KINDS = ("discharge summary", "operative note", "office visit", "consult", "ed note", "radiology report",
          "history and physical", "progress note", "procedure note", "pathology report")  # fmt: skip
_SETTINGS = ("inpatient", "outpatient", "ed", "professional")
_Z = ("Z79", "Z80", "Z85", "Z86", "Z87", "Z88", "Z90", "Z91", "Z92", "Z95", "Z96", "Z98", "Z99")
_CHRONIC = ("E03", "E05", "E10", "E11", "E78", "E66", "F0", "F2", "F31", "F32", "F33", "F41", "F9", "G20", "G30", "G35", "G40", "G47",
            "I10", "I11", "I12", "I13", "I25", "I42", "I48", "I50", "I65", "I69", "I70", "I73", "J44", "J45", "J84", "K21", "K50", "K51",
            "K57", "K58", "K70", "K74", "M05", "M06", "M10", "M15", "M16", "M17", "M19", "M32", "M35", "M81", "N18", "N40", "H40", "D57", "B18", "B20")  # fmt: skip
_OPENING = ("final", "assessment", "early", "history", "course", "none")
_NEAR_START = 200


def term_key(mention: Mention, books: Books) -> str:
    """Return the name under which a phrase's prior is kept: its key, never its words."""
    return _term_key(mention.term, books.lexicon)


@lru_cache(maxsize=20_000)
def _term_key(term: str, lexicon: Lexicon) -> str:
    return f"term:{lexicon.key_of(term):x}"


@lru_cache(maxsize=20_000)
def code_features(code: str) -> Mapping[str, float]:
    """Return the features that a code has by itself."""
    row = {
        "chapter": float(ord(code[0]) - 65),
        "category": float((ord(code[0]) - 65) * 100 + (int(code[1:3]) if code[1:3].isdigit() else 50)),
        "symptom": float(code[0] == "R"),
        "injury": float(code[0] in "ST"),
        "event": float(code[0] in "VWXY"),
        "chronic": float(code.startswith(_CHRONIC)),
        "length": float(len(code)),
        "z": float(code[0] == "Z"),
    }
    row["z kind"] = float(next((n for n, z in enumerate(_Z, 1) if code.startswith(z)), 0))
    return row


def mention_features(mentions: Sequence[Mention], case: Case) -> dict[str, float]:
    """Return the features of a candidate's words: how often, how meant, where."""
    row: dict[str, float] = {}
    meant = [m.assertion for m in mentions]
    for name, assertion in (("affirmed", AFFIRMED), ("negated", NEGATED), ("possible", POSSIBLE), ("historical", HISTORICAL),
                            ("hypothetical", HYPOTHETICAL), ("family", FAMILY)):  # fmt: skip
        row[name] = float(meant.count(assertion))
    row["weak"] = float(sum(m.assertion == POSSIBLE and weak(m.cue) for m in mentions))
    good = [m for m in mentions if m.assertion in (AFFIRMED, HISTORICAL, POSSIBLE)] or list(mentions)
    groups = [GROUP_OF.get(m.section, "none") for m in good]
    row |= dict.fromkeys(_IN.values(), 0.0)
    for group in groups:
        row[_IN[group]] += 1.0
    coverage, lengths, items = 0.0, [], []
    for mention in good:
        around = surroundings(case.chart.document(mention.span.document))
        first, last = around.words.numbers(*around.around(mention.span.start, mention.span.end))
        words = max(1, last - first)
        own = len(mention.term.split())
        coverage = max(coverage, own / words)
        lengths.append(own)
        items.append(words)
    row["coverage"] = coverage
    row["words"] = float(max(lengths))
    row["letters"] = float(max(len(m.span.text) for m in good))
    row["shortest sentence"] = float(min(items))
    first = min(m.span.start for m in good)
    total = max(1, sum(len(d.text) for d in case.chart.documents))
    row["place"] = first / total
    row["near start"] = float(first < _NEAR_START)
    row["last place"] = max(m.span.start for m in good) / total
    return row


def chart_features(case: Case) -> dict[str, float]:
    """Return the features that all candidates of a chart share."""
    kinds = [d.kind for d in case.chart.documents]
    row = {f"is {kind}": float(kind in kinds) for kind in _KINDS}
    row |= {f"is {setting}": float(case.chart.encounter.setting == setting) for setting in _SETTINGS}
    row["age"] = float(-1 if case.chart.patient.age is None else case.chart.patient.age)
    row["text"] = math.log1p(sum(len(d.text) for d in case.chart.documents))
    return row


def _leads(standing: Sequence[Candidate]) -> dict[str, frozenset[str]]:
    """Return for the sections that open a coder's eyes the codes whose words stand first in them."""
    found: dict[str, tuple[int, set[str]]] = {}
    for candidate in standing:
        for mention in candidate.asserted(AFFIRMED, POSSIBLE, HISTORICAL):
            group = GROUP_OF.get(mention.section, "none")
            first, codes = found.get(group, (mention.span.start, set()))
            if mention.span.start < first:
                found[group] = mention.span.start, {candidate.code}
            elif mention.span.start == first:
                found[group] = first, codes | {candidate.code}
    return {group: frozenset(found[group][1]) if group in found else frozenset() for group in _OPENING}


def rows(standing: Sequence[Candidate], case: Case, books: Books) -> list[dict[str, float]]:
    """Return one row of named features for each candidate; a model's priors come from ``priors_of``."""
    shared = chart_features(case)
    categories = Counter(c.code[:3] for c in standing)
    chapters = Counter(c.code[0] for c in standing)
    mentions = [mention_features(c.mentions, case) for c in standing]
    final = float(sum(row["in final"] > 0 for row in mentions))
    assessed = float(sum(row["in assessment"] > 0 for row in mentions))
    definite = float(sum(c.code[0] not in "RZVWXY" and bool(c.asserted(AFFIRMED)) for c in standing))
    order = {c.code: n for n, c in enumerate(sorted(standing, key=lambda c: c.first))}
    leads = _leads(standing)
    sizes = [max((len(m.term.split()) for m in c.mentions), default=1) for c in standing]
    outer = _outermost(case)
    result = []
    for candidate, said, size in zip(standing, mentions, sizes, strict=True):
        best = candidate.best
        title = books.icd10cm.title(candidate.code)
        category = candidate.code[:3]
        engines = {p.by for p in candidate.proposals}
        row = {**said, **shared, **code_features(candidate.code)}
        row |= {
            "confidence": best.confidence,
            "proposals": float(len(candidate.proposals)),
            "by index": float("index" in engines),
            "by lexical": float("lexical" in engines),
            "by past": float("past" in engines),
            "by measures": float("measures" in engines),
            "by learned": float("learned" in engines),
            "learned share": max((p.confidence for p in candidate.proposals if p.by == "learned"), default=0.0),
            "vague": float("nspecified" in title),
            "other title": float(title.startswith("Other")),
            "candidates": float(len(standing)),
            "finals": final,
            "assessed": assessed,
            "definite": definite,
            **{f"first in {group}": float(candidate.code in codes) for group, codes in leads.items()},
            "order": order[candidate.code] / max(1, len(standing)),
            "same category": float(categories[category] - 1),
            "same chapter": float(chapters[candidate.code[0]] - 1),
            "biggest": float(size),
            "outermost": sum(m.span in outer for m in candidate.mentions) / max(1, len(candidate.mentions)),
            "joined": float(any("Guidelines" in r for r in candidate.reasons)),
        }
        result.append(row)
    return result


def _outermost(case: Case) -> frozenset[Span]:
    """Return the spans of the mentions that lie in no longer one."""
    found: set[Span] = set()
    last: Span | None = None
    for span in sorted({m.span for m in case.mentions}, key=lambda s: (s.document, s.start, -s.end)):
        if last is None or span.document != last.document or span.end > last.end:
            found.add(span)
            last = span
    return frozenset(found)


PRIORS = ("code prior", "category prior", "term prior")
"""The features that ``priors_of`` returns, in its order."""


def priors_of(
    standing: Sequence[Candidate], books: Books, priors: Mapping[str, float]
) -> list[tuple[float, float, float]]:
    """Return for each candidate one model's priors: log-odds learned for its code, its category and its phrases."""
    known = priors.get
    return [
        (
            known(f"code:{candidate.code}", 0.0),
            known(f"cat:{candidate.code[:3]}", 0.0),
            max((known(term_key(m, books), 0.0) for m in candidate.mentions), default=0.0),
        )
        for candidate in standing
    ]
