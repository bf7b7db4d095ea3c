from __future__ import annotations

import pytest
from tests.collect.fhir.conftest import coded, encounter, of_patient, patient, resource

from chartcode.model.code import Code

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
DOSAGE = [
    {
        "text": "10 mg twice a day by mouth",
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "route": {"text": "oral"},
        "asNeededBoolean": True,
        "doseAndRate": [{"doseQuantity": {"value": 10, "unit": "mg"}}],
    }
]


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("MedicationRequest", {"dosageInstruction": DOSAGE, "status": "active"}, "ordered"),
        ("MedicationRequest", {"dosageInstruction": DOSAGE, "status": "stopped"}, "stopped"),
        ("MedicationStatement", {"dosage": DOSAGE, "status": "active"}, "home"),
        ("MedicationDispense", {"dosageInstruction": DOSAGE, "status": "completed"}, "dispensed"),
    ],
)
def test_a_drug(charts, kind, fields, status):
    drug = of_patient(kind, "m", medicationCodeableConcept=coded(RXNORM, "310404", "loratadine 10 MG"), **fields)
    (chart,) = charts(patient(), encounter(), drug)
    (fact,) = chart.facts
    assert (fact.kind, fact.text, fact.code, fact.status) == (
        "medication", "loratadine 10 MG", Code("RxNorm", "310404"), status,
    )  # fmt: skip
    got = [fact.get(name) for name in ("dose", "route", "frequency", "as needed")]
    assert got == ["10 mg", "oral", "2 times in 1 d", "yes"]


def test_a_drug_that_was_given_and_one_that_was_not(charts):
    given = of_patient(
        "MedicationAdministration", "m", status="completed", medicationCodeableConcept={"text": "cefazolin"},
        context={"reference": "Encounter/e"}, effectiveDateTime="2026-03-03T10:00:00Z",
        dosage={"dose": {"value": 2, "unit": "g"}, "route": {"text": "intravenous"}},
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), given, {**given, "id": "n", "status": "not-done"})
    assert [(f.status, f.assertion, f.get("dose")) for f in chart.facts] == [
        ("given", "affirmed", "2 g"),
        ("given", "negated", "2 g"),
    ]


@pytest.mark.parametrize("way", ["#drug", "Medication/drug", "https://fhir.example/r4/Medication/drug"])
def test_a_drug_by_reference(charts, way):
    drug = resource("Medication", "drug", code=coded(RXNORM, "1", "nizatidine"))
    request = of_patient("MedicationRequest", "m", status="active", medicationReference={"reference": way})
    if way.startswith("#"):
        request["contained"] = [drug]
    (chart,) = charts(patient(), encounter(), request, *([] if way.startswith("#") else [drug]))
    assert (chart.facts[0].text, chart.facts[0].code) == ("nizatidine", Code("RxNorm", "1"))


def test_a_procedure_with_its_reason(charts):
    condition = of_patient("Condition", "c", code=coded("http://hl7.org/fhir/sid/icd-10-cm", "K35.80", "Appendicitis"))
    done = of_patient(
        "Procedure", "x", status="completed", performedPeriod={"start": "2026-03-02T11:00:00Z"},
        code=coded("http://www.cms.gov/Medicare/Coding/ICD10", "0DTJ4ZZ", "Appendectomy"),
        reasonReference=[{"reference": "Condition/c"}], bodySite=[{"text": "appendix"}],
    )  # fmt: skip
    (chart,) = charts(patient(), encounter(), condition, done)
    fact = next(f for f in chart.facts if f.kind == "procedure")
    assert fact.code == Code("ICD-10-PCS", "0DTJ4ZZ")
    assert (fact.get("reason"), fact.get("site")) == ("Appendicitis (ICD-10-CM K35.80)", "appendix")


def test_level_two_codes_are_told_from_cpt(charts):
    hcpcs = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    first = of_patient("ServiceRequest", "a", status="active", intent="order", code=coded(hcpcs, "e0143", "Walker"))
    second = of_patient("ServiceRequest", "b", status="active", intent="order", code=coded(hcpcs, "99213", "Visit"))
    (chart,) = charts(patient(), encounter(), first, second)
    assert {f.code for f in chart.facts} == {Code("HCPCS", "E0143"), Code("CPT", "99213")}


def test_vaccines_and_why_one_was_not_given(charts):
    given = resource(
        "Immunization", "i", patient={"reference": "Patient/p"}, status="completed", occurrenceDateTime="2026-03-03",
        vaccineCode=coded("http://hl7.org/fhir/sid/cvx", "140", "Influenza"), lotNumber="A1",
    )  # fmt: skip
    refused = {**given, "id": "j", "status": "not-done", "statusReason": {"text": "patient objection"}}
    (chart,) = charts(patient(), encounter(), given, refused)
    assert [(f.code, f.assertion, f.get("why not")) for f in chart.facts] == [
        (Code("CVX", "140"), "affirmed", None),
        (Code("CVX", "140"), "negated", "patient objection"),
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("Device", {"patient": {"reference": "Patient/p"}, "type": {"text": "Walker"}}, "in use"),
        ("DeviceRequest", {"codeCodeableConcept": {"text": "Walker"}, "status": "active"}, "ordered"),
        ("DeviceRequest", {"codeReference": {"reference": "Device/w"}, "status": "active"}, "ordered"),
        ("DeviceUseStatement", {"device": {"reference": "Device/w"}, "status": "active"}, "used"),
        ("SupplyDelivery", {"suppliedItem": {"itemCodeableConcept": {"text": "Walker"}}}, "supplied"),
    ],
)
def test_equipment(charts, kind, fields, status):
    device = resource("Device", "w", type={"text": "Walker"}, manufacturer="Acme")
    thing = of_patient(kind, "d", **fields)
    (chart,) = charts(patient(), encounter(), thing, *([] if kind == "Device" else [device]))
    facts = [f for f in chart.facts if f.get("at") == f"{kind}/d"]
    assert [(f.kind, f.text, f.status) for f in facts] == [("equipment", "Walker", status)]
