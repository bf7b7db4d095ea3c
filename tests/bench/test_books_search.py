"""The queries of the bench: what is asked, and what counts as found."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bench.book_figures import search
from bench.book_figures.search import Query
from bench.sets.files import Missing


def test_two_letters_of_the_longest_word_are_changed_about():
    (wrong,) = search._misspelt([Query("acute pneumonia", frozenset({"J18.9"})), Query("cough", frozenset({"R05.9"}))])
    assert wrong.wanted == {"J18.9"}
    assert wrong.words.startswith("acute ")
    assert sorted(wrong.words) == sorted("acute pneumonia")


def test_the_place_of_the_wanted_code_is_counted_from_one():
    answers = {"a": ["I10", "R05.9"], "b": ["I10"]}
    books = SimpleNamespace(search=lambda words, **_: [SimpleNamespace(code=code) for code in answers[words]])
    asked = [
        Query("a", frozenset({"R05.9", "R05.8"})),
        Query("a", frozenset({"I10"})),
        Query("b", frozenset({"J18.9"})),
    ]
    assert search.places(books, asked) == [2, 1, 0]
    assert search._shares([2, 1, 0, 6]) == (0.25, 0.5)


def test_the_queries_are_the_same_every_time_and_the_halves_are_apart(books, shared):
    tuned, counted = search.queries(shared / "codesets", books)
    again, _ = search.queries(shared / "codesets", books)
    assert [q.words for q in tuned] == [q.words for q in again]
    assert len(tuned) == len(counted) == 100
    assert not {q.words for q in tuned} & {q.words for q in counted}
    assert all(query.wanted for query in (*tuned, *counted))


def test_without_the_index_it_is_not_measured(tmp_path, books):
    with pytest.raises(Missing, match="Alphabetic Index"):
        search.queries(tmp_path, books)
