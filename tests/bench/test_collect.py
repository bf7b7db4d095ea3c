from __future__ import annotations

import argparse
import json
from collections import Counter

import pytest
from bench.sets.files import Missing

from bench import collect


@pytest.fixture
def records(tmp_path):
    (tmp_path / "fhir").mkdir()
    patient = {"resourceType": "Patient", "id": "1", "gender": "female", "birthDate": "1980-01-01"}
    conditions = [
        {
            "resourceType": "Condition",
            "id": str(n),
            "subject": {"reference": "Patient/1"},
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": f"M10.{n % 10}"}]},
        }
        for n in range(30)
    ]
    tree = {"resourceType": "Bundle", "entry": [{"resource": r} for r in (patient, *conditions)]}
    (tmp_path / "fhir" / "a.json").write_text(json.dumps(tree), encoding="utf-8")
    return tmp_path


def test_records_are_counted_and_timed(records, capsys, monkeypatch):
    monkeypatch.setattr("bench.machine.one_core", lambda: "not bound")
    assert collect.main(argparse.Namespace(data=records, seconds=0.0, stream=0.0)) == 0
    row = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("| fhir"))
    assert [cell.strip() for cell in row.split("|")][2:8] == ["1", "1", "0", "0", "30", "30"]


def test_a_stream_of_bundles_and_one_of_resources(records):
    told = collect._streams(records, 200_000)
    assert "a bundle a line" in told
    assert "a resource a line" in told


def test_a_missed_code_is_a_failure(records, monkeypatch):
    monkeypatch.setattr("bench.machine.one_core", lambda: "not bound")
    monkeypatch.setattr("bench.coded.in_charts", lambda _: Counter())
    assert collect.main(argparse.Namespace(data=records, seconds=0.0, stream=0.0)) == 1


def test_no_records(tmp_path):
    with pytest.raises(Missing):
        collect.main(argparse.Namespace(data=tmp_path, seconds=0.0, stream=0.0))
