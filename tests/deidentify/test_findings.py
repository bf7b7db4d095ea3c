"""Replacing keeps every offset: what stood between findings stands there still."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chartcode.deidentify.findings import Finding, disjoint, replaced

FINDINGS = st.lists(
    st.builds(
        lambda start, length, instead: Finding(start, start + length, "name", instead),
        st.integers(0, 40),
        st.integers(1, 8),
        st.text("xyz[]", max_size=9),
    ),
    max_size=8,
)


@given(st.text("abcdef ", min_size=50, max_size=60), FINDINGS)
def test_what_is_kept_stands_where_its_offset_says(text, findings):
    done = replaced(text, findings)
    gone = {place for f in done.findings for place in range(f.start, f.end)}
    for place in range(len(text)):
        if place not in gone:
            assert done.text[done.at(place)] == text[place]
    assert done.at(len(text), end=True) == len(done.text)
    for f in done.findings:
        assert done.text[done.at(f.start) : done.at(f.end, end=True)].startswith(f.instead)


@given(FINDINGS)
def test_what_overlaps_becomes_one_and_nothing_is_left_open(findings):
    kept = list(disjoint(findings))
    assert all(a.end <= b.start for a, b in pairwise(kept))
    covered = {place for f in kept for place in range(f.start, f.end)}
    assert covered == {place for f in findings for place in range(f.start, f.end)}


def test_within_a_replaced_piece_an_offset_goes_to_its_edge():
    done = replaced("Mr. Miller fell", [Finding(4, 10, "name", "[NAME]!")])
    assert (done.at(6), done.at(6, end=True), done.at(10), done.at(11)) == (4, 11, 11, 12)
