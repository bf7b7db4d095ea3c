from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.engines.index import index
from chartcode.assign.engines.learned import learned
from chartcode.assign.engines.lexical import lexical
from chartcode.assign.engines.measures import measures
from chartcode.assign.engines.past import past
from chartcode.assign.mentions import mentions
from chartcode.collect import chart_from_text
from chartcode.model.case import Case

DAY = date(2026, 5, 1)


def proposed(engine, text, books):
    chart = chart_from_text(text, "n")
    case = Case(replace(chart, encounter=replace(chart.encounter, first=DAY, last=DAY)))
    case = case.plus(mentions(case, books))
    return {p.code.value: p for p in engine(case, books)}


@pytest.mark.parametrize(
    ("engine", "text", "code"),
    [
        (index, "ASSESSMENT: Left knee pain.", "M25.562"),
        (index, "ASSESSMENT: Community acquired pneumonia.", "J18.9"),
        (lexical, "IMPRESSION: Stone, 5 mm, impacted in the distal left ureter.", "N20.1"),
        (measures, "ASSESSMENT: Morbid obesity, BMI 42.3.", "Z68.41"),
        (measures, "Pregnant woman, intrauterine pregnancy at 28 weeks of gestation.", "Z3A.28"),
        (measures, "MEDICATIONS: Insulin glargine 20 units at bedtime.", "Z79.4"),
        (past, "He is status post prostate cancer.", "Z85.46"),
        (index, "His father died of prostate cancer.", "Z80.42"),
        (past, "Her sister also has bronchial asthma.", "Z82.5"),
        (learned, "He was admitted with fever.", "R50.9"),
    ],
)
def test_what_an_engine_proposes(engine, text, code, books):
    found = proposed(engine, text, books)
    assert code in found
    assert found[code].evidence
    assert 0 < found[code].confidence <= 1


def test_children_have_no_adult_body_mass_index(books):
    assert not proposed(measures, "A 9-year-old boy with obesity, BMI 28.", books)


def test_evidence_quotes_the_record(books):
    text = "ASSESSMENT: Acute cholecystitis."
    for proposal in proposed(index, text, books).values():
        for mention in proposal.evidence:
            assert text[mention.span.start : mention.span.end] == mention.span.text
