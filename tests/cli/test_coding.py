from __future__ import annotations

import io
import json
import os
import sys

import pytest

NOTE = "Date of service: 05/01/2026\nASSESSMENT: Hypertension.\n"


def test_two_processes_keep_the_order_and_the_complaints(run, tmp_path, capsys):
    for number in range(40):
        text = "" if number % 13 == 5 else f"Date of service: 05/01/2026\nASSESSMENT: Gout {'and asthma ' * number}.\n"
        (tmp_path / f"n{number:02}.txt").write_text(text, encoding="utf-8")
    told = []
    for jobs in (1, 2):
        assert run("code", tmp_path, "--format", "jsonl", "--jobs", jobs) == 1
        told.append(capsys.readouterr())
    assert told[0] == told[1]
    assert [json.loads(line)["id"] for line in told[1].out.splitlines()] == [
        f"n{number:02}" for number in range(40) if number % 13 != 5
    ]
    assert len(told[1].err.splitlines()) == 3


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"%PDF-1.7"])
def test_bad_standard_input(data, run, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run("code", "-") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert "standard input" in told.err


def test_standard_input_among_files(run, tmp_path, monkeypatch, capsys):
    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTE.encode())))
    assert run("code", tmp_path / "n.txt", "-", "--format", "jsonl") == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["n", "stdin"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="every file can be read here")
def test_a_file_that_may_not_be_read(run, tmp_path, capsys):
    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "n.txt").chmod(0)
    assert run("code", tmp_path / "n.txt") == 1
    assert "permissions" in capsys.readouterr().err


def test_an_empty_folder(run, tmp_path, capsys):
    assert run("code", tmp_path) == 1
    assert "holds no files" in capsys.readouterr().err


@pytest.mark.parametrize("sign", ["\ufeff", ""])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends_of_other_systems(sign, end, run, tmp_path, capsys):
    (tmp_path / "n.txt").write_bytes((sign + NOTE.replace("\n", end)).encode())
    assert run("code", tmp_path / "n.txt", "--format", "jsonl") == 0
    assert [d["code"] for d in json.loads(capsys.readouterr().out)["diagnoses"]] == ["I10"]


def test_the_note_speaks_before_the_options(run, tmp_path, capsys):
    (tmp_path / "n.txt").write_text("DISCHARGE SUMMARY\nADMISSION DATE: 01/14/2026\n" + NOTE, encoding="utf-8")
    assert run("code", tmp_path / "n.txt", "--setting", "outpatient", "--format", "jsonl") == 0
    assert json.loads(capsys.readouterr().out)["setting"] == "inpatient"


def test_age_and_sex_reach_the_rules(run, tmp_path, capsys):
    (tmp_path / "n.txt").write_text("ASSESSMENT: BPH.\n", encoding="utf-8")
    options = ("--date", "2024-09-04", "--setting", "inpatient", "--age", "70", "--format", "jsonl")
    found = {}
    for sex in "MF":
        assert run("code", tmp_path / "n.txt", "--sex", sex, *options) == 0
        tree = json.loads(capsys.readouterr().out)
        assert (tree["patient"]["sex"], tree["patient"]["age"]) == (sex, 70)
        found[sex] = {finding["rule"] for finding in tree["findings"]}
    assert found["F"] - found["M"] == {"mce/sex_conflict"}


def test_a_note_from_before_the_books(run, tmp_path, capsys):
    (tmp_path / "n.txt").write_text("Date of service: 03/04/2009\nASSESSMENT: Hypertension.\n", encoding="utf-8")
    assert run("code", tmp_path / "n.txt", "--format", "jsonl") == 0
    tree = json.loads(capsys.readouterr().out)
    assert tree["date"] == "2009-03-04"
    assert any("2009-03-04" in remark for remark in tree["remarks"])


def test_interrupted(run, tmp_path, monkeypatch, capsys):
    def stops(*_):
        raise KeyboardInterrupt

    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")
    monkeypatch.setattr("chartcode.report.table.Table.case", stops)
    assert run("code", tmp_path / "n.txt") == 130
    assert capsys.readouterr().err == "chartcode: interrupted\n"


def test_without_a_path_the_call_is_wrong(run, capsys):
    assert run("code") == 2
    assert "PATH" in capsys.readouterr().err
