import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books.search.spelling import Spelling, distance, letters, pairs

WORDS = sorted({"asthma", "diabetes", "pneumonia", "pneumonitis", "fracture", "hernia", "hernias", "uterus", "ureter"})


@pytest.fixture(scope="module")
def spelling():
    return Spelling(
        WORDS,
        np.array([letters(w) for w in WORDS], dtype=np.uint32),
        np.array([pairs(w) for w in WORDS], dtype=np.uint64),
        np.ones(len(WORDS), dtype=np.uint32),
    )


def near(spelling, word):
    return [(WORDS[number], far) for number, far in spelling.near(word)]


@pytest.mark.parametrize(
    ("typed", "meant", "far"),
    [
        ("astma", "asthma", 1),
        ("diabetis", "diabetes", 1),
        ("pnuemonia", "pneumonia", 1),
        ("neumonia", "pneumonia", 1),
        ("pnumona", "pneumonia", 2),
        ("fractrue", "fracture", 1),
        ("frakcture", "fracture", 1),
    ],
)
def test_a_misspelt_word_is_near_to_what_was_meant(spelling, typed, meant, far):
    assert near(spelling, typed)[0] == (meant, far)


@pytest.mark.parametrize("typed", ["ast", "xxxxxxxx", "a1c9", "größe", ""])
def test_what_is_near_to_nothing(spelling, typed):
    assert near(spelling, typed) == []


WORD = st.text("abcdefgh", min_size=4, max_size=10)


@given(WORD, WORD)
def test_distance_is_the_same_both_ways(one, other):
    assert distance(one, other, 2) == distance(other, one, 2)


@given(WORD, st.data())
def test_the_sieve_lets_every_single_fault_through(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    fault = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    book = Spelling(
        [word],
        np.array([letters(word)], dtype=np.uint32),
        np.array([pairs(word)], dtype=np.uint64),
        np.ones(1, dtype=np.uint32),
    )
    assert distance(fault, word, 2) <= 1
    if len(fault) >= 4:
        assert [number for number, _ in book.near(fault)] == [0]
