"""The hierarchical condition categories of a visit, by which Medicare Advantage is paid, and the codes behind each.

One group a category. Categories that a severer form of the same illness puts out are named by the one that stays.
The weight is the relative factor of the community segment without Medicaid, for the aged or (under 65) the disabled: a
chart does not tell entitlement, so the segment stands among the reasons.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.books.hcc import HCC
from chartcode.model.case import BILLING, Case, Group
from chartcode.model.code import ICD10CM, Code

SYSTEM = "CMS-HCC"

NOT_ACCEPTED = frozenset({"radiology report", "pathology report"})
"""Kinds of document that do not support risk adjustment: diagnostic radiology and laboratory services are not
acceptable sources (CMS, Medicare Managed Care Manual, chapter 7, section 120.1)."""

ASSIST_DEVICE, HEART_FAILURE = "223", frozenset({"221", "222", "224", "225", "226"})


def hcc(case: Case, books: Books) -> Iterator[Group]:
    """Yield the categories of a case that is not an inpatient stay, severest of each hierarchy only."""
    model: HCC = books.hcc
    if case.inpatient or case.mode != BILLING or model.payment_year is None or not _accepted(case):
        return
    patient = case.chart.patient
    found: dict[str, list[str]] = {}
    for code in case.diagnosis_codes:
        for category in model.categories(code, patient.age, patient.sex):
            found.setdefault(category, []).append(code)
    if ASSIST_DEVICE in found and model.version == "V28" and not HEART_FAILURE & found.keys():
        del found[ASSIST_DEVICE]  # a heart assist device counts only beside a heart failure category
    out = {lower: upper for upper in found for lower in model.below(upper) if lower in found}
    segment = None if patient.age is None else ("CNA" if patient.age >= 65 else "CND")
    for category in sorted(found.keys() - out.keys(), key=int):
        yield Group(
            SYSTEM,
            model.version,
            category,
            model.label(category),
            tuple(Code(ICD10CM, code) for code in found[category]),
            model.factor(segment, category) if segment else None,
            tuple(_reasons(model, category, segment, found, out)),
        )


def _accepted(case: Case) -> bool:
    documents = case.chart.documents
    return not documents or any(document.kind not in NOT_ACCEPTED for document in documents)


def _reasons(
    model: HCC, category: str, segment: str | None, found: dict[str, list[str]], out: dict[str, str]
) -> Iterator[str]:
    yield f"payment year {model.payment_year}" + (", factors as proposed" if model.proposed else "")
    if segment:
        yield f"segment {segment}: community, not dual, {'aged' if segment == 'CNA' else 'disabled (under 65)'}"
    else:
        yield "age not known: no factor"
    for lower, upper in out.items():
        if upper == category:
            yield f"puts out HCC {lower} ({', '.join(found[lower])})"
