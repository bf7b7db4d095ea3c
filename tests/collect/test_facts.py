"""Equipment, allergies, vital signs, laboratory values and habits, from small invented notes."""

from __future__ import annotations

import pytest

from chartcode.collect import chart_from_text
from chartcode.model.chart import AFFIRMED, HISTORICAL, NEGATED, Fact


def facts(text: str, kind: str) -> list[Fact]:
    return [f for f in chart_from_text(text, "n").facts if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She has a pacemaker and walks with a walker.", ["pacemaker", "walker"]),
        ("A Foley catheter was placed. Jackson-Pratt drain in situ.", ["Foley catheter", "Jackson-Pratt drain"]),
        ("He is on CPAP at night, with home oxygen.", ["CPAP", "home oxygen"]),
        ("Oxygen saturation 98% on room air.", []),
        ("A 32-French chest tube was inserted.", ["chest tube"]),
        ("FAMILY HISTORY: Father has a pacemaker.", []),
    ],
)
def test_equipment(text: str, said: list[str]) -> None:
    assert [f.text for f in facts(text, "equipment")] == said


def test_absent_equipment_is_negated() -> None:
    assert [f.assertion for f in facts("He does not use a cane.", "equipment")] == [NEGATED]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ALLERGIES: Penicillin, sulfa and latex.", ["Penicillin", "sulfa", "latex"]),
        ("ALLERGIES:\n1. Codeine (nausea).\n2. Iodine - hives.\nPLAN: Rest.", ["Codeine", "Iodine"]),
        ("ALLERGIES: The patient is allergic to aspirin which causes hives.", ["aspirin"]),
        ("She is allergic to shellfish.", ["shellfish"]),
        ("MEDICATIONS: Aspirin.", []),
    ],
)
def test_allergies(text: str, said: list[str]) -> None:
    assert [f.text for f in facts(text, "allergy")] == said


def test_reactions_and_classes() -> None:
    (fact,) = facts("ALLERGIES: Codeine (nausea).", "allergy")
    assert (fact.get("reaction"), fact.get("class"), fact.assertion) == ("nausea", "opiate analgesic", AFFIRMED)


@pytest.mark.parametrize("text", ["NKDA", "No known drug allergies.", "None.", "She denies any allergies."])
def test_no_allergies(text: str) -> None:
    assert [f.assertion for f in facts(f"ALLERGIES: {text}\nPLAN: Rest.", "allergy")] == [NEGATED]


def test_vital_signs() -> None:
    text = (
        "VITAL SIGNS: Blood pressure 126/67, pulse 71, respirations 20, temperature 97.9, SpO2 96% on room air, "
        "height 5 feet 9 inches, weight 105.6 kg, BMI of 34.2."
    )
    found = {f.get("name"): (f.get("value"), f.get("unit")) for f in facts(text, "vital")}
    assert found == {
        "blood pressure": ("126/67", "mm Hg"),
        "pulse": ("71", "/min"),
        "respirations": ("20", "/min"),
        "temperature": ("97.9", "F"),
        "oxygen saturation": ("96", "%"),
        "height": ("5 feet 9 inches", "ft in"),
        "weight": ("105.6", "kg"),
        "body mass index": ("34.2", "kg/m2"),
    }
    assert facts("VITALS: BP *, pulse *.", "vital") == []


def test_laboratory_values() -> None:
    text = (
        "LABS: White count was 12.7, hematocrit 26.1 (L). Sodium 133, glucose of 348 mg/dL, hemoglobin A1c 9.1%. "
        "Urine culture is negative. Elevated BNP of 851."
    )
    found = {f.get("name"): (f.get("value"), f.get("unit"), f.get("abnormal")) for f in facts(text, "lab")}
    assert found == {
        "white blood cells": ("12.7", None, None),
        "hematocrit": ("26.1", None, "low"),
        "sodium": ("133", None, None),
        "glucose": ("348", "mg/dL", None),
        "hemoglobin a1c": ("9.1", "%", None),
        "urine culture": ("negative", None, "negative"),
        "b-type natriuretic peptide": ("851", None, "high"),
    }
    assert facts("MEDICATIONS: Potassium 20 mEq daily.", "lab") == []


@pytest.mark.parametrize(
    ("text", "topic", "use", "assertion"),
    [
        ("She smokes one pack per day.", "tobacco", "current", AFFIRMED),
        ("He quit smoking 10 years ago.", "tobacco", "former", HISTORICAL),
        ("She is a nonsmoker.", "tobacco", "never", NEGATED),
        ("He denies any tobacco.", "tobacco", "never", NEGATED),
        ("He has a history of alcohol abuse.", "alcohol", "former", HISTORICAL),
        ("She drinks alcohol occasionally.", "alcohol", "current", AFFIRMED),
        ("No alcohol.", "alcohol", "never", NEGATED),
        ("She uses cocaine.", "drugs", "current", AFFIRMED),
        ("Denies illicit drugs.", "drugs", "never", NEGATED),
    ],
)
def test_habits(text: str, topic: str, use: str, assertion: str) -> None:
    (fact,) = facts(f"SOCIAL HISTORY: {text}", "social")
    assert (fact.get("topic"), fact.get("use"), fact.assertion) == (topic, use, assertion)


def test_the_amount_belongs_to_its_topic() -> None:
    text = "SOCIAL HISTORY: He smokes one pack per day and drinks alcohol, 6 beers a week."
    assert {f.get("topic"): f.get("amount") for f in facts(text, "social")} == {
        "tobacco": "one pack per day",
        "alcohol": "6 beers a week",
    }
