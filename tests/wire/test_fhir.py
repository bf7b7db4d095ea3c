"""Bytes become resources, or a reason; what is behind a broken one goes on."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.wire import fhir

PATIENT = {"resourceType": "Patient", "id": "1"}


def read(data: bytes) -> list[fhir.Record]:
    return list(fhir.records(io.BytesIO(data)))


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_document(indent, mark):
    (record,) = read(mark + json.dumps(PATIENT, indent=indent).encode())
    assert (record.place, record.tree) == ("", PATIENT)


def test_utf_16_with_its_mark():
    (record,) = read(json.dumps(PATIENT, indent=1).encode("utf-16"))
    assert record.tree == PATIENT


def test_lines_and_their_places_in_the_stream():
    data = b"\n".join(json.dumps({**PATIENT, "id": str(n)}).encode() for n in range(5)) + b"\n\n"
    stream = io.BytesIO(data)
    found = list(fhir.records(stream))
    assert [r.place for r in found] == ["line 1", "line 2", "line 3", "line 4", "line 5"]
    assert [fhir.read(stream, r.start, r.length) for r in found] == [r.tree for r in found]


def test_an_array():
    assert [(r.place, r.tree is None) for r in read(b'[{"a": 1}, 3, {"b": 2}]')] == [
        ("item 1", False),
        ("item 2", True),
        ("item 3", False),
    ]


def test_decimals_stay_as_written():
    assert fhir.decode(b'{"value": 7.20, "count": 3}') == {"value": "7.20", "count": 3}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"resourceType": "Pat', "cut off"),
        (b'{"resourceType": Patient}', "not JSON (column"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": NaN}', "number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number"),
        (b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "deeply"),
        (b"[1, 2]", "no resource"),
    ],
)
def test_the_good_lines_go_on_behind_a_broken_one(line, says):
    good = json.dumps(PATIENT).encode()
    first, broken, last = read(b"\n".join((good, line, good)))
    assert first.tree == last.tree == PATIENT
    assert broken.tree is None
    assert says in broken.why
    assert broken.raw == line + b"\n"
    assert broken.place == "line 2"


def test_a_broken_first_line_does_not_hide_the_lines_behind_it():
    first, second = read(b'{"resourceType": "Pat\n' + json.dumps(PATIENT).encode())
    assert "cut off" in first.why
    assert second.tree == PATIENT


def test_what_is_too_large_is_refused_and_the_next_line_read(monkeypatch):
    monkeypatch.setattr(fhir, "LIMIT", 100)
    good = json.dumps(PATIENT).encode()
    found = read(good + b"\n" + b'{"a": "' + b"x" * 5000 + b'"}\n' + good + b"\n")
    assert [(r.place, r.tree is None) for r in found] == [("line 1", False), ("line 2", True), ("line 3", False)]
    assert "NDJSON" in found[1].why
    (whole,) = read(b'{\n "a": "' + b"x" * 5000 + b'"\n}')
    assert whole.tree is None


@pytest.mark.parametrize(
    ("resource", "release"),
    [
        ({"resourceType": "Condition", "clinicalStatus": {"coding": []}}, "R4"),
        ({"resourceType": "Condition", "clinicalStatus": "active"}, "STU3"),
        ({"resourceType": "Procedure", "context": {}}, "STU3"),
        ({"resourceType": "Encounter", "class": [{}]}, "R5"),
        ({"resourceType": "MedicationRequest", "medication": {"concept": {}}}, "R5"),
        ({"resourceType": "ExplanationOfBenefit", "information": []}, "R4"),
        ({"resourceType": 3}, "R4"),
    ],
)
def test_the_release_is_known_by_its_shape(resource, release):
    assert fhir.version(resource) == release


@given(st.binary(max_size=300))
def test_any_bytes_give_records_or_reasons(data):
    for record in read(data):
        assert (record.tree is None) == bool(record.why)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)))
def test_any_json_object_comes_back(value):
    (record,) = read(json.dumps({"a": value}).encode())
    assert record.tree == {"a": value}
