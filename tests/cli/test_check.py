from __future__ import annotations

import io
import json
import sys

import pytest

GOOD = "outpatient 2025-11-03, F 67\ndx I10\n"
BAD = "outpatient 2025-11-03, F 67\ndx W19.XXXA\n"


@pytest.fixture
def check(run, tmp_path):
    def checked(text, *options):
        (tmp_path / "case.txt").write_text(text, encoding="utf-8")
        return run("check", tmp_path / "case.txt", *options)

    return checked


def test_the_status_tells_an_error(check, capsys):
    assert check(GOOD) == 0
    assert check(BAD) == 1
    assert "error" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        ("dx Z99.99\n", "icd10cm/no_such_code"),
        ("dx E11\n", "icd10cm/"),
        ("dx E11.9\ndx E10.9\n", "icd10cm/excludes1"),
        ("dx I10\ndx I10\n", "icd10cm/duplicate"),
    ],
)
def test_a_fault_names_its_rule(lines, rule, check, capsys):
    check("outpatient 2025-11-03, F 67\n" + lines, "--format", "jsonl")
    found = json.loads(capsys.readouterr().out)["findings"]
    assert any(finding["rule"].startswith(rule) for finding in found), [f["rule"] for f in found]
    assert all(finding["message"] for finding in found)


def test_standard_input(run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    assert run("check", "-") == 0
    assert "I10" in capsys.readouterr().out


def test_several_cases_are_checked_in_order(run, folder, tmp_path, capsys):
    assert run("code", folder, "--format", "jsonl", "-o", tmp_path / "cases.jsonl") == 0
    run("check", tmp_path / "cases.jsonl", "--format", "jsonl")
    names = [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]
    assert names == ["clinic/visit", "ward/fall", "ward/stay"]


def test_a_bad_line_does_not_stop_the_others(run, folder, tmp_path, capsys):
    assert run("code", folder, "--format", "jsonl", "-o", tmp_path / "cases.jsonl") == 0
    good = (tmp_path / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [good[0], "{broken", '{"id": "x", "diagnoses": 3}', good[1]]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("check", tmp_path / "cases.jsonl", "--format", "jsonl") == 1
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["clinic/visit", "ward/fall"]
    assert len(told.err.splitlines()) == 2
    assert "line 2" in told.err
    assert "line 3" in told.err


def test_findings_that_came_with_a_case_are_made_anew(run, folder, tmp_path, capsys):
    assert run("code", folder / "clinic", "--format", "jsonl", "-o", tmp_path / "c.jsonl") == 0
    tree = json.loads((tmp_path / "c.jsonl").read_text(encoding="utf-8"))
    tree["findings"] = [{"rule": "x/y", "severity": "error", "message": "stale", "codes": [], "remedy": None}]
    (tmp_path / "c.jsonl").write_text(json.dumps(tree), encoding="utf-8")
    assert run("check", tmp_path / "c.jsonl") == 0
    assert "stale" not in capsys.readouterr().out


def test_codes_alone_get_their_titles(check, capsys):
    assert check(GOOD) == 0
    assert "Essential (primary) hypertension" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\x00", b"{", b"[[]]", b'"x"'])
def test_what_is_no_case_is_one_sentence(content, run, tmp_path, capsys):
    (tmp_path / "case.txt").write_bytes(content)
    assert run("check", tmp_path / "case.txt") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "case.txt" in told.err


def test_a_path_that_is_not_there(run, tmp_path, capsys):
    assert run("check", tmp_path / "none.txt") == 1
    assert "check the path" in capsys.readouterr().err


def test_a_day_without_books(check, capsys):
    assert check(GOOD, "--date", "1999-01-01") == 2
    assert check("outpatient 2009-11-03, F 67\ndx I10\n", "--date", "2026-05-01") == 0
    assert "2009-11-03" in capsys.readouterr().out


SITE = """\
[[rule]]
id = "site/organism"
title = "A pneumonia has no organism."
message = "{code} leaves the organism open"
severity = "error"
for_each = { diagnosis = { code = "J18*" } }
"""
SIDES = "outpatient 2025-11-03, F 67\ndx M17.11\ndx M17.12\ndx E11.9\ndx E10.9\n"


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site.toml").write_text(SITE, encoding="utf-8")
    (tmp_path / "profile.toml").write_text('rules = ["site.toml"]\nignore = ["claim/*"]\n', encoding="utf-8")
    return tmp_path / "profile.toml"


def test_a_profile_brings_rules_and_takes_others_away(check, site, capsys, monkeypatch):
    text = "inpatient 2025-11-03 2025-11-07, F 67\ndx J18.9\n"
    assert check(text) == 0
    assert "claim/poa_missing" in capsys.readouterr().out
    assert check(text, "--profile", site) == 1
    told = capsys.readouterr().out
    assert "J18.9 leaves the organism open" in told
    assert "claim/" not in told
    monkeypatch.setenv("CHARTCODE_PROFILE", str(site))
    assert check(text) == 1
    assert "site/organism" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('ignore = ["claim/pao_missing"]\n', "no rule is named 'claim/pao_missing'"),
        ('rules = ["absent.toml"]\n', "absent.toml: no such file"),
        ("rules = [\n", "not TOML"),
        (None, "no such file"),
    ],
)
def test_an_unsound_profile_is_refused_in_one_sentence(content, told, check, tmp_path, capsys):
    if content is not None:
        (tmp_path / "bad.toml").write_text(content, encoding="utf-8")
    assert check(GOOD, "--profile", tmp_path / "bad.toml") == 1
    said = capsys.readouterr()
    assert told in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_fix_writes_the_corrected_case_and_shows_what_is_left(check, capsys, tmp_path):
    assert check(SIDES, "--fix") == 0
    told = capsys.readouterr()
    assert "dx M17.0" in told.out
    assert "decision add M17.0" in told.out
    assert "dx M17.11" not in told.out
    assert "mended: M17.11 and M17.12" in told.err
    assert "icd10cm/excludes1" in told.err
    assert check(SIDES, "--fix", "-o", tmp_path / "out.txt") == 0
    assert "mended" in capsys.readouterr().out
    assert check((tmp_path / "out.txt").read_text(encoding="utf-8"), "--fix", "--format", "jsonl") == 0
    again = capsys.readouterr()
    assert [d["code"] for d in json.loads(again.out)["diagnoses"]] == ["M17.0", "E11.9", "E10.9"]
    assert "mended" not in again.err


def test_what_is_accepted_stands_with_its_reason_in_the_ledger(check, capsys):
    assert check(BAD) == 1
    capsys.readouterr()
    options = ("--accept", "icd10cm/external_cause_first=the payer wants it so", "--format", "jsonl")
    assert check(BAD, *options) == 0
    tree = json.loads(capsys.readouterr().out)
    assert [f["accepted"] for f in tree["findings"] if f["rule"] == "icd10cm/external_cause_first"] == [
        "the payer wants it so"
    ]
    assert [(d["act"], d["about"], d["why"]) for d in tree["decisions"]] == [
        ("override", "icd10cm/external_cause_first", "the payer wants it so")
    ]


@pytest.mark.parametrize("given", ["icd10cm/excludes1", "icd10cm/excludes1= ", "=why"])
def test_a_reason_is_needed(given, check, capsys):
    assert check(GOOD, "--accept", given) == 2
    assert "RULE=REASON" in capsys.readouterr().err


def test_an_unknown_rule_is_not_accepted(check, capsys):
    assert check(GOOD, "--accept", "icd10cm/exclude1=why") == 1
    assert "no rule 'icd10cm/exclude1'" in capsys.readouterr().err


def test_several_files_are_checked(run, tmp_path, capsys):
    for name in ("a", "b"):
        (tmp_path / name).write_text(GOOD.replace("F 67", f"F 67, id {name}"), encoding="utf-8")
    assert run("check", tmp_path / "a", tmp_path / "b", "--format", "jsonl") == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["a", "b"]


def fhir_claim():
    def coded(system, code):
        return {"coding": [{"system": system, "code": code}]}

    def diagnosis(sequence, code):
        cm = "http://hl7.org/fhir/sid/icd-10-cm"
        return {"sequence": sequence, "diagnosisCodeableConcept": coded(cm, code)}

    return {
        "resourceType": "Claim",
        "id": "c1",
        "status": "active",
        "use": "claim",
        "type": coded("http://terminology.hl7.org/CodeSystem/claim-type", "professional"),
        "billablePeriod": {"start": "2025-11-03", "end": "2025-11-03"},
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"display": "Medicare"}}],
        "diagnosis": [diagnosis(2, "W19.XXXA"), diagnosis(1, "M17.11"), diagnosis(3, "M17.12")],
        "item": [
            {
                "sequence": 1,
                "diagnosisSequence": [1, 3],
                "productOrService": coded("http://www.ama-assn.org/go/cpt", "99213"),
                "modifier": [{"coding": [{"code": "25"}]}],
                "quantity": {"value": 2},
                "servicedDate": "2025-11-03",
            }
        ],
    }


def test_a_claim_in_fhir(check, capsys):
    assert check(json.dumps(fhir_claim()), "--format", "jsonl") == 0
    tree = json.loads(capsys.readouterr().out)
    assert [(d["code"], d["role"]) for d in tree["diagnoses"]] == [
        ("M17.11", "first-listed"),
        ("W19.XXXA", "secondary"),
        ("M17.12", "secondary"),
    ]
    (line,) = tree["procedures"]
    assert (line["code"], line["modifiers"], line["units"], line["pointers"]) == (
        "99213",
        ["25"],
        2,
        ["M17.11", "M17.12"],
    )
    found = {finding["rule"] for finding in tree["findings"]}
    assert "icd10cm/both_sides" in found
    assert "evidence/missing" not in found, "the page of a claim's own entries is no record"
    again = json.dumps(tree)
    assert check(again, "--format", "jsonl") == 0, "what was written is read again"


def test_a_record_in_fhir_without_a_claim_is_sent_to_code(check, capsys):
    assert check(json.dumps({"resourceType": "Patient", "id": "p", "gender": "female"})) == 1
    assert capsys.readouterr().err.count("chartcode:") == 1
