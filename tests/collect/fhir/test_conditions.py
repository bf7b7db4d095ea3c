from __future__ import annotations

from datetime import date

import pytest
from tests.collect.fhir.conftest import ICD, SNOMED, coded, encounter, of_patient, patient, resource

from chartcode.model.code import Code


@pytest.mark.parametrize(
    ("fields", "assertion", "category"),
    [
        ({"verificationStatus": coded("v", "confirmed")}, "affirmed", "encounter diagnosis"),
        ({"verificationStatus": coded("v", "provisional")}, "possible", "encounter diagnosis"),
        ({"verificationStatus": coded("v", "refuted")}, "negated", "encounter diagnosis"),
        ({"verificationStatus": coded("v", "entered-in-error")}, "negated", "encounter diagnosis"),
        ({"clinicalStatus": coded("c", "resolved")}, "affirmed", "encounter diagnosis"),
        (
            {"clinicalStatus": coded("c", "resolved"), "category": [coded("x", "problem-list-item")]},
            "historical",
            "problem list",
        ),
        ({"category": [coded("x", "encounter-diagnosis")]}, "affirmed", "encounter diagnosis"),
    ],
)
def test_how_a_condition_is_meant(charts, fields, assertion, category):
    condition = of_patient("Condition", "c", encounter={"reference": "Encounter/e"}, code=coded(ICD, "J189"), **fields)
    (chart,) = charts(patient(), encounter(), condition)
    (fact,) = chart.facts
    assert (fact.kind, fact.assertion, fact.get("category")) == ("diagnosis", assertion, category)
    assert fact.code == Code("ICD-10-CM", "J18.9")
    assert fact.get("at") == "Condition/c"


def test_all_codings_are_kept_and_the_american_one_speaks(charts):
    code = {
        "text": "Burnt ear",
        "coding": [
            {"system": SNOMED, "code": "39065001", "display": "Burn of ear"},
            {"system": ICD, "code": "T20.21", "display": "Burn of second degree of ear"},
        ],
    }
    (chart,) = charts(patient(), encounter(), of_patient("Condition", "c", code=code))
    (fact,) = chart.facts
    assert (fact.text, fact.code) == ("Burnt ear", Code("ICD-10-CM", "T20.21"))
    assert fact.get("coding") == "SNOMED CT 39065001; ICD-10-CM T20.21"


def test_every_fact_has_words_to_show(charts):
    condition = of_patient(
        "Condition", "c", code={"text": "Gout  of\nfoot"}, category=[coded("x", "problem-list-item")],
        clinicalStatus=coded("c", "inactive"), onsetDateTime="2024-05", recordedDate="2026-03-03T09:15:00Z",
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), condition)
    (fact,) = chart.facts
    (span,) = fact.evidence
    document = chart.document(span.document)
    assert document.text[span.start : span.end] == span.text == "Gout of foot"
    assert "History of Gout of foot" in document.text
    assert document.section_at(span.start) == "problem list"
    assert (fact.on, fact.get("time"), fact.status) == (date(2026, 3, 3), "09:15", "inactive")


@pytest.mark.parametrize(
    ("actor", "author"),
    [
        ({"reference": "Practitioner/md"}, "provider"),
        ({"reference": "PractitionerRole/rn"}, "nurse"),
        ({"reference": "Patient/p"}, "patient"),
        ({"reference": "RelatedPerson/x"}, "patient"),
        ({"reference": "Device/x"}, "device"),
        ({"display": "somebody"}, "provider"),
    ],
)
def test_who_recorded_it(charts, actor, author):
    nurse = resource("PractitionerRole", "rn", code=[{"text": "Registered nurse"}])
    practitioner = resource("Practitioner", "md", qualification=[{"code": {"text": "MD"}}])
    condition = of_patient("Condition", "c", code={"text": "Gout"}, recorder=actor)
    (chart,) = charts(patient(), encounter(), nurse, practitioner, condition)
    assert chart.facts[0].author == author


def test_an_allergy_and_its_denial(charts):
    allergy = resource(
        "AllergyIntolerance", "a", patient={"reference": "Patient/p"}, code={"text": "Penicillin"},
        reaction=[{"manifestation": [{"text": "Hives"}], "severity": "moderate"}], clinicalStatus=coded("c", "active"),
    )  # fmt: skip
    none = resource("AllergyIntolerance", "n", patient={"reference": "Patient/p"}, code={"text": "No known allergies"})
    (chart,) = charts(patient(), encounter(), allergy, none)
    assert [(f.kind, f.text, f.assertion) for f in chart.facts] == [
        ("allergy", "Penicillin", "affirmed"),
        ("allergy", "No known allergies", "negated"),
    ]
    assert (chart.facts[0].get("reaction"), chart.facts[0].get("severity")) == ("Hives", "moderate")


def test_a_relative(charts):
    history = resource(
        "FamilyMemberHistory", "f", patient={"reference": "Patient/p"}, relationship={"text": "mother"},
        condition=[{"code": coded(ICD, "C50.919", "Breast cancer"), "onsetAge": {"value": 51, "unit": "a"}}],
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), history)
    (fact,) = chart.facts
    assert (fact.kind, fact.assertion, fact.get("relation"), fact.get("onset")) == (
        "family",
        "family",
        "mother",
        "51 a",
    )
    assert chart.document(fact.evidence[0].document).section_at(fact.evidence[0].start) == "family history"
