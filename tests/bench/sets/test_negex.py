import pytest
from bench.sets.files import Missing
from hypothesis import given
from hypothesis import strategies as st

from bench.sets import negex

TABLE = (
    "Report No.\tConcept\tSentence\tNegation\n"
    '1\tchest  pain\t"Denies CHEST   PAIN, ""really""."\tNegated\n'
    "2\tPE\tNo PERICARDITIS but PE found.\tAffirmed\n"
)


def test_the_marked_concept_is_found(tmp_path):
    (tmp_path / "n.tsv").write_text(TABLE)
    first, second = negex.read(tmp_path)
    assert (first.report, first.text[first.start : first.end], first.negated) == ("1", "CHEST   PAIN", True)
    assert (second.text[second.start - 4 : second.end], second.negated) == ("but PE", False)


def test_capitals_before_small_letters():
    text = "Pain yesterday, no PAIN today."
    start, end = negex.locate("pain", text)
    assert text[start:end] == "PAIN"


def test_a_concept_that_runs_over_the_end_of_its_sentence():
    assert negex.locate("neck supple.  No masses", "NECK:  neck supple.") == (7, 19)
    assert negex.locate("absent words", "nothing of it") == (0, 13)


def test_other_tables_are_refused(tmp_path):
    (tmp_path / "n.tsv").write_text("1\tpain\tPAIN\tMaybe\n")
    with pytest.raises(Missing, match="row 1"):
        negex.read(tmp_path / "n.tsv")


@given(st.text(max_size=40), st.text(max_size=40), st.text(alphabet="abc +*(?", max_size=12))
def test_every_concept_has_a_place(before, after, concept):
    sentence = before + concept.upper() + after
    start, end = negex.locate(concept, sentence)
    assert 0 <= start <= end <= len(sentence)
