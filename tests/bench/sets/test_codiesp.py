import pytest
from bench.sets.files import Missing

from bench.sets import codiesp


@pytest.fixture
def corpus(tmp_path):
    for split, rows in (("train", "a\tn44.8\n"), ("test", "b\te11.9\nb\tI10\nb\te11.9\nc\tr52\n")):
        folder = tmp_path / split
        (folder / "en").mkdir(parents=True)
        (folder / f"{split}D.tsv").write_text(rows)
        for name in "abcd":
            (folder / "en" / f"{name}.txt").write_bytes(f"Case {name}.\r\n".encode())
    return tmp_path


@pytest.mark.parametrize("inside", [False, True])
def test_the_folder_above_or_the_own_folder(corpus, inside):
    notes = codiesp.read(corpus / "test") if inside else codiesp.read(corpus, "test")
    assert [(n.id, [i.code for i in n.items]) for n in notes] == [("b", ["E11.9", "I10"]), ("c", ["R52"])]
    assert notes[0].text == "Case b.\r\n"


def test_the_own_folder_may_be_named_again(corpus):
    assert len(codiesp.read(corpus / "test", "test")) == 2


def test_a_split_must_be_named_and_be_there(corpus):
    with pytest.raises(Missing, match=r"--split \(test, train\)"):
        codiesp.read(corpus)
    with pytest.raises(Missing, match=r"no \*D\.tsv"):
        codiesp.read(corpus, "dev")
    with pytest.raises(Missing, match=r"no \*D\.tsv"):
        codiesp.read(corpus / "train", "dev")


def test_missing_texts_are_said(corpus):
    (corpus / "test" / "en" / "b.txt").unlink()
    with pytest.raises(Missing, match=r"b\.txt"):
        codiesp.read(corpus, "test")
