"""Statuses of drugs and devices, family history, immunisations, orders, intervals, days and authors."""

from __future__ import annotations

from datetime import date

import pytest

from chartcode.collect import chart_from_text
from chartcode.collect.occasions import author
from chartcode.model.chart import AFFIRMED, FAMILY, HISTORICAL, HYPOTHETICAL, NEGATED, Fact


def facts(text: str, kind: str, **known: object) -> list[Fact]:
    return [f for f in chart_from_text(text, "n", **known).facts if f.kind == kind]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("She takes lisinopril at home.", "home"),
        ("Medications were reviewed. He has been on warfarin.", "home"),
        ("She was given ceftriaxone 1 g IV in the emergency room.", "given"),
        ("Ketorolac 30 mg IV was given.", "given"),
        ("We will start metformin 500 mg twice daily.", "ordered"),
        ("He was started on aspirin, atorvastatin 40 mg and metoprolol 25 mg.", "ordered"),
        ("Lisinopril was discontinued.", "stopped"),
        ("MEDICATIONS: Lisinopril 10 mg daily.", "home"),
        ("DISCHARGE MEDICATIONS: Lisinopril 10 mg daily.", "discharge"),
        ("PLAN: Amoxicillin 500 mg t.i.d. for 10 days.", "ordered"),
        ("Amoxicillin.", ""),
    ],
)
def test_how_a_drug_is_used(text, status):
    found = {f.status for f in facts(text, "medication")}
    assert found == {status}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A Foley catheter was placed.", "placed"),
        ("The chest tube was then removed.", "removed"),
        ("She walks with a walker.", "used"),
        ("We ordered a hospital bed.", "ordered"),
        ("Pacemaker.", ""),
    ],
)
def test_how_a_device_is_used(text, status):
    assert [f.status for f in facts(text, "equipment")] == [status]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Mother had breast cancer at age 50.", [("mother", "breast cancer", FAMILY)]),
        (
            "His father died of colon cancer and stroke.",
            [("father", "colon cancer", FAMILY), ("father", "stroke", FAMILY)],
        ),
        ("Significant for diabetes and hypertension.", [(None, "diabetes", FAMILY), (None, "hypertension", FAMILY)]),
        ("Diabetes in maternal grandmother.", [("maternal grandmother", "Diabetes", FAMILY)]),
        ("No family history of heart disease.", [(None, "heart disease", NEGATED)]),
        ("Mother is alive and well.", []),
    ],
)
def test_family_history(text, said):
    found = facts(f"FAMILY HISTORY: {text}\nPLAN: Rest.", "family")
    assert [(f.get("relation"), f.get("condition"), f.assertion) for f in found] == said


def test_a_family_history_that_tells_nothing():
    assert [(f.text, f.assertion) for f in facts("FAMILY HISTORY: Noncontributory.", "family")] == [
        ("Noncontributory", NEGATED)
    ]


@pytest.mark.parametrize(
    ("text", "status", "assertion"),
    [
        ("She received a flu shot today.", "given", AFFIRMED),
        ("Immunizations are up to date.", "up to date", HISTORICAL),
        ("He declined the influenza vaccine.", "declined", NEGATED),
        ("She is due for Pneumovax.", "due", HYPOTHETICAL),
    ],
)
def test_immunizations(text, status, assertion):
    assert [(f.status, f.assertion) for f in facts(text, "immunization")] == [(status, assertion)]


def test_the_day_of_an_immunization():
    (fact,) = facts("Last tetanus shot was given 06/17/2019.", "immunization")
    assert (fact.on, fact.get("year")) == (date(2019, 6, 17), "2019")


@pytest.mark.parametrize(
    ("text", "words", "kind", "status"),
    [
        ("PLAN: Will order an MRI of the lumbar spine.", "MRI of the lumbar spine", "imaging", "ordered"),
        ("PLAN: Check CBC.", "CBC", "laboratory", "ordered"),
        ("PLAN: Refer to cardiology.", "cardiology", "consult", "ordered"),
        ("A stress test was scheduled.", "stress test", "test", "ordered"),
        ("We obtained a CT of the head.", "CT of the head", "imaging", "performed"),
    ],
)
def test_orders(text, words, kind, status):
    assert [(f.text, f.get("class"), f.status) for f in facts(text, "order")] == [(words, kind, status)]


@pytest.mark.parametrize(
    "text", ["We did not order an MRI.", "PAST MEDICAL HISTORY: Refused to obtain an MRI.", "MRI showed a tear."]
)
def test_what_is_no_order(text):
    assert facts(text, "order") == []


def test_an_interval_says_which_way_a_value_lies_and_that_it_did():
    text = "LABS: Sodium 128, potassium 4.0, WBC 14,200, hemoglobin 12.5.\nVITALS: BP 162/84, pulse 72."
    labs = {f.get("name"): (f.get("abnormal"), f.get("interval")) for f in facts(text, "lab", sex="F", age=60)}
    assert labs["sodium"] == ("low", "136 to 145")
    assert labs["potassium"] == (None, None)
    assert labs["white blood cells"] == ("high", "4 to 11")
    assert labs["hemoglobin"] == (None, None)
    (low,) = (f for f in facts(text, "lab", sex="M", age=60) if f.get("name") == "hemoglobin")
    assert low.get("abnormal") == "low"
    vitals = {f.get("name"): f.get("abnormal") for f in facts(text, "vital", age=60)}
    assert vitals == {"blood pressure": "high", "pulse": None}


@pytest.mark.parametrize(
    ("text", "unit", "flag"),
    [
        ("Sodium 128 (L) mmol/L.", "mmol/L", "low"),
        ("Sodium  128  mmol/L", "mmol/L", None),
        ("Glucose 210 H mg/dL", "mg/dL", "high"),
        ("Hemoglobin 9.1 g/dL L,", "g/dL", "low"),
        ("Creatinine 1.9 K 4.1", None, None),
        ("WBC 12.1 K/uL", "K/uL", None),
    ],
)
def test_units_before_and_behind_a_flag(text, unit, flag):
    fact = facts(f"LABS: {text}", "lab")[0]
    assert (fact.get("unit"), fact.get("abnormal")) == (unit, flag)


def test_a_low_diastolic_value_alone_is_not_called_low_and_a_count_in_urine_is_no_blood_count():
    text = "VITALS: BP 111/43.\nUrinalysis showed 15 to 20 white cells, 3+ protein."
    assert [f.get("abnormal") for f in facts(text, "vital", age=60)] == [None]
    assert [f for f in facts(text, "lab", age=60) if f.get("name") == "white blood cells"] == []


def test_the_notes_own_word_stands_and_children_are_not_judged():
    (fact,) = facts("LABS: Sodium 133 (normal).", "lab", age=60) or facts("Normal sodium 133.", "lab", age=60)
    assert fact.get("interval") is None or fact.get("abnormal") == "low"
    assert [f.get("abnormal") for f in facts("LABS: Sodium 128.", "lab", age=6)] == [None]


def test_the_day_of_a_result():
    text = "Date of visit: 03/02/2026\nLABS: Creatinine 1.1. A1c 8.1 on 02/01/2026."
    assert {f.get("name"): f.on for f in facts(text, "lab")} == {
        "creatinine": date(2026, 3, 2),
        "hemoglobin a1c": date(2026, 2, 1),
    }


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("NURSING ADMISSION NOTE", "nurse"),
        ("Nutrition Assessment", "dietitian"),
        ("Physical Therapy Evaluation", "therapist"),
        ("DISCHARGE SUMMARY", "provider"),
        ("Nursing home resident with cough.", "provider"),
    ],
)
def test_who_wrote_a_note(line, role):
    assert author(f"{line}\nStage 2 pressure ulcer of the sacrum.") == role
    assert {f.author for f in chart_from_text(f"{line}\nBMI 31.2.", "n").facts} == {role}
