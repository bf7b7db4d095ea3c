"""The whole command, on answers from a file: no book is needed to score them."""

import json
import re

import pytest
from bench.__main__ import main


@pytest.fixture
def corpus(tmp_path):
    for split, rows in (("train", "t\ti10\n"), ("dev", "a\ti10\na\te11.9\nb\tn18.30\n")):
        (tmp_path / split / "en").mkdir(parents=True)
        (tmp_path / split / f"{split}D.tsv").write_text(rows)
        for name in "abt":
            (tmp_path / split / "en" / f"{name}.txt").write_text("Words.")
    return tmp_path


def _write(path, *answers):
    path.write_text("".join(json.dumps(a) + "\n" for a in answers))
    return str(path)


def test_codiesp_from_results(corpus, capsys):
    file = _write(
        corpus / "out.jsonl", {"id": "a", "diagnoses": [{"code": "I10", "confidence": 0.9, "band": "confident"}]}
    )
    call = ["accuracy", "--set", "codiesp", "--data", str(corpus), "--split", "dev", "--results", file]
    assert main([*call, "--trained-on", str(corpus / "train")]) == 0
    out = capsys.readouterr().out
    assert "2 notes, answers of out.jsonl" in out
    assert "1 notes have no answer there" in out
    assert re.search(r"\| exact +\| 1\.000 \| +\.333 \| +\.500 \|", out)
    assert re.search(r"\| never seen in training \| .* 0 \| +2 \| +0 \| +0 \|", out)
    assert "MAP, in the order given: .250" in out
    assert "| 9 Circulatory " in out


def test_what_is_saved_scores_the_same(corpus, capsys):
    file = _write(corpus / "out.jsonl", {"id": "b", "diagnoses": [{"code": "N18.30"}]}, {"id": "a", "diagnoses": []})
    call = ["accuracy", "--set", "codiesp", "--data", str(corpus / "dev"), "--results"]
    assert main([*call, file, "--save", str(corpus / "again.jsonl")]) == 0
    first = capsys.readouterr().out
    assert main([*call, str(corpus / "again.jsonl")]) == 0
    assert capsys.readouterr().out == first.replace("out.jsonl", "again.jsonl")


def test_gold_with_errors(tmp_path, capsys):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "g.txt").write_text("Gout of the left foot.")
    dx = [{"code": "M10.9", "status": "required", "alt": [], "evidence": ["Gout"]}]
    _write(tmp_path / "gold.jsonl", {"id": "g", "setting": "ed", "kind": "ed note", "dx": dx})
    answer = {"id": "g", "setting": "ed", "documents": [{"kind": "letter"}], "diagnoses": [{"code": "I10"}]}
    file, errors = _write(tmp_path / "out.jsonl", answer), tmp_path / "errors.md"
    call = ["accuracy", "--set", "gold", "--data", str(tmp_path), "--results", file, "--errors", str(errors)]
    assert main(call) == 0
    out = capsys.readouterr().out
    assert "Setting as in the key: 1.000; kind as in the key: .000" in out
    assert "| first-listed diagnosis right  |  .000 |" in out
    assert "**Gout** of the left foot" in errors.read_text()


def test_negex(tmp_path, capsys):
    (tmp_path / "n.tsv").write_text("1\tcough\tShe has COUGH.\tAffirmed\n1\tfever\tShe denies FEVER.\tNegated\n")
    assert main(["accuracy", "--set", "negex", "--data", str(tmp_path), "--errors", str(tmp_path / "e.md")]) == 0
    assert "| negated   | 1.000 | 1.000 | 1.000 |" in capsys.readouterr().out
    assert "holds words" in (tmp_path / "e.md").read_text()


def test_missing_data_is_one_sentence(tmp_path, capsys):
    assert main(["accuracy", "--set", "gold", "--data", str(tmp_path / "nowhere")]) == 1
    captured = capsys.readouterr()
    assert "give the folder that holds gold.jsonl" in captured.err
    assert captured.err.count("\n") == 1


def test_an_unknown_set_is_a_fault_of_usage(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["accuracy", "--set", "mimic", "--data", "."])
    assert stopped.value.code == 2
    assert "mimic" in capsys.readouterr().err
