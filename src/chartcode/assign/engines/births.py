"""Codes that a pregnancy or a birth has by its numbers: weeks (Z3A), outcome (Z37), liveborn (Z38), P07 by weeks and weight.

Guidelines I.C.15, I.C.16.d and I.C.21.c.11 to 12. Prematurity and low weight are the provider's to say; where they are
said, the weeks and the weight of the record pick the codes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from chartcode.assign.circumstances import surroundings
from chartcode.assign.maternity import CHILDBIRTH, PREGNANT, Maternity, maternity
from chartcode.assign.newborns import Birth, birth
from chartcode.books import Books
from chartcode.model.case import MENTIONS, Case, Mention, Proposal
from chartcode.model.chart import Span
from chartcode.model.code import ICD10CM, Code

_SURE = 0.85
_FIRST_WEEKS, _LAST_WEEKS = 8, 42
_ALL_LIVE, _ALL_DEAD = (
    {1: "Z37.0", 2: "Z37.2", 3: "Z37.51", 4: "Z37.52"},
    {1: "Z37.1", 2: "Z37.4", 3: "Z37.7", 4: "Z37.7"},
)
_SOME_DEAD = {2: "Z37.3", 3: "Z37.61", 4: "Z37.62"}
_LIVEBORN = {1: ("Z38.00", "Z38.01", "Z38.1"), 2: ("Z38.30", "Z38.31", "Z38.4"), 3: ("Z38.61", "Z38.62", "Z38.7"),
             4: ("Z38.63", "Z38.64", "Z38.7"), 5: ("Z38.65", "Z38.66", "Z38.7")}  # fmt: skip
"""By the number born at once: born here vaginally, by cesarean, outside of the hospital."""
_PREMATURE = re.compile(r"\b(?:pre[- ]?matur\w+|pre[- ]?term|preemie|low birth ?weight|vlbw|elbw|lbw)\b")
_SMALL = re.compile(r"\bsmall[- ]for[- ](?:gestational[- ]age|dates?)\b|\bsga\b")
_LIGHT = re.compile(r"\blight[- ]for[- ](?:gestational[- ]age|dates?)\b")
_WEIGHTS = (500, 750, 1000, 1250, 1500, 1750, 2000, 2500)
_LOW = ("P07.01", "P07.02", "P07.03", "P07.14", "P07.15", "P07.16", "P07.17", "P07.18")
_TERM = 37


def births(case: Case, books: Books) -> Iterator[Proposal]:
    """Yield the codes that the numbers of a pregnancy or of a birth lead to."""
    mother, child = maternity(case.chart), birth(case.chart)
    found = (*(_of_mother(mother) if mother else ()), *(_of_child(child, case) if child else ()))
    for code, span, why in found:
        if case.mode == MENTIONS and not code.startswith("Z3A"):  # a finding is words, not what they add up to
            continue
        if span is not None and books.icd10cm.valid(code):
            mention = Mention.told(case.chart.document(span.document), span, code[:3].lower())
            title = books.icd10cm.title(code)
            yield Proposal(Code(ICD10CM, code), "births", (mention,), (title,), _SURE, reasons=(why,))


def _of_mother(said: Maternity) -> Iterator[tuple[str, Span | None, str]]:
    if said.weeks is not None and said.weeks >= _FIRST_WEEKS and said.stage in (PREGNANT, CHILDBIRTH):
        yield f"Z3A.{min(said.weeks, _LAST_WEEKS):02d}", said.weeks_at, "completed weeks (Guidelines I.C.21.c.11)"
    if said.stage == CHILDBIRTH and said.weeks is None:
        yield "Z3A.00", said.births[0], "the record of the delivery does not say the weeks"
    if said.stage == CHILDBIRTH:
        yield (
            _outcome(said),
            said.live or said.dead or said.births[0],
            "every delivery has its outcome (Guidelines I.C.15.b.5)",
        )
        if not said.cesarean and not said.tools:
            yield "O80", said.births[0], "a delivery without other codes of the chapter (Guidelines I.C.15.n)"
        elif said.cesarean:
            yield "O82", said.births[0], "a cesarean delivery without a reason in the record"
    if said.stage == PREGNANT and said.trimester and said.pregnant_at:
        first = {1: "Z34.0"}.get(said.gravida or 0, "Z34.8" if said.gravida else "Z34.9")
        yield (
            f"{first}{said.trimester[0]}",
            said.pregnant_at,
            "supervision of a normal pregnancy, by gravidity and trimester",
        )
    if said.stage == PREGNANT and said.incidental:
        yield "Z33.1", said.pregnant_at, "the provider says that the pregnancy is incidental (Guidelines I.C.15.a.1)"


def _outcome(said: Maternity) -> str:
    if said.dead and said.live and said.fetuses > 1:
        return _SOME_DEAD[said.fetuses]
    if said.dead:
        return _ALL_DEAD[said.fetuses]
    return _ALL_LIVE[said.fetuses] if said.live or said.fetuses > 1 else "Z37.9" if not said.births else "Z37.0"


def _of_child(said: Birth, case: Case) -> Iterator[tuple[str, Span | None, str]]:
    if said.here:
        vaginal, cesarean, outside = _LIVEBORN[said.siblings]
        code = outside if said.home else cesarean if said.route == "cesarean" else vaginal if said.route else "Z38.2"
        if code == "Z38.2" and said.siblings > 1:
            code = "Z38.5" if said.siblings == 2 else "Z38.8"
        yield code, said.at, "the record of the birth, by place, way and number (Guidelines I.C.16.a.2)"
    small, premature = _named(_SMALL, case) or _named(_LIGHT, case), _named(_PREMATURE, case)
    if said.grams is not None and (small or premature) and said.grams < _WEIGHTS[-1]:
        place = bisect_right(_WEIGHTS, said.grams)
        kind = "P05.0" if small and not _named(_SMALL, case) else "P05.1"
        yield (
            f"{kind}{place + 1}" if small else _LOW[place],
            said.grams_at,
            "by the weight at birth (Guidelines I.C.16.d)",
        )
    if premature and said.weeks is not None and said.weeks < _TERM:
        yield _by_weeks(said.weeks), said.weeks_at, "by the weeks of gestation (Guidelines I.C.16.d)"


def _by_weeks(weeks: int) -> str:
    """Return the code of prematurity: P07.21 to P07.26 for fewer than 28 weeks, P07.31 to P07.39 for 28 to 36."""
    return f"P07.3{weeks - 27}" if weeks >= 28 else f"P07.2{max(weeks - 21, 1)}"


def _named(pattern: re.Pattern[str], case: Case) -> bool:
    """Tell whether the record says it of the child."""
    for document in case.chart.documents:
        context = surroundings(document).context
        for match in pattern.finditer(context.small):
            if context.assertion(match.start(), match.end(), document.section_at(match.start()))[0] == "affirmed":
                return True
    return False
