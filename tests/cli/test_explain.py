from __future__ import annotations

import json
from collections import Counter

import pytest

from chartcode.validate import catalogue


@pytest.fixture
def visit(folder):
    return folder / "clinic" / "visit.txt"


def test_a_proof_has_all_its_parts(run, visit, capsys):
    assert run("explain", visit, "E11.42") == 0
    out = capsys.readouterr().out
    for part in ("E11.42", "first-listed", "the record says", "the way through the book", "passed"):
        assert part in out
    assert "Type 2 diabetes mellitus with diabetic polyneuropathy" in out
    assert "assessment and plan, characters" in " ".join(out.split())


def test_the_rules_that_it_passed_are_counted_by_authority(run, visit, capsys):
    assert run("explain", visit, "E11.42") == 0
    passed = capsys.readouterr().out.partition("passed ")[2].splitlines()[1]
    counts = {authority: int(count) for count, authority in map(str.split, passed.split(","))}
    known = Counter(rule.id.partition("/")[0] for rule in catalogue())
    assert counts["icd10cm"] > 50
    assert all(count <= known[authority] for authority, count in counts.items())
    assert not set(counts) & {"icd10pcs", "cpt", "ncci"}


@pytest.mark.parametrize("spelled", ["e11.42", "E1142", "E11"])
def test_a_code_may_be_spelled_loosely_or_be_a_category(spelled, run, visit, capsys):
    assert run("explain", visit, spelled) == 0
    assert "E11.42" in capsys.readouterr().out


def test_a_rejected_code_tells_why_with_the_words(run, visit, capsys):
    assert run("explain", visit, "R07.9") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "not reported: negated" in out
    assert "denies" in out


def test_a_coded_file_is_explained_as_its_note_is(run, visit, tmp_path, capsys):
    assert run("code", visit, "--format", "jsonl", "-o", tmp_path / "coded.jsonl") == 0
    assert run("explain", tmp_path / "coded.jsonl", "E11.42") == 0
    out = capsys.readouterr().out
    assert "diabetic polyneuropathy" in out
    assert "characters" in out


def test_a_folder_is_searched(run, folder, capsys):
    assert run("explain", folder, "I10") == 0
    assert "Hypertension" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jsonl", '{"id": "x",'), ("b.json", ""), ("c.jsonl", '{"id": 3}\n'), ("d.txt", ""), ("e.json", '[{"id": 1}]')],
)
def test_a_file_that_cannot_be_read_is_told(name, content, run, tmp_path, capsys):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert run("explain", tmp_path / name, "I10") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert name in told.err
    assert "Traceback" not in told.err


def test_a_day_without_books_is_a_wrong_call(run, visit, capsys):
    assert run("explain", visit, "I10", "--date", "1999-01-01") == 2
    assert "--date" in capsys.readouterr().err


def test_fhir_is_a_record_to_be_coded_and_no_case(run, tmp_path, capsys):
    condition = {"resourceType": "Condition", "id": "c", "encounter": {"reference": "Encounter/e"}}
    condition["code"] = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I10", "display": "High"}]}
    (tmp_path / "c.json").write_text(json.dumps(condition, indent=1), encoding="utf-8")
    assert run("explain", tmp_path / "c.json", "I10") == 0
    assert "I10" in capsys.readouterr().out
