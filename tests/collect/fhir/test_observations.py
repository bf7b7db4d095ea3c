from __future__ import annotations

import pytest
from tests.collect.fhir.conftest import coded, encounter, of_patient, patient

LOINC = "http://loinc.org"


def observation(**fields):
    return of_patient("Observation", "o", status="final", code=coded(LOINC, "718-7", "Hemoglobin"), **fields)


@pytest.mark.parametrize(
    ("fields", "value", "unit"),
    [
        ({"valueQuantity": {"value": 9.10, "unit": "g/dL"}}, "9.1", "g/dL"),
        ({"valueQuantity": {"comparator": "<", "value": 3, "code": "mg/dL"}}, "<3", "mg/dL"),
        ({"valueCodeableConcept": {"text": "Positive"}}, "Positive", None),
        ({"valueString": "trace\nonly"}, "trace only", None),
        ({"valueInteger": 7}, "7", None),
        ({"valueBoolean": False}, "no", None),
        ({"valueRange": {"low": {"value": 5}, "high": {"value": 10, "unit": "/HPF"}}}, "5-10", "/HPF"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 64}}}, "1/64", None),
    ],
)
def test_values_of_every_kind(charts, fields, value, unit):
    (chart,) = charts(patient(), encounter(), observation(category=[coded("c", "laboratory")], **fields))
    (fact,) = chart.facts
    assert (fact.kind, fact.get("value"), fact.get("unit")) == ("lab", value, unit)
    assert fact.evidence[0].text == fact.text


@pytest.mark.parametrize(
    ("category", "kind", "section"),
    [
        ("vital-signs", "vital", "vitals"),
        ("laboratory", "lab", "labs"),
        ("social-history", "social", "social history"),
        ("imaging", "lab", "imaging"),
        ("survey", "lab", "other"),
    ],
)
def test_the_category_gives_the_kind(charts, category, kind, section):
    (chart,) = charts(patient(), encounter(), observation(category=[coded("c", category)], valueInteger=1))
    (fact,) = chart.facts
    assert fact.kind == kind
    assert chart.documents[0].section_at(fact.evidence[0].start) == section


def test_smoking_is_social_history_wherever_it_is_filed(charts):
    smoking = of_patient(
        "Observation", "o", status="final", category=[coded("c", "survey")], code=coded(LOINC, "72166-2", "Smoking"),
        valueCodeableConcept={"text": "Former smoker"},
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), smoking)
    assert (chart.facts[0].kind, chart.facts[0].get("value")) == ("social", "Former smoker")


def test_what_is_abnormal_and_the_range(charts):
    (chart,) = charts(
        patient(),
        encounter(),
        observation(
            valueQuantity={"value": 9, "unit": "g/dL"},
            interpretation=[coded("i", "LL")],
            referenceRange=[{"low": {"value": 12, "unit": "g/dL"}, "high": {"value": 16, "unit": "g/dL"}}],
        ),
    )
    assert [chart.facts[0].get(n) for n in ("abnormal", "range")] == ["critically low", "12-16 g/dL"]


def test_the_parts_of_a_panel_under_the_names_that_texts_use(charts):
    pressure = of_patient(
        "Observation", "bp", status="final", category=[coded("c", "vital-signs")], code=coded(LOINC, "85354-9", "BP"),
        component=[
            {"code": coded(LOINC, "8480-6", "Systolic"), "valueQuantity": {"value": 150, "unit": "mmHg"}},
            {"code": coded(LOINC, "8462-4", "Diastolic"), "valueQuantity": {"value": 95, "unit": "mmHg"}},
        ],
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), pressure)
    assert [(f.get("name"), f.get("value"), f.get("at")) for f in chart.facts] == [
        ("systolic blood pressure", "150", "Observation/bp.component[0]"),
        ("diastolic blood pressure", "95", "Observation/bp.component[1]"),
    ]


def test_the_conclusion_of_a_report(charts):
    report = of_patient(
        "DiagnosticReport", "r", status="final", code=coded(LOINC, "18748-4", "Chest X-ray"),
        conclusion="Right lower lobe pneumonia.", conclusionCode=[coded("http://snomed.info/sct", "1", "Pneumonia")],
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), report)
    words = next(d for d in chart.documents if d.id == "DiagnosticReport/r")
    assert (words.text, words.kind) == ("Right lower lobe pneumonia.", "radiology report")
    assert [(f.kind, f.text) for f in chart.facts if f.code] == [("diagnosis", "Pneumonia")]
