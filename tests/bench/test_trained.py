import json

import pytest
from bench.sets.files import Missing

from bench import trained


@pytest.fixture
def corpus(tmp_path):
    for split, rows in (("train", "t\ti10\n"), ("dev", "a\te11.9\n")):
        (tmp_path / split).mkdir()
        (tmp_path / split / f"{split}D.tsv").write_text(rows)
    return tmp_path


def test_codes_of_splits_and_of_gold_notes(corpus):
    gold = corpus / "gold"
    (gold / "notes").mkdir(parents=True)
    (gold / "notes" / "g.txt").write_text("x")
    (gold / "gold.jsonl").write_text(json.dumps({"id": "g", "dx": [{"code": "J44.9", "alt": ["J44.1"]}]}))
    assert trained.seen([corpus / "train", corpus / "dev", gold]) == {"I10", "E11.9", "J44.9", "J44.1"}
    with pytest.raises(Missing, match="CodiEsp split"):
        trained.seen([gold / "notes"])


def test_the_train_folder_beside(corpus):
    assert trained.beside(corpus, "dev") == trained.beside(corpus / "dev", None) == [(corpus / "train").resolve()]
    (corpus / "train" / "trainD.tsv").unlink()
    assert trained.beside(corpus, "dev") == []
