"""What a visit is for: an examination, a screening, a talk on diet that the record names as its reason.

Guidelines IV.A, I.C.21.c.5 (a screening that is the reason for the visit comes first, and what it finds beside it),
I.C.21.c.13 and .16 (examinations may only be first-listed). The model sees how seldom such words are coded at large;
where they are the reason for the visit there is no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from chartcode.assign.circumstances import REASONS, surroundings
from chartcode.assign.settle.candidates import Candidate, recoded
from chartcode.books import Books
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED, FAMILY

_PURPOSES = ("Z00.", "Z01.4", "Z01.2", "Z01.81", "Z02", "Z12", "Z39.2", "Z71.3")
_REASONS = frozenset((*REASONS, "indications", "preoperative diagnosis", "clinical history"))
_OPENING = frozenset(("", "subjective", "history of present illness", "other"))
_COMES_FOR = re.compile(
    r"\b(?:here|presents?|presented|presenting|comes?|came|coming|seen|returns?|returned|brought|visit|scheduled|referred|"
    r"in today|follow(?:s|ed)?[- ]?up)\b[^.;]{0,60}\b(?:for|to have|to get|to receive|to discuss)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_BEFORE = 160
_TITLE = 60
"""Characters at the top of a record that are its title."""
_WORTH = 0.05
_FIRST = 1.5
_ONE_OF_A_KIND = len("Z00.1")
_ADULT = 18
_NEWBORN_DAYS = ((8, "Z00.110"), (29, "Z00.111"))
"""Days of age under which the examination of a newborn has a code of its own."""


def purposes(standing: Sequence[Candidate], case: Case, books: Books) -> list[Candidate]:
    """Return the standing candidates, unlikely ones too, that the record of a visit names as its reason.

    The examination takes the code of the patient's age, in place.
    """
    if case.inpatient:
        return []
    found: dict[str, Candidate] = {}
    for candidate in sorted(standing, key=lambda c: (-c.score, c.code)):
        if candidate.code.startswith(_PURPOSES) and candidate.score >= _WORTH and _named(candidate, case):
            _by_age(candidate, case, books)
            found.setdefault(candidate.code[:_ONE_OF_A_KIND], candidate)
    for candidate in found.values():
        candidate.reasons.append("the reason for this visit (Guidelines IV.A)")
    return list(found.values())


def leads(found: Mapping[str, float], reported: Sequence[Candidate], case: Case) -> dict[str, float]:
    """Return how well each candidate would stand first: what the visit is for before what it finds."""
    first = {c.code for c in reported if c.code.startswith(_PURPOSES) and not case.inpatient and _named(c, case)}
    return {code: worth + _FIRST if code in first else worth for code, worth in found.items()}


def _named(candidate: Candidate, case: Case) -> bool:
    return any(m.assertion in (AFFIRMED, FAMILY) and _is_reason(m, case) for m in candidate.mentions)


def _is_reason(mention: Mention, case: Case) -> bool:
    """Tell whether words name why the patient came: under such a heading, in the title, or behind "comes in for"."""
    if mention.section in _REASONS:
        return True
    if mention.section not in _OPENING:
        return False
    document = case.chart.document(mention.span.document)
    start = mention.span.start
    if start < _TITLE and not document.text[:start].strip():
        return True
    first, _ = surroundings(document).context.sentence(start)
    return _COMES_FOR.search(document.text, max(first, start - _BEFORE), start) is not None


def _by_age(candidate: Candidate, case: Case, books: Books) -> None:
    """Give the examination the code of the patient's age, in place."""
    patient, code = case.chart.patient, candidate.code
    if patient.age_days is not None and code.startswith("Z00.1"):
        wanted = next((c for days, c in _NEWBORN_DAYS if patient.age_days < days), code)
    elif patient.age is not None and code.startswith("Z00.0") and patient.age < _ADULT:
        wanted = "Z00.12" + ("1" if code.endswith("1") else "9")
    else:
        return
    if wanted != code and books.icd10cm.valid(wanted):
        why = "by the patient's age (Guidelines I.C.21.c.13)"
        candidate.proposals = [recoded(p, wanted, code, books.icd10cm, why) for p in candidate.proposals]
        candidate.code = wanted
