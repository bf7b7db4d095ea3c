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
