from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chartcode.assign.engines.births import births
from chartcode.assign.engines.index import index
from chartcode.assign.engines.learned import learned
from chartcode.assign.engines.lexical import lexical
from chartcode.assign.engines.measures import measures
from chartcode.assign.engines.past import PERSONAL, RELATIVE, past
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
        (births, "Pregnant woman, intrauterine pregnancy at 28 weeks of gestation.", "Z3A.28"),
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


@pytest.mark.parametrize("table", [PERSONAL, RELATIVE], ids=["personal", "relative"])
def test_every_history_code_is_in_the_book(table, books):
    assert {code for code in table.values() if not books.icd10cm.leaves(code)} == set()


@pytest.mark.parametrize("table", [PERSONAL, RELATIVE], ids=["personal", "relative"])
def test_every_condition_with_a_history_code_is_in_the_book(table, books):
    assert {c for c in table if len(c) > 2 and not books.icd10cm.known(c)} == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BMI 24.0.", "Z68.24"),
        ("BMI: 19.9", "Z68.1"),
        ("Body mass index is 30.4 kg/m2.", "Z68.30"),
        ("BMI 45.1.", "Z68.42"),
        ("BMI of 71.", "Z68.45"),
    ],
)
def test_where_the_bands_of_the_body_mass_index_part(text, code, books):
    assert code in proposed(measures, f"A 40-year-old woman. ASSESSMENT: Obesity. VITALS: {text}", books)


@pytest.mark.parametrize("text", ["No pregnancy. Back pain for 28 weeks.", "He is 28 weeks post transplant."])
def test_no_weeks_of_gestation_where_there_is_no_pregnancy(text, books):
    assert not any(code.startswith("Z3A") for code in proposed(births, text, books))


@pytest.mark.parametrize("engine", [index, lexical, learned, measures, past])
@pytest.mark.parametrize("text", ["", "\n", "xqzzt bluvv", "1 2 3"])
def test_what_says_nothing_proposes_nothing(engine, text, books):
    assert proposed(engine, text, books) == {}


def test_what_is_denied_is_no_history(books):
    assert proposed(past, "He has no history of prostate cancer.", books) == {}
    assert proposed(past, "She has breast cancer.", books) == {}
