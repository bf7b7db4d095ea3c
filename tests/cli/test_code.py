from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from chartcode.cli import main
from chartcode.report.jsonl import Lines

VISIT = """OFFICE VISIT
Date of service: 05/01/2026
The patient is a 60-year-old man. He denies chest pain.
ASSESSMENT AND PLAN:
1. Type 2 diabetes mellitus with diabetic polyneuropathy.
2. Hypertension.
"""
STAY = """DISCHARGE SUMMARY
ADMISSION DATE: 01/14/2026
DISCHARGE DATE: 01/19/2026
The patient is a 74-year-old man.
DISCHARGE DIAGNOSES:
1. Acute on chronic systolic heart failure.
2. Hypertension.
"""


@pytest.fixture
def notes(tmp_path):
    (tmp_path / "a.txt").write_text(VISIT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(STAY, encoding="utf-8")
    return tmp_path


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def run(*arguments):
    try:
        return main([str(a) for a in arguments])
    except SystemExit as left:
        return left.code


def test_the_contract(notes, capsys):
    assert run("code", notes / "a.txt", "--format", "jsonl") == 0
    (chart,) = lines(capsys)
    assert chart["id"] == "a"
    assert chart["setting"] in {"outpatient", "professional"}
    assert chart["date"] == "2026-05-01"
    assert chart["books"]["icd10cm"] == "FY2026-04-01"
    first = chart["diagnoses"][0]
    assert set(first) >= {
        "code", "role", "poa", "confidence", "band", "title", "evidence", "by", "path", "rivals",
    }  # fmt: skip
    assert first["role"] == "first-listed"
    assert "E11.42" in {d["code"] for d in chart["diagnoses"]}
    for diagnosis in chart["diagnoses"]:
        for piece in diagnosis["evidence"]:
            assert VISIT[piece["start"] : piece["end"]] == piece["text"]
            assert piece["document"] == "a"
        assert 0 <= diagnosis["confidence"] <= 1
        assert diagnosis["band"] in {"confident", "check"}
    assert all(set(r) >= {"code", "why", "evidence"} for r in chart["rejected"])
    assert any(r["why"].startswith("negated") for r in chart["rejected"])
    assert chart["procedures"] == []
    assert chart["visit"]["code"] == "99212"
    assert {e["name"] for e in chart["visit"]["elements"]} == {"problems", "data", "risk"}
    assert set(chart["facts"]) >= {"medications", "equipment", "allergies", "vitals", "labs"}
    assert all(set(f) >= {"rule", "severity", "message", "codes", "remedy"} for f in chart["findings"])
    assert all(set(g) >= {"system", "version", "code", "title", "drivers"} for g in chart["groups"])


def test_inpatients_get_a_principal_diagnosis_and_a_group(notes, capsys):
    assert run("code", notes / "b.txt", "--format", "jsonl") == 0
    (chart,) = lines(capsys)
    assert chart["setting"] == "inpatient"
    assert chart["diagnoses"][0]["role"] == "principal"
    assert all(d["poa"] in {"Y", "N", "1"} for d in chart["diagnoses"])
    (group,) = chart["groups"]
    assert (group["system"], group["code"]) == ("MS-DRG", "291")
    assert group["drivers"]


def test_the_order_is_that_of_the_call(notes, capsys):
    assert run("code", notes / "b.txt", notes / "a.txt", "--format", "jsonl") == 0
    assert [c["id"] for c in lines(capsys)] == ["b", "a"]
    assert run("code", notes, "--format", "jsonl") == 0
    assert [c["id"] for c in lines(capsys)] == ["a", "b"]


def test_several_processes_give_the_same(notes, capsys):
    run("code", notes, "--format", "jsonl")
    one = capsys.readouterr().out
    run("code", notes, "--format", "jsonl", "--jobs", "2")
    assert capsys.readouterr().out == one


def test_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(VISIT.encode())))
    assert run("code", "-", "--format", "jsonl") == 0
    assert lines(capsys)[0]["diagnoses"]


def test_options_speak_where_the_chart_is_silent(tmp_path, capsys):
    (tmp_path / "n.txt").write_text("ASSESSMENT: Pneumonia.\n", encoding="utf-8")
    options = ("--setting", "inpatient", "--date", "2025-11-03", "--sex", "F", "--age", "70", "--format", "jsonl")
    assert run("code", tmp_path / "n.txt", *options) == 0
    (chart,) = lines(capsys)
    assert (chart["setting"], chart["date"]) == ("inpatient", "2025-11-03")
    assert chart["books"]["icd10cm"] == "FY2026-10-01"


def test_a_chart_without_a_date_says_so(tmp_path, capsys):
    (tmp_path / "n.txt").write_text("ASSESSMENT: Pneumonia.\n", encoding="utf-8")
    assert run("code", tmp_path / "n.txt", "--format", "jsonl") == 0
    assert any("no date" in remark for remark in lines(capsys)[0]["remarks"])


def test_mentions_mode_lists_the_denied(notes, capsys):
    assert run("code", notes / "a.txt", "--mode", "mentions", "--format", "jsonl") == 0
    assert "R07.9" in {d["code"] for d in lines(capsys)[0]["diagnoses"]}


def test_the_table_reads_well(notes, capsys):
    assert run("code", notes / "a.txt") == 0
    out = capsys.readouterr().out
    assert "E11.42" in out
    assert "polyneuropathy" in out


def test_the_page_loads_nothing_and_escapes_everything(tmp_path):
    (tmp_path / "x.txt").write_text(VISIT + "Note: <script>alert(1)</script> & more.\n", encoding="utf-8")
    assert run("code", tmp_path / "x.txt", "--format", "html", "-o", tmp_path / "x.html") == 0
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page
    assert "E11.42" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n"),
        ("binary.txt", bytes(range(256)) * 8),
        ("big.txt", b"word " * 4_200_000),
    ],
)
def test_a_bad_note_is_one_sentence_and_the_others_are_coded(name, content, notes, capsys):
    (notes / name).write_bytes(content)
    assert run("code", notes / name, notes / "a.txt", "--format", "jsonl") == 1
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["a"]
    assert len(told.err.splitlines()) == 1
    assert name in told.err
    assert "Traceback" not in told.err


def test_a_path_that_is_not_there(notes, capsys):
    assert run("code", notes / "nowhere.txt", notes / "a.txt", "--format", "jsonl") == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert "nowhere.txt" in told.err


def test_western_bytes_are_read_and_said(tmp_path, capsys):
    (tmp_path / "w.txt").write_bytes("ASSESSMENT: Sjögren\u2019s syndrome. Hypertension.\n".encode("cp1252"))
    assert run("code", tmp_path / "w.txt", "--format", "jsonl") == 0
    (chart,) = lines(capsys)
    assert any("1252" in remark for remark in chart["remarks"])
    assert chart["diagnoses"]


@pytest.mark.parametrize(
    "options",
    [
        ("--setting", "spaceship"),
        ("--date", "yesterday"),
        ("--date", "1999-01-01"),
        ("--age", "-3"),
        ("--jobs", "0"),
        ("--mode", "x"),
    ],
)
def test_a_wrong_call_is_one_sentence(options, notes, capsys):
    assert run("code", notes / "a.txt", *options) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1


def test_a_pipe_may_be_named_as_output(notes):
    command = [sys.executable, "-c", "import sys; from chartcode.cli import main; sys.exit(main())"]
    arguments = ["code", str(notes / "a.txt"), "--format", "jsonl", "-o", "/dev/stdout"]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert json.loads(done.stdout)["id"] == "a"


def test_a_report_that_fails_costs_the_others_nothing(notes, monkeypatch, capsys):
    whole = Lines.case

    def fails(self, case):
        if case.chart.id == "a":
            raise KeyError("the patient's words")
        return whole(self, case)

    monkeypatch.setattr(Lines, "case", fails)
    assert run("code", notes, "--format", "jsonl") == 1
    told = capsys.readouterr()
    assert [json.loads(line)["id"] for line in told.out.splitlines()] == ["b"]
    assert "KeyError" in told.err
    assert "words" not in told.err


def test_nothing_half_written(notes, monkeypatch):
    target = notes / "out.jsonl"
    target.write_text("old\n", encoding="utf-8")

    def fails(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("chartcode.report.jsonl.Lines.case", fails)
    assert run("code", notes / "a.txt", "--format", "jsonl", "-o", target) != 0
    assert target.read_text(encoding="utf-8") == "old\n"
    assert not list(notes.glob(".*part"))


def test_an_old_file_stays_when_no_chart_can_be_coded(notes):
    target = notes / "out.jsonl"
    target.write_text("old\n", encoding="utf-8")
    assert run("code", notes / "nowhere.txt", "--format", "jsonl", "-o", target) == 1
    assert target.read_text(encoding="utf-8") == "old\n"


def test_files_of_a_folder_make_one_chart_if_asked(notes, capsys):
    assert main(["code", str(notes), "--together", "--format", "jsonl"]) == 0
    (whole,) = lines(capsys)
    assert (whole["id"], [d["id"] for d in whole["documents"]]) == (notes.name, ["b", "a"])
    assert main(["code", str(notes / "a.txt"), str(notes / "b.txt"), "--together", "--format", "jsonl"]) == 0
    (named,) = lines(capsys)
    assert named["id"] == notes.name
    assert [d["code"] for d in named["diagnoses"]] == [d["code"] for d in whole["diagnoses"]]


def test_a_copied_passage_is_not_evidence_twice(tmp_path, capsys):
    course = (
        "HOSPITAL COURSE: She came with acute pyelonephritis and was treated with ceftriaxone until she had no fever.\n"
    )
    (tmp_path / "summary.txt").write_text(STAY.replace("DISCHARGE DIAGNOSES", course + "DISCHARGE DIAGNOSES"), "utf-8")
    (tmp_path / "progress.txt").write_text("PROGRESS NOTE\nDate: 01/16/2026\n" + course, "utf-8")
    main(["code", str(tmp_path), "--together", "--format", "jsonl"])
    (chart,) = lines(capsys)
    (copy,) = next(d for d in chart["documents"] if d["id"] == "progress")["repeats"]
    assert copy["document"] == "summary"
    words = [e for d in chart["diagnoses"] for e in d["evidence"] if "pyelonephritis" in e["text"].lower()]
    assert words
    assert {e["document"] for e in words} == {"summary"}


def test_a_profile_chooses_the_rules_in_one_process_or_two(run, folder, tmp_path, capsys):
    (tmp_path / "site.toml").write_text(
        '[[rule]]\nid = "site/one"\ntitle = "A fault."\nfor_each = { diagnosis = { code = "I*" } }\n', encoding="utf-8"
    )
    (tmp_path / "p.toml").write_text('rules = ["site.toml"]\nselect = ["site/*"]\n', encoding="utf-8")
    for jobs in (1, 2):
        assert run("code", folder / "ward", "--format", "jsonl", "--profile", tmp_path / "p.toml", "--jobs", jobs) == 0
        found = [f["rule"] for line in capsys.readouterr().out.splitlines() for f in json.loads(line)["findings"]]
        assert set(found) == {"site/one"}
