"""A diabetic's long-term medication is documented and not coded.

Insulin (Z79.4), oral drugs (Z79.84) and, since October 2022, other injectables (Z79.85) are reported beside type 2 and
secondary diabetes, each that is used. Insulin given for a few days of a stay does not count, and in type 1 diabetes it
goes without saying.

Examples:
    outpatient 2025-11-03, F 67
    med insulin glargine
    med metformin
    dx E11.9    ! icd10cm/antidiabetic_not_coded
    dx Z79.4

    outpatient 2025-11-03, F 67
    med insulin glargine
    med semaglutide
    dx E11.9
    dx Z79.4
    dx Z79.85

    outpatient 2025-11-03, F 17
    med insulin lispro
    dx E10.9
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import AFFIRMED
from chartcode.validate.questions import cm, coded, of
from chartcode.validate.rule import rule

USED_LONG = ("", "home", "active", "current", "continued", "discharge")
"""How a medication that is more than a matter of this stay is listed."""

CLASSES = (
    ("Z79.4", "insulin", r"insulin|humalog|novolog|lantus|levemir|tresiba|toujeo|basaglar|humulin|novolin|apidra"),
    (
        "Z79.84",
        "oral antidiabetic drugs",
        (
            r"metformin|glucophage|glipizide|glyburide|glimepiride|\w+gliptin|januvia|tradjenta|"
            r"\w+gliflozin|jardiance|farxiga|invokana|pioglitazone|actos|repaglinide|nateglinide|acarbose|rybelsus"
        ),
    ),
    (
        "Z79.85",
        "injectable antidiabetic drugs",
        (
            r"(?:dula|lira|albi)glutide|semaglutide(?! (?:oral|tab))|exenatide|tirzepatide|pramlintide|trulicity|"
            r"victoza|ozempic|mounjaro|byetta|bydureon"
        ),
    ),
)
"""Code, words for it, and the drugs; names of substances and common brands."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, I.C.4.a.3 and I.C.4.a.6.a")
def antidiabetic_not_coded(case: Case, books: Books) -> Iterator[Finding]:
    """Yield the first code of diabetes, other than type 1, for each class of drugs that is used and not reported."""
    diabetes = of(coded(case), "E08", "E09", "E11", "E13")
    if not diabetes:
        return
    drugs = [
        fact.text
        for fact in case.chart.facts
        if fact.kind == "medication" and fact.assertion == AFFIRMED and fact.status in USED_LONG
    ]
    for code, words, names in CLASSES:
        used = any(re.search(rf"\b(?:{names})\b", drug, re.IGNORECASE) for drug in drugs)
        if used and books.icd10cm.valid(code) and code not in case.diagnosis_codes:
            yield Finding(f"{words} are used for diabetes: add {code}", diabetes[:1], Remedy("add", cm(code)))
