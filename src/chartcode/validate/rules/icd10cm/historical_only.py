"""A condition that is over is reported as a current one.

What was treated and no longer exists is not coded as a disease; a history code (Z85-Z87 and others) tells it where it
matters. The rule speaks of conditions that come to an end: cancers, infections, infarctions, strokes, clots, stones,
ulcers, injuries and symptoms. "History of" is also said of chronic diseases that go on; those are left alone, and so is
a list of past problems whose heading alone says that they are past.

Examples:
    outpatient 2025-11-03, F 67
    dx Z00.00    "annual visit"
    dx C50.911   "breast cancer" historical    ! icd10cm/historical_only
    dx I63.9     "stroke" historical           ! icd10cm/historical_only

    outpatient 2025-11-03, F 67
    dx Z85.3    "breast cancer" historical
    dx I10      "hypertension" historical
    dx I25.2    "MI" historical
    dx J18.9    "pneumonia" historical "pneumonia of the left lower lobe"
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.books import Books
from chartcode.model.case import WARNING, Case, Finding, Remedy
from chartcode.model.chart import HISTORICAL
from chartcode.validate.questions import assertions, coded, of, seventh
from chartcode.validate.rule import rule

ENDING = (
    *(
        "A",
        "B0",
        "B1",
        "B2",
        "B3",
        "B4",
        "B5",
        "B6",
        "B7",
        "B8",
        "C",
        "D0",
        "G00",
        "G03",
        "G04",
        "G45",
        "H66",
        "I21",
        "I22",
    ),
    *(
        "I26",
        "I30",
        "I33",
        "I40",
        "I60",
        "I61",
        "I62",
        "I63",
        "I82.4",
        "J0",
        "J1",
        "J20",
        "J21",
        "J22",
        "J69",
        "J86",
        "J93",
    ),
    *("J96.0", "K25", "K26", "K27", "K35", "K36", "K37", "K56", "K65", "K80", "K81", "K85", "K92.0", "K92.1", "K92.2"),
    *("L02", "L03", "N10", "N17", "N20", "N30.0", "N39.0", "O", "R", "S", "T"),
)
GOING_ON = ("B18", "B20", "B90", "B91", "B92", "B94", "O94")
"""Chronic or late by their meaning."""


@rule(severity=WARNING, authority="ICD-10-CM Official Guidelines FY2026, III.A, IV.J and I.C.21.c.4")
def historical_only(case: Case, books: Books) -> Iterator[Finding]:  # noqa: ARG001 - it needs no book
    """Yield each code of a condition that ends, if only words about the past support it."""
    for d in of(coded(case), *ENDING):
        said = assertions(d) == {HISTORICAL} and not any(mention.cue.endswith(":") for mention in d.evidence)
        if said and not d.code.value.startswith(GOING_ON) and seventh(d) != "S":
            say = "report a history code, or find evidence that the condition is still present"
            yield Finding(f"{d.code} rests only on words about the past", (d,), Remedy("replace", (d.code,), say=say))
