from __future__ import annotations

from datetime import date

import pytest
from tests.collect.fhir.conftest import ICD, coded, encounter, of_patient, patient, resource

from chartcode.model.code import Code

HCPCS = "https://bluebutton.cms.gov/resources/codesystem/hcpcs"


def claim(kind="Claim", **fields):
    return resource(
        kind, "k", patient={"reference": "Patient/p"},
        **{
            "status": "active",
            "type": coded("t", "institutional"),
            "billablePeriod": {"start": "2026-03-02", "end": "2026-03-06"},
            "diagnosis": [
                {"sequence": 1, "diagnosisCodeableConcept": coded(ICD, "A419", "SEPSIS"),
                 "type": [coded("d", "principal")], "onAdmission": coded("p", "y")},
                {"sequence": 2, "diagnosisCodeableConcept": coded(ICD, "R509", "FEVER"),
                 "type": [coded("d", "admitting")]},
            ],
            "item": [{"sequence": 1, "productOrService": coded(HCPCS, "99223"), "diagnosisSequence": [1, 2],
                      "modifier": [coded("m", "25"), coded("m", "AI")], "quantity": {"value": 2}}],
            **fields,
        },
    )  # fmt: skip


def test_a_claim_without_an_encounter_is_one(charts):
    period = {"category": coded("c", "admissionperiod"), "timingPeriod": {"start": "2026-03-02"}}
    left = {"category": coded("c", "discharge-status"), "code": coded("s", "6")}
    (chart,) = charts(patient(), claim(supportingInfo=[period, left]))
    about = chart.encounter
    assert (about.setting, about.first, about.last, about.disposition) == (
        "inpatient", date(2026, 3, 2), date(2026, 3, 6), "06",
    )  # fmt: skip
    assert (chart.patient.sex, chart.patient.age) == ("F", 64)
    billed = {f.get("role"): f for f in chart.facts if f.kind == "diagnosis"}
    assert billed["principal"].code == Code("ICD-10-CM", "A41.9")
    assert (billed["principal"].get("poa"), billed["principal"].get("rank"), billed["principal"].author) == (
        "Y", "1", "coder",
    )  # fmt: skip
    (line,) = (f for f in chart.facts if f.kind == "procedure")
    assert (line.code, line.get("modifiers"), line.get("units"), line.get("pointers")) == (
        Code("CPT", "99223"), "25 AI", "2", "1 2",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "setting"),
    [("60", "inpatient"), ("40", "outpatient"), ("71", "professional"), ("professional", "professional")],
)
def test_the_kind_of_claim_gives_the_setting(charts, kind, setting):
    (chart,) = charts(patient(), claim(type=coded("t", kind)))
    assert chart.encounter.setting == setting


def test_a_claim_and_its_answer_within_an_encounter_count_once(charts):
    line = [{"sequence": 1, "productOrService": coded(HCPCS, "99223"), "encounter": [{"reference": "Encounter/e"}]}]
    (chart,) = charts(patient(), encounter(), claim(item=line), claim("ExplanationOfBenefit", item=line))
    sepsis = [f for f in chart.facts if f.code == Code("ICD-10-CM", "A41.9")]
    assert [(f.get("at"), f.get("also")) for f in sepsis] == [
        ("Claim/k.diagnosis[0]", "ExplanationOfBenefit/k.diagnosis[0]")
    ]


def test_a_diagnosis_by_reference_gives_the_condition_its_role(charts):
    condition = of_patient("Condition", "c", code=coded(ICD, "A41.9", "Sepsis"), encounter={"reference": "Encounter/e"})
    by_reference = [
        {"sequence": 1, "diagnosisReference": {"reference": "Condition/c"}, "type": [coded("d", "principal")]}
    ]
    (chart,) = charts(patient(), encounter(), condition, claim(diagnosis=by_reference))
    (fact,) = (f for f in chart.facts if f.kind == "diagnosis")
    assert (fact.get("role"), fact.get("rank"), fact.get("at")) == ("principal", "1", "Condition/c")


def test_the_answer_of_medicare_in_stu3_and_its_icd_10(charts):
    old = claim("ExplanationOfBenefit", information=[], item=[{"service": coded(HCPCS, "J0696"), "sequence": 1}])
    old["diagnosis"] = [{"sequence": 1, "diagnosisCodeableConcept": coded("http://hl7.org/fhir/sid/icd-10", "F411")}]
    old["procedure"] = [
        {"sequence": 1, "procedureCodeableConcept": coded("http://hl7.org/fhir/sid/icd-10", "BW0.3ZZZ")}
    ]
    (chart,) = charts(patient(), old)
    assert {f.code for f in chart.facts} == {
        Code("ICD-10-CM", "F41.1"),
        Code("ICD-10-PCS", "BW03ZZZ"),
        Code("HCPCS", "J0696"),
    }


def test_a_claim_entered_in_error_is_denied(charts):
    (chart,) = charts(patient(), claim(status="entered-in-error"))
    assert {f.assertion for f in chart.facts} == {"negated"}
