"""What several rules ask of a case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.books import Books
from chartcode.model.case import FIRST_LISTED, PRINCIPAL, Case, Diagnosis, Procedure
from chartcode.model.chart import AFFIRMED, Fact
from chartcode.model.code import ICD10CM, ICD10PCS, Code

FULL = 7
"""Characters of the longest code."""

_SIDE = re.compile(r"\b(right|left|bilateral(?:ly)?|both)\b", re.IGNORECASE)


def coded(case: Case) -> tuple[Diagnosis, ...]:
    """Return the ICD-10-CM diagnoses in the order of the claim, principal or first-listed one in front."""
    return case.coded


def operations(case: Case) -> tuple[Procedure, ...]:
    """Return the lines of the section Medical and Surgical of ICD-10-PCS with all their characters."""
    lines = (line for line in case.procedures if line.code.system == ICD10PCS)
    return tuple(line for line in lines if len(line.code.value) == FULL and line.code.value.startswith("0"))


def first(case: Case) -> Diagnosis | None:
    """Return the principal or first-listed diagnosis."""
    return next(iter(coded(case)), None)


def of(diagnoses: Iterable[Diagnosis], *beginnings: str) -> tuple[Diagnosis, ...]:
    """Return the diagnoses whose codes begin with one of these, written with the dot (``I51.4``)."""
    return tuple(d for d in diagnoses if d.code.value.startswith(beginnings))


def place(case: Case) -> str:
    """Return what the first diagnosis is called in this setting."""
    return PRINCIPAL if case.inpatient else FIRST_LISTED


def cm(*values: str) -> tuple[Code, ...]:
    """Return ICD-10-CM codes from their printed form."""
    return tuple(Code(ICD10CM, value) for value in values)


def seventh(diagnosis: Diagnosis) -> str:
    """Return the seventh character of a code, or the empty string."""
    bare = diagnosis.code.value.replace(".", "")
    return bare[6] if len(bare) == FULL else ""


def assertions(diagnosis: Diagnosis) -> frozenset[str]:
    """Return how the words of evidence are meant; empty where there are none."""
    return frozenset(mention.assertion for mention in diagnosis.evidence)


def documented(case: Case, books: Books, targets: Iterable[str]) -> Fact | None:
    """Return an affirmed fact of the record with a valid code that these targets cover, if there is one."""
    wanted = tuple(targets)
    for fact in case.chart.facts:
        code = fact.code.value if fact.code and fact.code.system == ICD10CM and fact.assertion == AFFIRMED else ""
        if code and books.icd10cm.valid(code) and books.icd10cm.covers(wanted, code):
            return fact
    return None


def says(case: Case, pattern: re.Pattern[str], *kinds: str) -> bool:
    """Tell whether an affirmed mention, or an affirmed fact of these kinds (all, if none is named), has the words."""
    mentioned = (m.span.text for m in case.mentions if m.assertion == AFFIRMED)
    facts = (f.text for f in case.chart.facts if f.assertion == AFFIRMED and (not kinds or f.kind in kinds))
    return any(pattern.search(words) for words in (*mentioned, *facts))


def unreported(case: Case, books: Books, targets: Iterable[str]) -> Code | None:
    """Return the code of an affirmed fact that the targets cover, if no reported code is covered by them."""
    wanted = tuple(targets)
    fact = documented(case, books, wanted)
    if fact is None or fact.code is None or any(books.icd10cm.covers(wanted, d.code.value) for d in coded(case)):
        return None
    return fact.code


def is_manifestation(diagnosis: Diagnosis, books: Books) -> bool:
    """Tell whether a code is a manifestation: by the Medicare Code Editor's list, or by its title."""
    code = diagnosis.code.value
    titled = "in diseases classified elsewhere" in books.icd10cm.title(code).lower()
    return titled or "manifestation" in books.icd10cm.flags(code)


def sides_said(diagnosis: Diagnosis) -> frozenset[str]:
    """Return the sides that the words of evidence name: right, left, bilateral."""
    said = {match.lower() for mention in diagnosis.evidence for match in _SIDE.findall(mention.span.text)}
    return frozenset("bilateral" if side.startswith("b") else side for side in said)


def explanation(sign: Diagnosis, diagnoses: Iterable[Diagnosis], books: Books) -> Diagnosis | None:
    """Return the reported disease that a sign or symptom routinely comes with, if there is one."""
    for pair in books.parameters["integral_signs.pairs"]:
        if sign.code.value.startswith(tuple(pair["sign"])):
            return next(iter(of(diagnoses, *pair["of"])), None)
    return None


def intent(diagnosis: Diagnosis) -> str:
    """Return the character of intent of a code from T36-T65: the sixth, or the fifth where the sixth is a placeholder.

    1 to 4 is a poisoning or toxic effect, 5 an adverse effect, 6 an underdosing; empty for shorter codes.
    """
    bare = diagnosis.code.value.replace(".", "")
    if len(bare) < FULL:
        return ""
    return bare[4] if bare[5] == "X" else bare[5]
