from __future__ import annotations

import base64
import json

import pytest

GOOD = json.dumps(
    {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition", "code": {"text": "Gout"}}}]}
).encode()


@pytest.mark.parametrize("verb", ["collect", "code"])
def test_the_good_go_on_and_the_bad_are_kept_with_their_reason(verb, run, tmp_path, capsys):
    records, kept = tmp_path / "in.ndjson", tmp_path / "rejects.jsonl"
    records.write_bytes(GOOD + b'\n{"resourceType": "Bund\n{"a": "\xff"}\n' + GOOD + b"\n")
    assert run(verb, records, tmp_path / "none.txt", "--format", "jsonl", "--rejects", kept) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert len(told.err.splitlines()) == 3
    cut, coded, missing = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert (cut["source"], cut["place"], cut["record"]) == (str(records), "line 2", '{"resourceType": "Bund\n')
    assert base64.b64decode(coded["record_base64"]) == b'{"a": "\xff"}\n'
    assert set(missing) == {"source", "place", "why"}
    assert "no such file" in missing["why"]


def test_nothing_refused_leaves_an_empty_file(run, tmp_path):
    (tmp_path / "in.json").write_bytes(GOOD)
    kept = tmp_path / "rejects.jsonl"
    kept.write_text("old", encoding="utf-8")
    assert run("collect", tmp_path / "in.json", "--rejects", kept) == 0
    assert kept.read_text(encoding="utf-8") == ""


def test_a_file_that_cannot_be_written(run, tmp_path, capsys):
    (tmp_path / "in.json").write_bytes(GOOD)
    assert run("collect", tmp_path / "in.json", "--rejects", tmp_path) == 2
    assert "argument --rejects" in capsys.readouterr().err
