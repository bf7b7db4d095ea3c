"""What is FHIR, how it may come, and what is refused."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest
from bench.fuzz import samples
from bench.mutations import mutated
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.collect.fhir.conftest import ICD, bundle, coded, encounter, lines, of_patient, patient, resource

from bench import coded as coded_in
from chartcode.collect import Unreadable, fhir, read
from chartcode.model.chart import Chart

CONDITION = of_patient("Condition", "c", encounter={"reference": "Encounter/e"}, code=coded(ICD, "I10", "Hypertension"))
RECORD = (patient(), encounter(), CONDITION)


def kinds(found):
    return ["unreadable" if isinstance(one, Unreadable) else "chart" for one in found]


@pytest.mark.parametrize(
    ("head", "mine"),
    [
        (b'{"resourceType": "Patient"}', True),
        (b'\xef\xbb\xbf {\n "id": "x", "meta": {}, "resourceType":"Patient"}', True),
        (b'[{"resourceType": "Patient"}]', True),
        (b'{"code": {"coding": [{"system": "http://loinc.org"}]}}', True),
        (b'<Patient xmlns="http://hl7.org/fhir"><id value="1"/></Patient>', True),
        (b'{"id": "x", "diagnoses": []}', False),
        (b"{patient} has resourceType problems", False),
        (b"MSH|^~\\&|", False),
        (b"", False),
    ],
)
def test_recognised_by_content(head, mine):
    assert fhir.recognise(head) is mine


def test_lines_of_bundles(tmp_path):
    path = tmp_path / "patients.whatever"
    path.write_bytes(bundle(*RECORD) + b"\n" + b'{"resourceType": "Bund\n' + bundle(*RECORD) + b"\n")
    found = list(read(path))
    assert kinds(found) == ["chart", "unreadable", "chart"]
    assert [one.id for one in found if isinstance(one, Chart)] == [
        "patients.whatever#line 1",
        "patients.whatever#line 3",
    ]
    assert str(found[1]).startswith(f"{path}, line 2: the JSON ends too early")
    assert found[1].record == b'{"resourceType": "Bund\n'


def test_lines_of_resources_are_gathered_by_patient():
    other = [{**r, "id": f"{r['id']}2"} for r in RECORD]
    for one in other[1:]:
        one["subject"] = {"reference": "Patient/p2"}
    other[2]["encounter"] = {"reference": "Encounter/e2"}
    mixed = [CONDITION, other[2], patient(), other[0], other[1], encounter()]
    found = list(read(lines(*mixed)))
    assert [(c.id, [f.get("at") for f in c.facts]) for c in found] == [
        ("text#Encounter/e", ["Condition/c"]),
        ("text#Encounter/e2", ["Condition/c2"]),
    ]


def test_resources_in_parameters():
    held = {"resourceType": "Parameters", "parameter": [{"name": "return", "resource": json.loads(bundle(*RECORD))}]}
    (chart,) = read(json.dumps(held).encode())
    assert (chart.patient.sex, chart.facts[0].code.value) == ("F", "I10")


def test_an_array_of_resources_is_one_record():
    (chart,) = read(json.dumps(list(RECORD)).encode())
    assert (chart.patient.sex, chart.facts[0].code.value) == ("F", "I10")


def test_a_stream_of_resources(monkeypatch):
    drug = resource("Medication", "m", code={"text": "warfarin"})
    request = of_patient("MedicationRequest", "r", status="active", medicationReference={"reference": "Medication/m"})
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines(*RECORD, request, drug))))
    (chart,) = read("-")
    assert {f.text for f in chart.facts} == {"Hypertension", "warfarin"}


def test_the_folder_of_a_bulk_export(tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    for one in RECORD:
        (folder / f"{one['resourceType']}.000.ndjson").write_bytes(lines(one))
    (folder / "Practitioner.ndjson").write_bytes(lines(resource("Practitioner", "d", name=[{"text": "Dr Otter"}])))
    (folder / "Condition.001.ndjson").write_bytes(b'{"resourceType": "Condition", "id": "broken\n')
    (tmp_path / "note.txt").write_text("ASSESSMENT: Gout.", encoding="utf-8")
    found = list(read(tmp_path))
    assert kinds(found) == ["unreadable", "chart", "chart"]
    assert "Condition.001.ndjson" in str(found[0])
    assert [c.id for c in found[1:]] == ["export#Encounter/e", "note"]
    assert found[1].facts[0].get("at") == "Condition/c"


def test_single_resources_in_files_are_one_record(tmp_path):
    for one in RECORD:
        (tmp_path / f"{one['resourceType']}.json").write_text(json.dumps(one, indent=2), encoding="utf-8")
    (chart,) = read(tmp_path)
    assert (chart.patient.sex, chart.facts[0].code.value) == ("F", "I10")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (bundle(*RECORD)[:-40], "cut off"),
        (bundle(patient(), {**CONDITION, "clinicalStatus": "active"}), "STU3"),
        (bundle(patient(), {**encounter(), "class": [{}]}), "R5"),
        (b'<Patient xmlns="http://hl7.org/fhir"><id value="1"/></Patient>', "XML"),
        (bundle(resource("Organization", "o", name="x")), "nothing to code in it (Organization)"),
        (b'{"resourceType": "Bundle", "entry": []}', "no resources"),
        (b'{"meta": {"profile": ["http://hl7.org/fhir/x"]}}', "no resourceType"),
        (bundle(*RECORD).decode().encode("utf-16-be"), "ot"),
        (b'{"resourceType": "Condition", "code": ' + b"[" * 5000 + b"]" * 5000 + b"}", "deeply"),
        (bundle(*RECORD).replace(b"Hypertension", b"Hypertensi\xf3n"), "UTF-8"),
    ],
)
def test_what_is_refused_with_a_reason(data, says):
    (unreadable,) = read(data)
    assert isinstance(unreadable, Unreadable)
    assert says in str(unreadable)
    assert "\n" not in str(unreadable)
    assert "Hypertension" not in str(unreadable)


def test_a_missing_patient_is_told():
    (chart,) = read(bundle(encounter(), CONDITION))
    assert "the record has no Patient resource" in chart.remarks
    loose = {**CONDITION, "id": "loose"}
    del loose["subject"]
    found = list(read(lines(*RECORD, loose)))
    assert kinds(found) == ["chart", "unreadable"]
    assert "Condition/loose: it names no patient" in str(found[1])


def test_no_words_of_the_record_reach_a_message():
    odd = {"resourceType": "Mary Otter has gout", "id": "Mary Otter"}
    for data in (bundle(odd), lines(*RECORD, odd), lines(*RECORD, {**odd, "resourceType": "Condition"})):
        told = [str(one) for one in read(data) if isinstance(one, Unreadable)]
        assert told
        assert "Otter" not in "".join(told)


def test_another_language():
    spanish = {**CONDITION, "code": {"text": "Hipertensión arterial, ñandú 高血圧"}}
    (chart,) = read(
        json.dumps({"resourceType": "Bundle", "entry": [{"resource": r} for r in (patient(), spanish)]}).encode()
    )
    assert chart.facts[0].evidence[0].text == "Hipertensión arterial, ñandú 高血圧"


def test_odd_values_in_every_field_do_no_harm():
    odd = (None, 3, "x", [], {}, [None], [[]], [{"coding": 3}], {"reference": 7}, {"coding": [None, {"code": 1}]})
    fields = ("code", "subject", "encounter", "category", "clinicalStatus", "recorder", "onsetDateTime", "note", "item")
    for value in odd:
        for field in fields:
            for kind in ("Condition", "Claim", "Observation", "MedicationRequest", "Encounter", "DocumentReference"):
                for one in read(bundle(patient(), encounter(), {**CONDITION, "resourceType": kind, field: value})):
                    assert isinstance(one, Chart | Unreadable)


def test_every_coded_diagnosis_of_the_samples_is_found(shared):
    for path, data in samples(shared / "records", largest=10_000_000):
        if path.suffix in (".json", ".ndjson"):
            assert not coded_in.in_json(data) - coded_in.in_charts(read(data)), path.name


@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0))
def test_damage_to_an_invented_record(seed):
    for one in read(mutated(bundle(*RECORD), seed)):
        assert isinstance(one, Chart | Unreadable)


@settings(max_examples=2000, deadline=None)
@given(st.integers(min_value=0))
def test_damage_to_real_samples(shared, seed):
    known = samples(shared / "records", "fhir", 6_000)
    for one in read(mutated(known[seed % len(known)][1], seed)):
        assert isinstance(one, Chart | Unreadable)
