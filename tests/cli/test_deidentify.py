from __future__ import annotations

import json

import pytest

pytest.importorskip("philter_lite", reason="the lists of names are an extra: pip install 'chartcode[deid]'")

NOTE = """OFFICE VISIT
Date of service: 05/01/2026
MRN: 778812
Mrs. Kowalski is a 60-year-old woman.
PLAN: Aspirin 81 mg daily.
"""


@pytest.fixture
def note(tmp_path):
    file = tmp_path / "kowalski.txt"
    file.write_text(NOTE, encoding="utf-8")
    return file


def charts(folder):
    return [json.loads(line) for line in (folder / "charts.jsonl").read_text(encoding="utf-8").splitlines()]


def test_charts_and_texts_are_written(run, note, tmp_path, capsys):
    out = tmp_path / "out"
    assert run("deidentify", note, "-o", out) == 0
    (chart,) = charts(out)
    (file,) = out.glob("chart-*.txt")
    text = file.read_text(encoding="utf-8")
    assert text == chart["documents"][0]["text"]
    assert "Kowalski" not in text
    assert "kowalski" not in json.dumps(chart).lower()
    (drug,) = chart["facts"]["medications"]
    (span,) = drug["evidence"]
    assert text[span["start"] : span["end"]] == "Aspirin 81 mg daily"
    said = capsys.readouterr().out
    assert "1 charts; replaced:" in said
    assert "read the result" in said


def test_a_key_repeats_and_is_never_shown(run, note, tmp_path, capsys):
    key = tmp_path / "key"
    key.write_text("correct horse battery staple", encoding="utf-8")
    for name in ("a", "b", "c"):
        assert run("deidentify", note, "-o", tmp_path / name, *(("--key", key) if name != "c" else ())) == 0
    assert charts(tmp_path / "a") == charts(tmp_path / "b")
    assert charts(tmp_path / "a")[0]["id"] != charts(tmp_path / "c")[0]["id"]
    assert "correct" not in capsys.readouterr().out + (tmp_path / "a" / "charts.jsonl").read_text(encoding="utf-8")


def test_wrong_calls_say_what_to_do(run, note, tmp_path, capsys):
    (tmp_path / "short").write_text("x", encoding="utf-8")
    assert run("deidentify", note, "-o", tmp_path / "o", "--key", tmp_path / "short") == 2
    assert run("deidentify", note, "-o", tmp_path / "o", "--key", tmp_path / "absent") == 2
    assert run("deidentify", note, "-o", tmp_path) == 2
    assert run("deidentify", note) == 2
    said = capsys.readouterr().err
    assert "shorter than 16 bytes" in said
    assert "not an empty folder" in said


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(run, note, tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    out = tmp_path / "out"
    assert run("deidentify", tmp_path / "empty.txt", note, "-o", out) == 1
    assert len(charts(out)) == 1
    assert "nothing to code" in capsys.readouterr().err
