from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.words import SMALL, WORD, counted, forms, normal, phrase_key, word_hash

LETTERS = st.text(st.characters(categories=["L"]), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fractures", "fracture"),
        ("Diagnoses", "diagnosis"),
        ("metastases", "metastasis"),
        ("arteries", "artery"),
        ("headaches", "headache"),
        ("diseases", "disease"),
        ("devices", "device"),
        ("triglycerides", "triglyceride"),
        ("arthritides", "arthritis"),
        ("appendices", "appendix"),
        ("varices", "varix"),
        ("overdoses", "overdose"),
        ("MRIs", "MRI"),
        ("calculi", "stone"),
        ("oedema", "edema"),
        ("haemorrhage", "hemorrhage"),
        ("tumour", "tumor"),
        ("anaemia", "anemia"),
        ("Sj\u00f6gren", "sjogren"),
        ("Crohn\u2019s", "Crohn's"),
        ("M\u00e9ni\u00e8re's", "meniere"),
        ("renal", "KIDNEY"),
        ("II", "2"),
        ("second", "2nd"),
        ("fx", "fractured"),
    ],
)
def test_spellings_of_one_word_agree(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize("word", ["diabetes", "pus", "abscess", "sinus", "psoriasis", "rabies", "gas"])
def test_a_word_that_ends_in_s_is_no_plural(word):
    assert normal(word) == word


@pytest.mark.parametrize(("one", "other"), [("ileum", "ilium"), ("hypertension", "hypotension"), ("acute", "chronic")])
def test_different_words_stay_different(one, other):
    assert normal(one) != normal(other)
    assert word_hash(normal(one)) != word_hash(normal(other))


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("fracture of the neck of the femur", ["fracture", "neck", "femur"]),
        ("type I diabetes", ["1", "diabetes"]),
        ("stage IV pressure ulcer", ["stage", "4", "pressure", "ulcer"]),
        ("Roman I alone", ["roman", "alone"]),
        ("hepatitis A", ["hepatitis", "letter-a"]),
        ("a hepatitis", ["hepatitis"]),
        ("vitamin B12 deficiency", ["vitamin", "b12", "deficiency"]),
        ("CKD 3a", ["ckd", "3a"]),
        ("anemia secondary to blood loss", ["anemia", "blood", "loss"]),
        ("of the with", []),
        ("", []),
    ],
)
def test_the_words_that_count(phrase, expected):
    assert forms(phrase) == expected


@pytest.mark.parametrize("small", sorted(SMALL))
def test_small_words_vanish_from_a_key(small):
    assert word_hash(small) == 0


def test_secondary_may_stand_first_and_before_another_word():
    assert forms("secondary to trauma") == ["trauma"]
    assert forms("to secondary to") == []


@given(LETTERS)
def test_a_form_is_plain_lower_case(word):
    form = normal(word)
    assert form == form.lower()
    assert form.isascii()


@given(st.lists(LETTERS, max_size=8), st.randoms())
def test_the_order_of_words_does_not_count(words, chance):
    shuffled = list(words)
    chance.shuffle(shuffled)
    assert phrase_key(words) == phrase_key(shuffled)
    assert 0 <= phrase_key(words) < 2**64


@given(st.lists(LETTERS, max_size=6), st.sampled_from(sorted(SMALL)))
def test_a_small_word_changes_no_key(words, small):
    assert phrase_key([*words, small]) == phrase_key(words)


@given(st.text(max_size=300))
def test_any_text_has_forms(text):
    found = forms(text)
    assert len(found) <= len(WORD.findall(text))
    assert not SMALL.intersection(found)


@given(st.text(max_size=300))
def test_words_are_in_the_text_in_order(text):
    spans = [m.span() for m in WORD.finditer(text)]
    assert all(a < b for a, b in spans)
    assert spans == sorted(spans)


def test_a_roman_letter_is_a_number_only_after_a_word_that_is_numbered():
    assert counted("i", "stage") == "1"
    assert counted("i", "and") == "i"
    assert counted("a", "group") == "letter-a"
    assert counted("a", "has") == "a"


def test_an_abbreviation_does_not_become_another_by_its_plural():
    assert normal("HLHS") != normal("HLH")
