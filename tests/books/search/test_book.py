from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.books.search import SYSTEMS, Hit


def codes(books, words, **options):
    return [hit.code for hit in books.search(words, **options)]


@pytest.mark.parametrize("typed", ["E11.42", "e1142", "E1142", " e11.42 "])
def test_a_code_is_found_with_and_without_its_dot(books, typed):
    assert codes(books, typed)[0] == "E11.42"


def test_the_beginning_of_a_code_leads_to_what_may_be_reported(books):
    heading, *under = books.search("E11.4")
    assert heading == Hit("icd10cm", "E11.4", books.icd10cm.title("E11.4"), valid=False)
    assert [hit.code for hit in under] == list(books.icd10cm.leaves("E11.4"))
    assert all(hit.valid for hit in under)


def test_a_procedure_without_a_title_is_found_by_its_code(books):
    untitled = next(code for code, title in books.icd10pcs.entries() if not title)
    assert untitled in codes(books, untitled[:6], system="icd10pcs", limit=40)


def test_seventh_characters_are_offered_for_a_code_that_wants_one(books):
    found = codes(books, "S52.501")
    assert found[:3] == ["S52.501", "S52.501A", "S52.501B"]
    assert codes(books, "S52501D") == ["S52.501D"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("sprain right ankle", "S93.401A"),
        ("sprain right ankle subsequent", "S93.401D"),
        ("sprain right ankle sequela", "S93.401S"),
    ],
)
def test_the_seventh_character_is_chosen_by_the_words(books, words, first):
    assert codes(books, words)[0] == first


@pytest.mark.parametrize("end", range(4, len("pneumonia") + 1))
def test_the_last_word_may_be_half_typed(books, end):
    assert "J18.9" in codes(books, "pneumonia"[:end])


def test_a_word_that_is_ended_by_a_space_is_whole(books):
    assert "K21.9" not in codes(books, "gastr ", system="icd10cm", limit=5)


def test_one_system_alone(books):
    for system in SYSTEMS:
        found = books.search("knee", system=system)
        assert found
        assert {hit.system for hit in found} == {system}


def test_the_starters_are_marked(books):
    hits = books.search("wheelchair", system="hcpcs")
    assert all(hit.starter for hit in hits)
    assert not any(hit.starter for hit in books.search("asthma", system="icd10cm"))


def test_the_cpt_starter_can_be_turned_off(desk, monkeypatch):
    from chartcode.books import Shelf

    monkeypatch.setenv("CHARTCODE_CPT_STARTER", "off")
    books = Shelf.open(desk.folder.parent).at(date(2026, 5, 1))
    assert books.search("office visit", system="cpt") == ()
    assert books.search("99213") == ()


def test_words_find_only_what_may_be_reported_on_the_day(desk):
    before, after = desk.at(date(2025, 5, 1)), desk.at(date(2026, 5, 1))
    assert "G35.D" in codes(after, "multiple sclerosis")
    assert not any(code.startswith("G35.") for code in codes(before, "multiple sclerosis"))
    assert after.search("G35")[0] == Hit("icd10cm", "G35", "Multiple sclerosis", valid=False)
    assert before.search("G35")[0].valid


def test_the_limit_is_kept(books):
    assert len(books.search("fracture", limit=7)) == 7
    assert len(set(codes(books, "fracture", limit=200))) == 200


@pytest.mark.parametrize("options", [{"system": "icd9"}, {"limit": 0}])
def test_what_cannot_be_searched_is_said(books, options):
    with pytest.raises(ValueError, match=r"choose one of|one or more"):
        books.search("fever", **options)


@pytest.mark.parametrize("words", ["", " ", "?!", "qqqqqqqqqq", "of the", "\x00", "ß" * 400, "fever " * 100])
def test_whatever_is_typed_is_answered(books, words):
    assert isinstance(books.search(words), tuple)


@settings(max_examples=60, deadline=None)
@given(words=st.text(max_size=40))
def test_any_text_is_answered(books, words):
    for hit in books.search(words, limit=5):
        assert hit.title or not hit.valid or hit.system == "icd10pcs"


def test_the_compiled_search_is_kept_and_made_anew_for_other_releases(desk, books):
    books.search("fever")
    (kept,) = desk.folder.glob(f"search-{'?' * 12}.npz")
    assert kept.stat().st_size > 1_000_000
