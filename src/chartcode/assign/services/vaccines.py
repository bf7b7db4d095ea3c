"""Vaccines given, each with its administration: the first injection, and each further one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chartcode.assign.services.line import Line
from chartcode.model.chart import Patient

_GIVEN = re.compile(
    r"\b(?:receiv\w+|given|gave|administer\w*|got|immuniz\w+|vaccinat\w+|inject\w*|updated|shot|booster|booster was|provided|today)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:up[- ]to[- ]date|utd|current|has had|had (?:his|her|a)|(?:in|within) the (?:last|past)|last (?:tetanus|td|flu)|in \d{4}|\d+/\d+/\d+|declin\w+|refus\w+|due|needs?|will)\b",
    re.IGNORECASE,
)
_COUNSELLED = re.compile(
    r"\bcounsel\w+|\brisks? and benefits|\bvis\b|\bdiscuss\w+ (?:the )?(?:vaccin|immuniz)", re.IGNORECASE
)
_COVID = ("91318", "91320", "91322")
_BY_NOSE_OR_MOUTH = ("90680", "90681")
_PRODUCT = "the vaccine's own number"


def given(lines: Iterable[Line]) -> list[Line]:
    """Return the vaccine lines of which the sentence says that the vaccine was given."""
    kept = []
    for one in lines:
        text = one.passages[0].text
        if _GIVEN.search(text) and not _PAST.search(text):
            one.reasons.append(_PRODUCT)
            kept.append(one)
    return kept


def administrations(vaccines: list[Line], patient: Patient) -> Iterator[Line]:
    """Yield the lines for giving the vaccines."""
    injected = [v for v in vaccines if v.code not in (*_COVID, *_BY_NOSE_OR_MOUTH)]
    swallowed = [v for v in vaccines if v.code in _BY_NOSE_OR_MOUTH]
    for one in (v for v in vaccines if v.code in _COVID):
        yield _beside(one, "90480", 1)
    told = " ".join(p.text for v in vaccines for p in v.passages)
    young = patient.age is not None and patient.age <= 18 and _COUNSELLED.search(told) is not None
    if young and injected:
        yield _beside(injected[0], "90460", len(injected))
        return
    if injected:
        yield _beside(injected[0], "90471", 1)
        if len(injected) > 1:
            yield _beside(injected[1], "90472", len(injected) - 1)
    if swallowed:
        yield _beside(swallowed[0], "90474" if injected else "90473", 1)
        if len(swallowed) > 1:
            yield _beside(swallowed[1], "90474", len(swallowed) - 1)


def _beside(vaccine: Line, code: str, units: int) -> Line:
    made = Line(code, list(vaccine.mentions[:1]), list(vaccine.passages[:1]), units=units, titled=vaccine.titled)
    made.reasons.append(f"given with {vaccine.code}")
    return made
