from __future__ import annotations

import json
import zipfile

import pytest

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.fixture
def order(tmp_path):
    """An invented order file of FY2033 in a zip."""
    lines = [(f"{x}109", f"Illness {x}") for x in LETTERS]
    text = "".join(f"{n:05} {code:<7} 1 {title:<60} {title}\r\n" for n, (code, title) in enumerate(lines, 1))
    path = tmp_path / "order.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("icd10cm_order_2033.txt", text)
    return path


def test_a_release_is_installed_listed_verified_and_removed(order, run, capsys):
    assert run("books", "install", "icd10cm", "--from", str(order)) == 0
    told = capsys.readouterr()
    assert "installed icd10cm FY2033-10-01 (2032-10-01 to 2033-09-30)" in told.out
    assert "installing the ICD-10-CM order file ..." in told.err
    assert run("books", "list") == 0
    out = capsys.readouterr().out
    assert "icd10cm           FY2033-10-01   2032-10-01 to 2033-09-30  installed\n" in out
    assert "icd10cm           FY2027-10-01   2015-10-01 to 2027-09-30  embedded\n" in out
    assert run("books", "list", "--system", "poa") == 0
    assert capsys.readouterr().out == ""
    assert run("books", "verify") == 0
    out = capsys.readouterr().out
    assert out.count("sound") == len(out.splitlines()) >= 3
    assert run("books", "show", "A10.9", "--date", "2033-01-01") == 0
    assert "Illness A" in capsys.readouterr().out
    assert run("books", "remove", "icd10cm", "FY2033-10-01") == 0
    assert run("books", "remove", "icd10cm", "FY2033-10-01") == 1
    assert "is not installed" in capsys.readouterr().err


def test_a_damaged_release_fails_the_check(order, home, run, capsys):
    assert run("books", "install", "icd10cm", "--from", str(order)) == 0
    path = home / "books" / "icd10cm" / "FY2033-10-01.sqlite"
    content = bytearray(path.read_bytes())
    content[6000] ^= 1
    path.write_bytes(bytes(content))
    assert run("books", "verify") == 1
    assert f"DAMAGED  icd10cm           {path}: its bytes are not those" in capsys.readouterr().out
    assert run("books", "remove", "icd10cm", "FY2033-10-01") == 0


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("install", "icd10cm"), 2, "say what to install"),
        (("install", "icd11", "--year", "2026"), 2, "'icd11' cannot be installed; choose one of icd10cm"),
        (("install", "icd10cm", "--year", "1999"), 2, "whole number from 2015"),
        (("install", "icd10cm", "--from", "absent.zip"), 1, "absent.zip cannot be read"),
        (("install", "icd10cm", "--from", "x", "--set", "nothing"), 2, "is not NAME=VALUE"),
        (("install", "cpt", "--year", "2026"), 1, "cannot be fetched for you"),
        (("install", "hcpcs", "--year", "2026"), 1, "write it like 2026Q3"),
        (("diff", "FY2025", "next"), 2, "'next' names no release"),
        (("diff", "FY2025", "FY2040"), 1, "no ICD-10-CM release on the shelf is in force"),
        (("history", "Q00.Q"), 1, "no book on the shelf ever had Q00.Q"),
        (("history", "99213"), 1, "99213 is in the starter of CPT, which knows no days"),
        (("impact", "--from", "FY2025", "--to", "FY2026"), 2, "name what the release may change"),
        (("impact", "--charts", "x", "--from", "a", "--to", "b"), 2, "'a' names no release"),
    ],
)
def test_a_wrong_call_is_one_sentence(words, status, sentence, run, capsys):
    assert run("books", *words) == status
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_a_difference_is_a_table_or_lines(run, capsys):
    assert run("books", "diff", "FY2025", "FY2026", "--system", "icd10cm") == 0
    told = capsys.readouterr()
    assert told.out.startswith("icd10cm from 2024-10-01 to 2025-10-01: 487 new, 12 deleted, 16 heading now\n")
    assert "titles are not compared" in told.err
    assert run("books", "diff", "FY2025", "FY2026", "--format", "jsonl") == 0
    changes = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {c["system"] for c in changes} == {"icd10cm", "icd10pcs"}
    assert next(c for c in changes if c["code"] == "G35")["kind"] == "heading now"


def test_a_history_is_dated(run, capsys):
    assert run("books", "history", "g35") == 0
    assert capsys.readouterr().out.splitlines()[:2] == ["G35  icd10cm", "2015-10-01  reportable"]


def test_the_october_morning_report(tmp_path, run, capsys):
    charts = tmp_path / "charts"
    charts.mkdir()
    (charts / "a.txt").write_text("Visit 2025-08-12\n\nASSESSMENT: Multiple sclerosis. Hypertension.\n")
    (charts / "b.txt").write_text("Visit 2025-08-12\n\nASSESSMENT: Hypertension.\n")
    bill = tmp_path / "superbill.csv"
    bill.write_text("code,label\nG35,MS\nI10,HTN\n")
    call = ("books", "impact", "--charts", str(charts), "--templates", str(bill), "--from", "FY2025", "--to", "FY2026")
    assert run(*call) == 0
    out = capsys.readouterr().out
    assert "1 of 2 charts change" in out
    assert "  G35 -> G35." in out
    assert "superbill.csv:2  G35  now G35.A" in out
    assert run(*call, "--format", "jsonl") == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["codes"][0][0] == "G35"
    assert second["codes"] == []
    assert third["code"] == "G35"


def test_saved_cases_are_compared_too(tmp_path, run, capsys):
    note = tmp_path / "a.txt"
    note.write_text("ASSESSMENT: Multiple sclerosis.\n")
    saved = tmp_path / "saved.jsonl"
    assert run("code", str(note), "--date", "2025-08-12", "--format", "jsonl", "-o", str(saved)) == 0
    assert run("books", "impact", "--charts", str(saved), "--from", "FY2025", "--to", "FY2026") == 0
    assert "G35 -> G35." in capsys.readouterr().out


def test_a_chart_that_cannot_be_read_is_named_and_the_others_are_compared(tmp_path, run, capsys):
    (tmp_path / "a.txt").write_text("ASSESSMENT: Hypertension.\n")
    call = ("books", "impact", "--charts", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert run(*call, "--from", "FY2025", "--to", "FY2026") == 1
    told = capsys.readouterr()
    assert "b.txt" in told.err
    assert "0 of 1 charts change" in told.out


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("0dtj4zz", "ICD-10-PCS: reportable on 2026-05-01; valid 2015-10-01 to now"),
        ("X2AH336", "ICD-10-PCS: not valid on 2026-05-01"),
        ("g0438", "HCPCS by the starter, in our own words"),
        ("99213", "CPT by the starter, in our own words"),
    ],
)
def test_codes_of_other_books_are_shown(code, words, run, capsys):
    assert run("books", "show", code, "--date", "2026-05-01") == 0
    first, second = capsys.readouterr().out.splitlines()[:2]
    assert first.startswith(f"{code.upper()}  ")
    assert second.startswith(words)
