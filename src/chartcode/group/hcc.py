"""The hierarchical condition categories of a visit, by which Medicare Advantage is paid, and the codes behind each.

One group a category. Categories that a severer form of the same illness puts out are named by the one that stays.
The weight is the relative factor of the community segment without Medicaid, for the aged or (under 65) the disabled: a
chart does not tell entitlement, so the segment stands among the reasons.

What an earlier year's diagnosis would map to and this year's record does not is a suspect: a group of a system of its
own, so that it is never counted, and never a code.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.hcc import HCC, RX, V24
from chartcode.group.risk import Person, Risk, risk
from chartcode.model.case import BILLING, Case, Group
from chartcode.model.chart import AFFIRMED, HISTORICAL
from chartcode.model.code import ICD10CM, Code

SYSTEM = "CMS-HCC"
RX_SYSTEM = "RxHCC"
SCORE = "CMS-HCC score"
SUSPECT = "CMS-HCC suspect"

NOT_ACCEPTED = frozenset({"radiology report", "pathology report"})
"""Kinds of document that do not support risk adjustment: diagnostic radiology and laboratory services are not
acceptable sources (CMS, Medicare Managed Care Manual, chapter 7, section 120.1)."""


def hcc(case: Case, books: Books) -> Iterator[Group]:
    """Yield the V28 categories of a case that is not an inpatient stay, severest of each hierarchy only.

    A stay is paid by its DRG; its categories, which count for the year, are asked for by ``hcc_v28``.
    """
    if not case.inpatient:
        yield from _groups(case, books.hcc, SYSTEM)


def hcc_v28(case: Case, books: Books) -> Iterator[Group]:
    """Yield the V28 categories of any case: hospital inpatient records are acceptable sources too."""
    yield from _groups(case, books.hcc, SYSTEM)


def hcc_v24(case: Case, books: Books) -> Iterator[Group]:
    """Yield the V24 categories, which payment year 2025 still blends in, and programs of all-inclusive care longer."""
    yield from _groups(case, HCC(books.day, V24), SYSTEM)


def rxhcc(case: Case, books: Books) -> Iterator[Group]:
    """Yield the categories of the prescription drug model (Part D)."""
    yield from _groups(case, HCC(books.day, RX), RX_SYSTEM)


def score(case: Case, books: Books) -> Iterator[Group]:
    """Yield the raw V28 score of a case's diagnoses: age and sex, categories, interactions and their number.

    It is that of this case alone, not of all the year's, before normalisation and the coding adjustment.
    """
    model: HCC = books.hcc
    if case.mode != BILLING or model.payment_year is None or not _accepted(case):
        return
    person = Person(case.chart.patient.age, case.chart.patient.sex)
    found = risk(model, case.diagnosis_codes, person)
    if found.score is not None:
        summands = tuple(
            f"{factor.variable} {factor.worth:.3f}" + (f" by {', '.join(factor.codes)}" if factor.codes else "")
            for factor in found.factors
        )
        yield Group(SCORE, model.version, person.placed() or "", "Raw risk score", (), found.score, summands)


def suspects(case: Case, books: Books) -> Iterator[Group]:
    """Yield the V28 categories of coded facts from an earlier calendar year that no code of this case is in."""
    model: HCC = books.hcc
    if case.mode != BILLING or model.payment_year is None:
        return
    patient = case.chart.patient
    person = Person(patient.age, patient.sex)
    now = risk(model, case.diagnosis_codes, person)
    reached = now.categories.keys() | now.out.keys()
    before: dict[str, dict[str, str]] = {}
    for fact in case.chart.facts:
        code = fact.code
        if code and code.system == ICD10CM and fact.on and fact.on.year < books.day.year and _was_true(fact.assertion):
            for category in model.categories(code.value, patient.age, patient.sex):
                before.setdefault(category, {})[code.value] = fact.on.isoformat()
    covered = reached.union(*(model.below(category) for category in now.categories))
    for category in sorted(before.keys() - covered, key=int):
        told = ", ".join(f"{code} on {day}" for code, day in before[category].items())
        yield Group(
            SUSPECT,
            model.version,
            category,
            model.label(category),
            tuple(Code(ICD10CM, code) for code in before[category]),
            None,
            (f"recorded {told}, and not in this record: look whether it is still treated; it is not coded by itself",),
        )


def _was_true(assertion: str) -> bool:
    return assertion in (AFFIRMED, HISTORICAL)


def _groups(case: Case, model: HCC, system: str) -> Iterator[Group]:
    if case.mode != BILLING or model.payment_year is None or not _accepted(case):
        return
    person = Person(case.chart.patient.age, case.chart.patient.sex)
    found = risk(model, case.diagnosis_codes, person)
    segment = _segment(model, person)
    for category, codes in found.categories.items():
        yield Group(
            system,
            model.version if system == SYSTEM else "V08",
            category,
            model.label(category),
            tuple(Code(ICD10CM, code) for code in codes),
            model.factor(segment, category) if segment else None,
            tuple(_reasons(model, category, segment, found)),
        )


def _accepted(case: Case) -> bool:
    documents = case.chart.documents
    return not documents or any(document.kind not in NOT_ACCEPTED for document in documents)


def _segment(model: HCC, person: Person) -> str | None:
    """Return the segment of the community without Medicaid or low income, or None where the age is not known."""
    if model.version != RX or person.age is None:
        return person.placed()
    return "Rx_CE_NoLowNoAged" if person.disabled else "Rx_CE_NoLowAged"


def _of_segment(model: HCC, category: str, segment: str | None) -> str:
    """Say whose factor it is, or why there is none."""
    if segment is None:
        return "age not known: no factor"
    if model.version != RX:
        return f"segment {segment}: community, not dual, {'aged' if segment == 'CNA' else 'disabled (under 65)'}"
    if model.factor(segment, category) is None:
        return "no factor: until payment year 2026 the packaged tables hold two sets under one name"
    return f"segment {segment}: community, no low income; drug plans of both kinds together"


def _reasons(model: HCC, category: str, segment: str | None, found: Risk) -> Iterator[str]:
    proposed = ", factors as proposed" if model.proposed else ""
    yield f"payment year {model.payment_year}{proposed}"
    yield f"by the table {model.table}"
    yield _of_segment(model, category, segment)
    for lower, upper in found.out.items():
        if upper == category:
            yield f"puts out HCC {lower} ({', '.join(found.put_out[lower])})"
    mine = set(found.categories[category])
    for factor in found.factors:
        if not factor.variable.startswith("HCC") and mine & set(factor.codes):
            yield f"interaction {factor.variable}: {factor.worth:.3f} more with {', '.join(factor.codes)}"
