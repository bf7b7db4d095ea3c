from __future__ import annotations

from datetime import date

import pytest

from chartcode.assign.substances import ACCIDENTAL, ADVERSE, MEANT, UNDERDOSED, UNDETERMINED, effects, intent
from chartcode.collect import chart_from_text

DAY = date(2026, 5, 1)


def chart(text):
    return chart_from_text(f"HPI: {text}", "note", setting="ed", day=DAY)


@pytest.mark.parametrize(
    ("text", "stem", "column"),
    [
        ("Overdose of metoprolol.", "T44.7X", ACCIDENTAL),
        ("Xanax overdose.", "T42.4X", ACCIDENTAL),
        ("She took a handful of Tylenol tablets in a suicide attempt.", "T39.1X", ACCIDENTAL),
        ("He accidentally took two doses of his warfarin.", "T45.51", ACCIDENTAL),
        ("Rash due to Bactrim.", "T37.0X", ADVERSE),
        ("Steroid-induced hyperglycemia.", "T38.0X", ADVERSE),
        ("Adverse reaction to morphine.", "T40.2X", ADVERSE),
        ("Digoxin toxicity.", "T46.0X", ADVERSE),
        ("Lisinopril was stopped due to cough.", "T46.4X", ADVERSE),
        ("He ran out of his insulin.", "T38.3X", UNDERDOSED),
        ("She stopped taking her Keppra.", "T42.6X", UNDERDOSED),
        ("Noncompliant with Lasix.", "T50.1X", UNDERDOSED),
    ],
)
def test_the_words_around_a_drug_pick_its_column(text, stem, column):
    found = [(e.stem, e.column) for e in effects(chart(text))]
    assert (stem, column) in found


@pytest.mark.parametrize(
    "text",
    [
        "Continue lisinopril.",
        "He takes Coumadin for atrial fibrillation.",
        "No evidence of digoxin toxicity.",
        "We stopped taking blood; lisinopril 10 mg daily.",
        "Detox from heroin.",
        "Hypertension due to the cocaine on board.",
        "He was converted from IV amiodarone to oral amiodarone.",
        "Allergic to penicillin years ago: rash due to penicillin years ago.",
    ],
)
def test_a_drug_that_is_only_taken_did_nothing(text):
    assert not list(effects(chart(text)))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Tylenol overdose.", ACCIDENTAL),
        ("Unintentional overdose.", ACCIDENTAL),
        ("Overdose; he denies a suicide attempt.", ACCIDENTAL),
        ("Overdose in a suicide attempt.", MEANT),
        ("Intentional ingestion of bleach.", MEANT),
        ("Overdose, intent undetermined.", UNDETERMINED),
        ("Overdose; it is unclear whether this was intentional.", UNDETERMINED),
        ("Diagnosis undetermined.", ACCIDENTAL),
        ("The purpose of this visit is follow-up.", ACCIDENTAL),
    ],
)
def test_an_intent_has_to_be_told(text, column):
    assert intent(chart(text)) == column


def test_every_drug_has_its_columns_in_the_book(books):
    from chartcode.assign.settle.poisonings import _code
    from chartcode.assign.substances import Effect, drugs

    span = chart("x").documents[0].span(0, 1)
    for stem in set(drugs().values()):
        assert _code(Effect(stem, ACCIDENTAL, span, plain=True), books.icd10cm), stem
