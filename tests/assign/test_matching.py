from __future__ import annotations

import pytest

from chartcode.assign.matching import choose, find_phrases, read_words
from chartcode.assign.sentences import sentence_ends
from chartcode.books.words import forms


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


def test_no_phrase_reaches_across_sentences(books):
    assert not any("." in words for words, _ in found("He has heart. Failure to thrive.", books))


def test_words_keep_their_places():
    text = "Severe asthma, and COPD."
    words = read_words(text, [len(text)])
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == ["Severe", "asthma", "COPD"]


def test_secondary_to_is_no_word_of_a_phrase():
    assert forms("headache secondary to hypertension") == ["headache", "hypertension"]
    assert forms("secondary hypertension") == ["secondary", "hypertension"]
