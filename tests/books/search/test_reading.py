import pytest

from chartcode.books.search.reading import Token, Words, tokens


def forms(text):
    return [token.form for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Calculi of the kidneys", ["stone", "kidney"]),
        ("renal calculus", ["kidney", "stone"]),
        ("Migraine without aura, not intractable", ["migraine", "no-aura", "no-intractable"]),
        ("fracture without shock and with loss", ["fracture", "no-shock", "loss"]),
        ("anemia secondary to bleeding", ["anemia", "bleeding"]),
        ("secondary to", []),
        ("", []),
        ("of the", []),
    ],
)
def test_words_count_by_their_forms(text, expected):
    assert forms(text) == expected


@pytest.fixture(scope="module")
def words():
    return Words.shipped()


def test_abbreviations_are_spelled_out(words):
    assert [t.form for t in words.spelled_out(tokens("chf"))] == forms("congestive heart failure")


def test_what_patients_say_is_read_as_what_books_say(words):
    said = [[t.form for t in reading] for reading in words.readings(tokens("my water pills"))]
    assert said[0] == ["water", "pill"]
    assert forms("long term use of diuretic") in said


def test_several_lay_phrases_are_read_together(words):
    said = [[t.form for t in reading] for reading in words.readings(tokens("agenesis oviduct"))]
    assert forms("congenital absence fallopian tube") in said


def test_a_doubtful_abbreviation_is_read_both_ways(words):
    said = [[t.form for t in reading] for reading in words.readings(tokens("ms"))]
    assert said[0] == ["ms"]
    assert len(said) > 1


def test_every_lay_phrase_says_something(words):
    for said, instead in words.lay.items():
        assert said
        assert all(instead)


def test_a_word_keeps_how_it_was_written():
    assert tokens("Renal") == [Token("renal", "kidney")]
