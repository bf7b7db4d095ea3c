from __future__ import annotations

import pytest

from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.specificity import one_for_same_words, prefer_specific
from chartcode.model.case import Mention, Proposal
from chartcode.model.chart import Span
from chartcode.model.code import icd10cm

WIDE, NARROW = (0, 30), (0,)
"""Places of the words: two mentions, and one of them."""


def candidate(code: str, score: float, places: tuple[int, ...]) -> Candidate:
    evidence = tuple(Mention(Span("n", at, at + 10, "some words"), "some words") for at in places)
    return Candidate(code, [Proposal(icd10cm(code), "index", evidence)], score=score)


def lost(books, *candidates):
    one_for_same_words(list(candidates), books.icd10cm)
    return {c.code: c.why for c in candidates if c.why}


def test_a_code_without_words_of_its_own_yields_to_the_likelier_reading(books):
    said = lost(books, candidate("F32.A", 0.9, WIDE), candidate("F32.9", 0.5, NARROW))
    assert said == {"F32.9": "F32.A is the likelier reading of the same words"}


def test_the_likelier_one_stands_even_where_another_has_more_words(books):
    assert not lost(books, candidate("F32.A", 0.5, WIDE), candidate("F32.9", 0.9, NARROW))


def test_a_code_with_words_of_its_own_stands(books):
    assert not lost(books, candidate("F32.A", 0.9, (0, 30)), candidate("I10", 0.5, (0, 60)))


def test_a_status_is_no_other_reading_of_a_disease(books):
    assert not lost(books, candidate("N39.0", 0.9, WIDE), candidate("Z87.440", 0.5, NARROW))
    assert not lost(books, candidate("Z87.440", 0.9, WIDE), candidate("N39.0", 0.5, NARROW))


@pytest.mark.parametrize(("vague", "specific"), [("J96.90", "J96.22"), ("K35.80", "K35.32")])
def test_unspecified_yields_to_the_kind_that_is_known(vague, specific, books):
    standing = [candidate(vague, 0.9, (0,)), candidate(specific, 0.6, (30,))]
    prefer_specific(standing, books)
    assert [c.why for c in standing] == [f"{specific} says it more specifically", ""]


def yields(books, *codes):
    found = [candidate(code, 0.8, NARROW) for code in codes]
    prefer_specific(found, books)
    return [c.code for c in found if c.why]


def test_what_the_table_calls_vague_yields_unless_it_is_of_the_other_side(books):
    assert yields(books, "H66.91", "H66.001") == ["H66.91"]
    assert yields(books, "H66.92", "H66.001") == []
    assert yields(books, "I51.9", "I48.91") == ["I51.9"]


def test_tables_of_signs_and_of_vague_codes_name_codes_of_the_book(books):
    for table, keys in (("integral_signs.pairs", ("sign", "of")), ("vague.pairs", ("vague", "specific"))):
        for pair in books.parameters[table]:
            for code in (*pair[keys[0]], *pair[keys[1]]):
                assert len(code) == 1 or books.icd10cm.entry(code) is not None, code
