"""Vaccines given, each with its administration: the first and each further one, by who pays and by counselling.

Of a child up to eighteen whose parents were counselled each component of a vaccine is counted; Medicare has numbers of
its own for influenza, pneumonia and hepatitis B.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chartcode.assign.services.line import Line
from chartcode.books import Books
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
_CHILD = 18
_COMPONENTS = {
    "90636": 2, "90696": 4, "90697": 6, "90698": 5, "90700": 3, "90702": 2, "90707": 3, "90710": 4, "90714": 2,
    "90715": 3, "90723": 5,
}  # fmt: skip
"""Components of combined vaccines, one a disease; all others have one."""


def given(lines: Iterable[Line], books: Books) -> list[Line]:
    """Return the vaccine lines of which the sentence says that the vaccine was given, by the products of the day."""
    kept = []
    products = books.parameters.get("services.vaccines_of_the_day", {})
    for one in lines:
        text = one.passages[0].text
        if _GIVEN.search(text) and not _PAST.search(text):
            one.code = products.get(one.code, one.code)
            one.reasons.append(_PRODUCT)
            kept.append(one)
    return kept


def administrations(vaccines: list[Line], patient: Patient, books: Books, *, medicare: bool = False) -> Iterator[Line]:
    """Yield the lines for giving the vaccines."""
    own = books.parameters.get("services.vaccines_of_medicare", {}) if medicare else {}
    theirs = {v.code: number for number, codes in own.items() for v in vaccines if v.code in codes}
    for one in vaccines:
        if one.code in theirs:
            yield _beside(one, theirs[one.code], 1)
    others = [v for v in vaccines if v.code not in theirs]
    for one in (v for v in others if v.code in _COVID):
        yield _beside(one, "90480", 1)
    others = [v for v in others if v.code not in _COVID]
    if others and _counselled(others, patient):
        yield _beside(others[0], "90460", len(others))
        further = sum(_COMPONENTS.get(v.code, 1) - 1 for v in others)
        if further:
            yield _beside(others[0], "90461", further)
        return
    yield from _by_way(others)


def _by_way(vaccines: list[Line]) -> Iterator[Line]:
    """Yield the first and each further giving: by needle before by nose or mouth."""
    injected = [v for v in vaccines if v.code not in _BY_NOSE_OR_MOUTH]
    swallowed = [v for v in vaccines if v.code in _BY_NOSE_OR_MOUTH]
    if injected:
        yield _beside(injected[0], "90471", 1)
        if len(injected) > 1:
            yield _beside(injected[1], "90472", len(injected) - 1)
    if swallowed:
        yield _beside(swallowed[0], "90474" if injected else "90473", 1)
        if len(swallowed) > 1:
            yield _beside(swallowed[1], "90474", len(swallowed) - 1)


def _counselled(vaccines: list[Line], patient: Patient) -> bool:
    """Tell whether a child's note says, beside the vaccines or in the sentence after, that somebody was counselled."""
    if patient.age is None or patient.age > _CHILD:
        return False
    return any(_COUNSELLED.search(p.document.text, p.start, p.end + _AFTER) for v in vaccines for p in v.passages)


_AFTER = 160
"""Characters of the sentences that follow."""


def _beside(vaccine: Line, code: str, units: int) -> Line:
    made = Line(code, list(vaccine.mentions[:1]), list(vaccine.passages[:1]), units=units, titled=vaccine.titled)
    made.reasons.append(f"given with {vaccine.code}")
    return made
