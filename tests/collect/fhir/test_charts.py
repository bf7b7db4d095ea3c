"""One chart for each encounter; what names none goes by its day."""

from __future__ import annotations

from datetime import date

import pytest
from tests.collect.fhir.conftest import ICD, coded, encounter, of_patient, patient, resource


def condition(id_: str, **fields):
    return of_patient("Condition", id_, code=coded(ICD, "I10", "Hypertension"), **fields)


def test_the_encounter_and_the_patient(charts):
    stay = encounter(
        hospitalization={"dischargeDisposition": coded("http://hl7.org/fhir/discharge-disposition", "snf")},
        serviceProvider={"reference": "Organization/o"},
        participant=[
            {"individual": {"display": "Nurse Otter"}},
            {"type": [coded("t", "ATND")], "individual": {"reference": "Practitioner/d"}},
        ],
    )
    payer = resource("Coverage", "v", beneficiary={"reference": "Patient/p"}, payor=[{"display": "Medicare"}])
    house = resource("Organization", "o", name="Otter Bay Hospital")
    doctor = resource(
        "Practitioner", "d", identifier=[{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}]
    )
    (chart,) = charts(patient(), stay, payer, house, doctor)
    about = chart.encounter
    assert (about.setting, about.first, about.last, about.on) == (
        "inpatient", date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 6),
    )  # fmt: skip
    assert (about.disposition, about.payer, about.facility, about.provider) == (
        "03", "Medicare", "Otter Bay Hospital", "1234567893",
    )  # fmt: skip
    assert (chart.patient.sex, chart.patient.age, chart.remarks) == ("F", 64, ())


@pytest.mark.parametrize(
    ("kind", "setting"), [("IMP", "inpatient"), ("EMER", "ed"), ("AMB", "outpatient"), ("HH", "outpatient")]
)
def test_the_class_gives_the_setting(charts, kind, setting):
    (chart,) = charts(patient(), encounter(kind=kind))
    assert chart.encounter.setting == setting


def test_an_unknown_class_is_told_and_the_caller_may_speak(charts):
    (chart,) = charts(patient(), encounter(kind="X"))
    assert any("setting was not found" in remark for remark in chart.remarks)
    (chart,) = charts(patient(), encounter(kind="X"), setting="ed")
    assert (chart.encounter.setting, chart.remarks) == ("ed", ())


def test_facts_go_to_their_encounter_or_by_their_day(charts):
    first, second = encounter("a", "2026-01-05", "2026-01-05", "AMB"), encounter("b", "2026-03-02", "2026-03-06")
    found = charts(
        patient(),
        second,
        first,
        condition("named", encounter={"reference": "Encounter/a"}),
        condition("within", recordedDate="2026-03-04"),
        condition("between", recordedDate="2026-02-01"),
        condition("before", recordedDate="2020-01-01"),
        condition("undated"),
    )
    assert [c.id.partition("#")[2] for c in found] == ["Encounter/a", "Encounter/b"]
    placed = {f.get("at"): (c.id[-1], f.get("placed")) for c in found for f in c.facts}
    assert placed == {
        "Condition/named": ("a", None),
        "Condition/between": ("a", "outside its days"),
        "Condition/before": ("a", "outside its days"),
        "Condition/within": ("b", "within its days"),
        "Condition/undated": ("b", "outside its days"),
    }


def test_a_part_of_an_encounter_belongs_to_the_whole(charts):
    part = encounter("icu", partOf={"reference": "Encounter/e"})
    (chart,) = charts(patient(), encounter(), part, condition("c", encounter={"reference": "Encounter/icu"}))
    assert chart.encounter.first == date(2026, 3, 2)
    assert chart.facts[0].get("placed") is None


def test_without_encounters_the_patient_has_one_chart(charts):
    (chart,) = charts(patient(), condition("c", recordedDate="2026-03-04"))
    assert (chart.id, chart.encounter.on) == ("text", date(2026, 3, 4))


def test_two_patients_are_kept_apart(charts):
    other = {**condition("c"), "subject": {"reference": "Patient/q"}}
    found = charts(patient(), {**patient(), "id": "q", "gender": "male"}, condition("d"), other)
    assert {(c.patient.sex, c.facts[0].get("at")) for c in found} == {("F", "Condition/d"), ("M", "Condition/c")}


def test_full_urls_and_versions_lead_to_the_same_resource(charts):
    away = condition("c", encounter={"reference": "https://fhir.example/r4/Encounter/e/_history/3"})
    away["subject"] = {"reference": "https://fhir.example/r4/Patient/p"}
    (chart,) = charts(patient(), encounter(), away)
    assert chart.facts[0].get("placed") is None


def test_of_two_resources_with_one_id_the_later_version_stands(charts):
    old = condition("c", meta={"lastUpdated": "2026-01-01"})
    new = {
        **condition("c", meta={"lastUpdated": "2026-02-01"}),
        "code": coded(ICD, "I11.9", "Hypertensive heart disease"),
    }
    for pair in ((old, new), (new, old)):
        (chart,) = charts(patient(), encounter(), *pair)
        assert [f.code.value for f in chart.facts] == ["I11.9"]
        assert any("Condition/c is in the record twice" in remark for remark in chart.remarks)


def test_the_diagnoses_of_the_encounter_have_role_and_rank(charts):
    stay = encounter(
        diagnosis=[
            {"condition": {"reference": "Condition/b"}, "use": coded("u", "DD"), "rank": 1},
            {"condition": {"reference": "Condition/a"}, "use": coded("u", "AD")},
        ],
        reasonCode=[{"text": "Chest pain"}],
        type=[coded("http://www.ama-assn.org/go/cpt", "99223")],
    )
    listed = {"category": [coded("x", "problem-list-item")]}
    (chart,) = charts(patient(), stay, condition("a", **listed), condition("b", **listed))
    told = {f.get("at"): (f.get("category"), f.get("role"), f.get("rank")) for f in chart.facts}
    assert told == {
        "Condition/a": ("encounter diagnosis", "admitting", None),
        "Condition/b": ("encounter diagnosis", "discharge", "1"),
        "Encounter/e.reasonCode[0]": ("reason for visit", None, None),
        "Encounter/e.type[0]": ("visit", None, None),
    }


def test_what_is_not_read_is_told(charts):
    plan = of_patient("CarePlan", "x", status="active", intent="plan")
    (chart,) = charts(patient(), encounter(), plan)
    assert chart.remarks == ("not read: 1 CarePlan",)
