from __future__ import annotations

import io
import json
import sys

import pytest

from chartcode.cli import main

NOTE = "OFFICE VISIT\nDate of service: 05/01/2026\nASSESSMENT:\n1. Hypertension.\n2. CKD stage 3a.\nNo chest pain.\n"


def run(*arguments):
    try:
        return main([str(a) for a in arguments])
    except SystemExit as left:
        return left.code


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "n.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_check_reads_a_napkin(tmp_path, capsys):
    (tmp_path / "case.txt").write_text("outpatient 2025-11-03, F 67\ndx W19.XXXA\n", encoding="utf-8")
    assert run("check", tmp_path / "case.txt") == 1
    assert "external_cause" in capsys.readouterr().out


def test_check_reads_what_code_writes(note, tmp_path, capsys):
    assert run("code", note, "--format", "jsonl", "-o", tmp_path / "c.jsonl") == 0
    assert run("check", tmp_path / "c.jsonl", "--format", "jsonl") == 0
    again = json.loads(capsys.readouterr().out)
    before = json.loads((tmp_path / "c.jsonl").read_text(encoding="utf-8"))
    assert [d["code"] for d in again["diagnoses"]] == [d["code"] for d in before["diagnoses"]]


def test_check_names_the_line_of_a_bad_napkin(tmp_path, capsys):
    (tmp_path / "case.txt").write_text("outpatient 2025-11-03, F 67\nwhat is this\n", encoding="utf-8")
    assert run("check", tmp_path / "case.txt") == 1
    assert "line 2" in capsys.readouterr().err


def test_explain_shows_the_proof(note, capsys):
    assert run("explain", note, "I12.9") == 0
    out = capsys.readouterr().out
    assert "Hypertension" in out
    assert "I10" in out


def test_explain_tells_why_a_code_is_not_reported(note, capsys):
    assert run("explain", note, "R07.9") == 0
    assert "negated" in capsys.readouterr().out


def test_explain_of_a_stranger(note, capsys):
    assert run("explain", note, "Z99.89") == 1
    assert "no chart speaks of Z99.89" in capsys.readouterr().err


def test_explain_reads_json_from_a_pipe(note, monkeypatch, capsys):
    assert run("code", note, "--format", "jsonl") == 0
    written = capsys.readouterr().out.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written)))
    assert run("explain", "-", "I12.9") == 0
    out = capsys.readouterr().out
    assert out.startswith("n\n")
    assert "assessment, characters" in out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTE.encode())))
    assert run("explain", "-", "I12.9") == 0


def test_explain_of_a_note_that_begins_with_a_bracket(tmp_path, capsys):
    (tmp_path / "n.txt").write_text("[**2026-5-1**]\n" + NOTE, encoding="utf-8")
    assert run("explain", tmp_path / "n.txt", "I12.9") == 0
    assert "Hypertension" in capsys.readouterr().out


def test_explain_wants_a_code(note, capsys):
    assert run("explain", note, ".") == 2
    assert "argument CODE" in capsys.readouterr().err


def test_a_home_that_cannot_be_written_is_one_sentence(note, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("CHARTCODE_HOME", str(tmp_path / "file" / "home"))
    assert run("code", note) == 1
    told = capsys.readouterr()
    assert "CHARTCODE_HOME" in told.err
    assert len(told.err.splitlines()) == 1


def test_books_list_and_show(capsys):
    assert run("books", "list") == 0
    assert "FY2026-04-01" in capsys.readouterr().out
    assert run("books", "show", "E11.42", "--date", "2026-05-01") == 0
    out = capsys.readouterr().out
    assert "polyneuropathy" in out
    assert "reportable" in out
    assert run("books", "show", "G35", "--date", "2026-05-01") == 0
    assert "not valid on 2026-05-01" in capsys.readouterr().out


def test_books_show_of_no_code(capsys):
    assert run("books", "show", "Z123.4X") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_rules_list_show_docs(tmp_path, capsys):
    assert run("rules", "list") == 0
    assert "icd10cm/excludes1" in capsys.readouterr().out
    assert run("rules", "show", "icd10cm/excludes1") == 0
    assert "Examples" in capsys.readouterr().out
    assert run("rules", "show", "icd10cm/nothing") == 1
    assert run("rules", "docs", tmp_path / "rules.md") == 0
    assert run("rules", "docs", "--check", tmp_path / "rules.md") == 0
    (tmp_path / "rules.md").write_text("old", encoding="utf-8")
    assert run("rules", "docs", "--check", tmp_path / "rules.md") == 1


def test_the_version_needs_no_verb(capsys):
    assert run("--version") == 0
    assert capsys.readouterr().out.startswith("chartcode 0.")


def test_version_and_help(capsys):
    assert run("version") == 0
    assert capsys.readouterr().out.startswith("chartcode ")
    assert run("help") == 0
    assert "code" in capsys.readouterr().out
    assert run() == 2
