import io

import numpy as np
import pytest

from chartcode.books.build.search_index import HEADING, STEM, Listed, Said, build, plain
from chartcode.books.search.pages import Pages
from chartcode.books.search.ranking import rank, wanted
from chartcode.books.search.reading import Token, Words, tokens

WORDS = Words({"uti": tuple(tokens("urinary tract infection"))}, {}, {})
LISTED = [
    Listed(0, "A10", "Itch", HEADING),
    Listed(0, "A101", "Itch of left hand"),
    Listed(0, "A102", "Itch of right hand"),
    Listed(0, "A109", "Itch, unspecified"),
    Listed(0, "A11", "Other itch"),
    Listed(0, "N390", "Urinary tract infection, site not specified"),
    Listed(0, "S101", "Scratch without bleeding", STEM),
    Listed(1, "0XJ0ZZZ", "Inspection of Hand, Open Approach"),
    Listed(3, "10001", "Hand looked at"),
    Listed(0, "A19", ""),
]
SAID = [
    plain(0, "A10", "pruritus", 1.0, WORDS),
    plain(0, "A10", "ant feeling", 1.0, WORDS, "crawling"),
    Said(3, "10001", ((Token("palm", "palm"), Token("fist", "fist")),), 0.97, (), (("inspect",),)),
    plain(0, "Z99", "of no entry", 1.0, WORDS),
]


@pytest.fixture(scope="module")
def arrays():
    return build(LISTED, SAID, WORDS)


@pytest.fixture(scope="module")
def pages(arrays, tmp_path_factory):
    path = tmp_path_factory.mktemp("search") / "search.npz"
    with path.open("wb") as file:
        np.savez(file, **arrays)
    return Pages(path)


def found(pages, text, book=None):
    words = [w for t in WORDS.spelled_out(tokens(text)) if (w := wanted(pages, t, begun=False))]
    return [pages.codes[entry].decode() for _, entry in rank(pages, words, book, 10)]


def test_entries_are_in_order_and_know_what_is_under_them(arrays):
    codes = arrays["codes"].tolist()
    assert codes == [b"A10", b"A101", b"A102", b"A109", b"A11", b"N390", b"S101", b"0XJ0ZZZ", b"10001"]
    assert arrays["last"].tolist() == [3, 1, 2, 3, 4, 5, 6, 7, 8]
    assert arrays["entry"][: len(codes)].tolist() == list(range(len(codes)))


def test_plain_arrays_alone(arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    file.seek(0)
    assert set(np.load(file, allow_pickle=False).files) == set(arrays)


def test_a_heading_leads_to_the_plain_entry_under_it(pages):
    assert found(pages, "itch")[0] == "A109"
    assert found(pages, "pruritus")[0] == "A109"
    assert "A10" not in found(pages, "itch")


def test_what_the_phrase_does_not_have_may_stand_in_the_title(pages):
    assert found(pages, "pruritus right hand")[0] == "A102"


def test_optional_words_change_nothing(pages):
    assert found(pages, "crawling ant feeling") == found(pages, "ant feeling")


def test_an_abbreviation_is_the_words_that_it_stands_for(pages):
    assert found(pages, "uti") == ["N390"]


def test_any_word_of_a_group_will_do_and_a_beginning_stands_for_its_words(pages):
    assert found(pages, "fist inspection", 3) == ["10001"]
    assert found(pages, "palm inspection", 3) == ["10001"]


def test_one_book_alone(pages):
    assert found(pages, "hand", 1) == ["0XJ0ZZZ"]


def test_what_is_said_not_to_be_there_need_not_be_said(pages):
    assert found(pages, "scratch") == ["S101"]
    assert found(pages, "scratch without bleeding") == ["S101"]


def test_nothing_is_found_for_nothing(pages):
    assert rank(pages, [], None, 10) == []
    assert wanted(pages, Token("zzzz", "zzzz"), begun=False) is None
