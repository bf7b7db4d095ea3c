import json
from pathlib import Path

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


def test_the_fitted_folders_beside(corpus):
    fitted = [(corpus / "train").resolve(), (corpus / "dev").resolve()]
    assert trained.beside(corpus, "dev") == trained.beside(corpus / "dev", None) == fitted
    (corpus / "train" / "trainD.tsv").unlink()
    assert trained.beside(corpus, "dev") == fitted[1:]


def test_figures_on_fitted_notes_carry_a_warning(corpus):
    (corpus / "test").mkdir()
    (corpus / "test" / "testD.tsv").write_text("a\ti10\n")
    assert trained.warning("codiesp", corpus, "dev").startswith("NOT HELD OUT:")
    assert trained.warning("codiesp", corpus / "train", None).startswith("NOT HELD OUT:")
    assert trained.warning("codiesp", corpus, "test") == ""
    assert trained.warning("gold", corpus, None).startswith("NOT HELD OUT if")
    assert trained.warning("aci", corpus, None) == ""


def test_the_fitted_splits_are_those_of_the_training_command():
    command = Path(__file__).parents[2] / "training" / "fit_diagnoses.py"
    if not command.is_file():
        pytest.skip("training/ is not part of a source archive")
    assert f'"--splits", default="{",".join(trained.FITTED_SPLITS)}"' in command.read_text(encoding="utf-8")
