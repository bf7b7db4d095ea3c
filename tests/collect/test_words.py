"""Phrases are found word by word, the longest first, whatever stands between the words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect.places import touched, within
from chartcode.collect.words import Phrases, words

PHRASES = Phrases.of([("Toprol", 1), ("toprol-XL", 2), ("normal saline", 3), ("5-FU", 4)])


def found(text: str) -> list[tuple[str, int]]:
    return [(text[f.start : f.end], f.value) for f in PHRASES.find(words(text))]


def test_the_longest_phrase_wins() -> None:
    assert found("Toprol XL and toprol, TOPROL-XL") == [("Toprol XL", 2), ("toprol", 1), ("TOPROL-XL", 2)]


def test_small_gaps_only() -> None:
    assert found("normal\nsaline; normal, saline; normal. Saline; 5-FU") == [("normal\nsaline", 3), ("5-FU", 4)]


def test_part_of_a_word_is_none() -> None:
    assert found("toprolol abnormal saline") == []


@given(st.text())
def test_words_are_where_they_say(text: str) -> None:
    of = words(text)
    for lower, start, end in zip(of.lower, of.starts, of.ends, strict=True):
        assert text[start:end].lower() == lower


@given(st.lists(st.integers(0, 60), min_size=2, max_size=10, unique=True), st.integers(0, 60), st.integers(1, 9))
def test_places_agree_with_looking_at_each(cuts: list[int], offset: int, length: int) -> None:
    cuts.sort()
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    assert within(spans, offset) == any(start <= offset < end for start, end in spans)
    assert touched(spans, offset, offset + length) == any(s < offset + length and offset < e for s, e in spans)
