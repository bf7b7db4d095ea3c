from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.assign.matching import choose, find_phrases, read_words
from chartcode.assign.sentences import sentence_ends
from chartcode.books.words import forms

WORDS = (
    "acute", "chronic", "heart", "failure", "left", "knee", "pain", "no", "of", "the", "diabetes", "type", "2", "II.",
    "fracture", "femur,", "and", "asthma.", "COPD;", "\n", "Kidney", "stones", "with", "pneumonia", "hepatitis", "A",
)  # fmt: skip
"""Pieces of sentences that make and break phrases."""


def found(text, books):
    words = read_words(text, sentence_ends(text))
    chosen = choose(find_phrases(words, books.lexicon), words, text)
    return {
        (text[words.starts[h.first] : words.ends[h.last]], books.lexicon.term(h.phrase).codes[0][:3]) for h in chosen
    }


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("fracture of the neck of the femur", "S72"),
        ("femoral neck fractures", "S72"),
        ("congestive heart failure", "I50"),
        ("failure of the heart", "I50"),
        ("type 2 diabetes mellitus", "E11"),
        ("type II diabetes", "E11"),
        ("type I diabetes", "E10"),
        ("hepatitis A", "B15"),
        ("urinary tract infections", "N39"),
    ],
)
def test_order_number_and_small_words_do_not_count(text, category, books):
    assert category in {code for _, code in found(text, books)}


def test_a_coordination_shares_its_words(books):
    assert {code for _, code in found("acute and chronic cholecystitis", books)} >= {"K81"}


def test_the_longest_phrase_wins(books):
    spans = {words for words, _ in found("chronic obstructive pulmonary disease", books)}
    assert spans == {"chronic obstructive pulmonary disease"}


def test_no_phrase_reaches_across_a_denial(books):
    assert not any("no" in words.split() for words, _ in found("Gallbladder: no stones", books))


def test_no_phrase_reaches_from_a_heading_across_its_diagnosis(books):
    assert {words for words, _ in found("Postoperative diagnosis: Renal failure", books)} == {"Renal failure"}


def test_no_phrase_reaches_across_sentences(books):
    assert not any("." in words for words, _ in found("He has heart. Failure to thrive.", books))


def test_words_keep_their_places():
    text = "Severe asthma, and COPD."
    words = read_words(text, [len(text)])
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == ["Severe", "asthma", "COPD"]


def test_secondary_to_is_no_word_of_a_phrase():
    assert forms("headache secondary to hypertension") == ["headache", "hypertension"]
    assert forms("secondary hypertension") == ["secondary", "hypertension"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lung cancer", "cancer of the lung"),
        ("gallbladder stones", "stone of the gallbladder"),
        ("kidney failure", "renal failure"),
        ("headaches", "headache"),
        ("tumour of the breast", "breast tumors"),
        ("hypertensive heart disease", "Hypertensive Heart Diseases"),
    ],
)
def test_two_ways_to_say_it_lead_to_the_same(one, other, books):
    assert {code for _, code in found(one, books)} == {code for _, code in found(other, books)} != set()


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("hepatitis A and hepatitis B", {"B15", "B19"}),
        ("diabetes and hypertension", {"E11", "I10"}),
        ("asthma, gout; migraine", {"J45", "M10", "G43"}),
    ],
)
def test_neighbours_do_not_swallow_each_other(text, categories, books):
    assert categories <= {code for _, code in found(text, books)}


def test_a_phrase_does_not_reach_into_another_clause_or_across_doubt(books):
    said = found("Your symptoms are because of a urinary tract infection.", books)
    assert ("urinary tract infection", "N39") in said
    assert not {code for _, code in found("Ultrasound of the lower extremity to rule out DVT.", books)} - {"I82"}
    assert "DVT" in {words for words, _ in found("Ultrasound of the lower extremity to rule out DVT.", books)}


@pytest.mark.parametrize("text", ["", " \n", "the of and with", "xqzzt bluvv", "....", "12 34 5.6"])
def test_what_says_nothing_gives_nothing(text, books):
    assert found(text, books) == set()


@settings(max_examples=60)
@given(pieces=st.lists(st.sampled_from(WORDS), max_size=25))
def test_phrases_lie_in_the_text_and_in_one_sentence(pieces, books):
    text = " ".join(pieces)
    ends = sentence_ends(text)
    words = read_words(text, ends)
    assert len(words.starts) == len(words.ends)
    for hit in choose(find_phrases(words, books.lexicon), words, text):
        start, end = words.starts[hit.first], words.ends[hit.last]
        assert 0 <= start < end <= len(text)
        assert not any(start < stop < end for stop in ends)
        assert books.lexicon.term(hit.phrase).codes


@given(st.text(max_size=300))
def test_words_of_any_text_stand_in_order(text):
    words = read_words(text, sentence_ends(text))
    spans = list(zip(words.starts, words.ends, strict=True))
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
