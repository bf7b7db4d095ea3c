from __future__ import annotations

import json

import pytest

from chartcode.cli import main

CSV = "encounter_id,note_text,note_date,sex\n7,MEDICATIONS: Aspirin 81 mg daily.,2026-03-04,F\n8,only two\n"


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_folder_of_notes(run, folder, capsys):
    assert run("collect", folder, "--format", "jsonl") == 0
    charts = lines(capsys)
    assert [chart["id"] for chart in charts] == ["clinic/visit", "ward/fall", "ward/stay"]
    for chart in charts:
        text = {document["id"]: document["text"] for document in chart["documents"]}
        for facts in chart["facts"].values():
            for fact in facts:
                for span in fact["evidence"]:
                    assert text[span["document"]][span["start"] : span["end"]] == span["text"]


def test_a_folder_an_encounter(run, folder, capsys):
    assert run("collect", folder, "--together", "--format", "jsonl") == 0
    assert [(chart["id"], len(chart["documents"])) for chart in lines(capsys)] == [("clinic", 1), ("ward", 2)]


def test_a_table_whose_bad_row_is_told(run, tmp_path, capsys):
    file = tmp_path / "notes.csv"
    file.write_text(CSV, encoding="utf-8")
    assert run("collect", file, "--format", "jsonl") == 1
    told = capsys.readouterr()
    (chart,) = (json.loads(line) for line in told.out.splitlines())
    assert chart["facts"]["medications"][0]["attributes"]["dose"] == "81 mg"
    assert "line 3: this row has 2 cells" in told.err


def test_a_table_mapped_by_hand(run, tmp_path, capsys):
    file = tmp_path / "strange.csv"
    file.write_text("a,b\n7,Cough.\n", encoding="utf-8")
    assert run("collect", file, "--map", "text=b,id=a", "--format", "jsonl") == 0
    assert [chart["id"] for chart in lines(capsys)] == ["7"]
    assert run("collect", file, "--map", "txet=b") == 2
    assert "did you mean 'text'" in capsys.readouterr().err


def test_a_page_is_written_whole(run, folder, tmp_path):
    out = tmp_path / "facts.html"
    assert run("collect", folder / "clinic", "--format", "html", "-o", out) == 0
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")


def test_nothing_readable_writes_nothing(run, tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert run("collect", tmp_path, "-o", tmp_path / "out.html", "--format", "html") == 1
    assert not (tmp_path / "out.html").exists()
    assert "nothing to code" in capsys.readouterr().err


def test_the_default_is_a_table(folder, capsys):
    assert main(["collect", str(folder / "clinic" / "visit.txt")]) == 0
    assert "Medications (1)" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["xml", ""])
def test_an_unknown_format_is_a_wrong_call(run, folder, form):
    assert run("collect", folder, "--format", form) == 2
