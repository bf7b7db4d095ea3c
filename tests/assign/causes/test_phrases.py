from __future__ import annotations

import re

import pytest

from chartcode.assign.causes.phrases import compiled, table


@pytest.mark.parametrize(
    ("phrase", "text", "said"),
    [
        ("fell/fall .. ladder*", "he fell off of a ladder", True),
        ("fell/fall .. ladder*", "he fell. the ladder stood", False),
        ("fell/fall .. ladder*", "he fell and five days after that he saw a ladder", False),
        ("lawn_mower", "a lawn mower", True),
        ("lawn_mower", "a lawn", False),
        ("cut .. kitchen? knife", "cut by a knife", True),
        ("@fell .. ice", "slipped on ice", True),
        ("fell", "befell", False),
        ("skate*", "skateboard", True),
    ],
)
def test_a_phrase_is_words_in_order_with_choices_and_gaps(phrase, text, said):
    assert bool(re.search(compiled(phrase, {"@fell": "fell/slipped"}), text)) is said


@pytest.mark.parametrize("name", ["causes.tsv", "places.tsv", "activities.tsv"])
def test_no_row_matches_nothing_at_all(name):
    assert all(row.said.search("") is None for row in table(name))


def test_every_code_of_the_tables_is_in_the_book(books):
    from chartcode.assign.causes import reportable

    for row in (*table("causes.tsv"), *table("activities.tsv")):
        found = reportable(row.code, "A", books.icd10cm)
        assert found is not None, row.code
        assert found.startswith(row.code), (row.code, found)
    for row in table("places.tsv"):
        assert row.code.isalpha() or books.icd10cm.known(row.code), row.code


def test_what_a_phrase_needs_is_asked_first():
    row = next(r for r in table("causes.tsv") if r.code == "W11")
    assert row.may_say({"he", "fell", "off", "a", "ladder"})
    assert not row.may_say({"he", "fell", "off", "a", "roof"})
