from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.build.lexicon import Row, build, own_terms, read_terms
from chartcode.books.lexicon import DERIVED, INCLUSION, OWN, TITLE, Lexicon
from chartcode.books.words import forms

ROWS = (
    Row("J45", "Asthma", "", ("Atopic asthma",), leaf=False),
    Row("J45.9", "Other and unspecified asthma", "J45", (), leaf=False),
    Row("C34", "Malignant neoplasm of bronchus and lung", "", (), leaf=False),
    Row("C34.1", "Malignant neoplasm of upper lobe, bronchus or lung", "C34", (), leaf=True),
    Row("H25.1", "Age-related nuclear cataract", "H25", (), leaf=False),
    Row("H25", "Age-related cataract", "", (), leaf=False),
    Row("H25.11", "Age-related nuclear cataract, right eye", "H25.1", (), leaf=True),
    Row("H25.12", "Age-related nuclear cataract, left eye", "H25.1", (), leaf=True),
    Row("K80.2", "Calculus of gallbladder without cholecystitis", "K80", (), leaf=True),
    Row("Z85.3", "Personal history of malignant neoplasm of breast", "Z85", (), leaf=True),
    Row("W19", "Fall", "", (), leaf=True),
)
TERMS = (
    ("abbreviations.tsv", "# short\tlong\nRAD\treactive airway disease\nPT?\tphysical therapy\n"),
    ("ours.tsv", "J45\treactive airway disease; wheezy chest?\nH25\tcataract\n"),
)


@pytest.fixture(scope="module")
def small():
    return Lexicon(build(ROWS, "a test", TERMS))


def term(lexicon, phrase):
    return lexicon.look_up(" ".join(forms(phrase)))


@pytest.mark.parametrize(
    ("phrase", "codes", "source"),
    [
        ("Asthma", ("J45",), TITLE),
        ("atopic asthmas", ("J45",), INCLUSION),
        ("reactive airway disease", ("J45",), OWN),
        ("RAD", ("J45",), OWN),
        ("lung and bronchus cancer", ("C34",), DERIVED),
        ("nuclear cataract, age-related", ("H25.1",), TITLE),
        ("gallbladder stones", ("K80.2",), DERIVED),
        ("calculus of the gallbladder without cholecystitis", ("K80.2",), TITLE),
        ("history of malignant neoplasm of the breast", ("Z85.3",), DERIVED),
    ],
)
def test_ways_of_saying_a_title(phrase, codes, source, small):
    found = term(small, phrase)
    assert found is not None
    assert (found.codes, found.source) == (codes, source)


def test_what_the_book_does_not_say_is_not_found(small):
    assert term(small, "pneumonia") is None
    assert term(small, "fall") is None, "one common word of an external cause would be found in every note"
    assert term(small, "PT") is None


def test_a_phrase_marked_as_ambiguous_needs_support(small):
    assert term(small, "wheezy chest").ambiguous
    assert not term(small, "reactive airway disease").ambiguous


def test_the_words_of_a_phrase_and_their_postings_agree(small):
    for number in range(len(small)):
        words = small.words(number)
        assert small.size(number) == len(words)
        assert all(number in small.phrases_with(word) for word in words)
        assert sum(small.frequency(word) > 0 for word in words) == len(words)


def test_a_rare_word_tells_more(small):
    assert small.weight("atopic") > small.weight("cataract")
    assert small.frequency("unheard") == 0
    assert small.phrases_with("unheard") == ()


def test_it_comes_back_from_its_file(small, tmp_path):
    np.savez(tmp_path / "lexicon.npz", **build(ROWS, "a test", TERMS))
    again = Lexicon.load(tmp_path / "lexicon.npz")
    assert again.version == "a test"
    assert [again.term(n) for n in range(len(again))] == [small.term(n) for n in range(len(small))]


def test_the_same_rows_give_the_same_bytes():
    one, other = build(ROWS, "a", TERMS), build(ROWS, "a", TERMS)
    assert all(np.array_equal(one[name], other[name]) for name in one)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_any_key_is_looked_up(small, keys):
    found = small.find(np.array(keys, dtype=np.uint64))
    own = set(small.keys.tolist())
    assert [n >= 0 for n in found.tolist()] == [key in own for key in keys]


@pytest.mark.parametrize("name", [name for name, _ in own_terms()])
def test_our_term_files_are_well_formed(name):
    text = dict(own_terms())[name]
    for left, phrases in read_terms(text):
        assert left
        assert phrases, f"{name}: {left} has no phrases"


def test_our_terms_lead_to_nodes_of_the_book(book):
    strange = {
        f"{name}: {left}"
        for name, text in own_terms()
        if name != "abbreviations.tsv"
        for left, _ in read_terms(text)
        if not book.known(left)
    }
    assert not strange


@pytest.mark.parametrize(
    ("phrase", "prefix"),
    [
        ("type 2 diabetes mellitus", "E11"),
        ("congestive heart failure", "I50"),
        ("Crohn's disease", "K50"),
        ("COPD", "J44"),
        ("GERD", "K21"),
        ("CKD", "N18"),
        ("heart attack", "I21"),
        ("breast cancer", "C50"),
    ],
)
def test_the_compiled_lexicon_knows_how_people_speak(phrase, prefix, books):
    found = term(books.lexicon, phrase)
    assert found is not None
    assert found.codes[0].startswith(prefix)


def test_every_code_of_the_lexicon_is_in_the_book(books):
    lexicon = books.lexicon
    assert len(lexicon) > 50_000
    assert all(books.icd10cm.known(c) for n in range(0, len(lexicon), 97) for c in lexicon.term(n).codes)
