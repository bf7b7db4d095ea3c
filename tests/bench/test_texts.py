import gzip
import json

import pytest
from bench.sets.files import Missing
from bench.texts import texts


def test_json_lines_plain_and_packed(tmp_path):
    lines = json.dumps({"text": "Cough.\u2028Fever."}) + "\n" + json.dumps({"id": "x", "note": "Rash."}) + "\n"
    (tmp_path / "n.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "n.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    expected = [("note00001", "Cough.\u2028Fever."), ("x", "Rash.")]
    assert texts(tmp_path / "n.jsonl") == texts(tmp_path / "n.jsonl.gz") == expected


@pytest.mark.parametrize("inside", ["", "notes", "en"])
def test_folders(tmp_path, inside):
    folder = tmp_path / inside
    folder.mkdir(exist_ok=True)
    (folder / "b.txt").write_bytes(b"caf\xe9\r\n")
    (folder / "a.txt").write_bytes(b"Cough.")
    assert texts(tmp_path) == [("a", "Cough."), ("b", "café\r\n")]


def test_one_file_and_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("Cough.")
    assert texts(tmp_path / "a.txt") == [("a", "Cough.")]
    (tmp_path / "empty").mkdir()
    with pytest.raises(Missing, match="no notes here"):
        texts(tmp_path / "empty")
    with pytest.raises(Missing, match="no such file"):
        texts(tmp_path / "nowhere")
