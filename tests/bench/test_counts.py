import pytest
from bench.counts import Tally, f1, interval, ratio, tally, total
from bench.notes import Item, item
from hypothesis import given
from hypothesis import strategies as st


def test_micro_scores_by_hand():
    key = [item("E11.9"), item("I10"), item("N18.30"), item("R05.9")]
    counts = tally(key, ["E11.9", "I10", "J45.909"])
    assert counts == Tally(found=2, required=4, right=2, reported=3)
    assert counts.recall == 0.5
    assert counts.precision == pytest.approx(2 / 3)
    assert counts.f1 == pytest.approx(4 / 7)


def test_alternatives_and_optional_items():
    key = [Item(("J44.9", "J44.1")), Item(("Z79.01",), required=False), Item(("I10",))]
    # J44.1 hits the first item; Z79.01 is right without being required; K21.9 is wrong.
    assert tally(key, ["J44.1", "Z79.01", "K21.9"]) == Tally(found=1, required=2, right=2, reported=3)


def test_both_a_code_and_its_alternative_are_right_but_find_one_item():
    assert tally([Item(("J44.9", "J44.1"))], ["J44.9", "J44.1"]) == Tally(1, 1, 2, 2)


def test_a_slice_narrows_items_and_reported_codes_not_what_is_accepted():
    key = [Item(("E11.9",)), Item(("I10", "E78.5"))]
    # E78.5 is right through the item I10, which is not of the slice and so not asked for.
    assert tally(key, ["E78.5"], lambda code: code.startswith("E")) == Tally(0, 1, 1, 1)


def test_nothing_reported_and_nothing_asked():
    empty = tally([], [])
    assert (empty.precision, empty.recall, empty.f1) == (0.0, 0.0, 0.0)


def test_the_interval_is_that_of_the_seed_and_holds_the_value():
    rows = [(1, 2, 1, 2), (2, 2, 2, 3), (0, 1, 0, 1), (3, 4, 3, 3)] * 10
    low, high = interval(rows, f1)
    assert (low, high) == interval(rows, f1)
    assert low < total(Tally(*row) for row in rows).f1 < high
    assert interval(rows, f1, seed=1) != (low, high)


def test_notes_that_agree_leave_no_doubt():
    assert interval([(1, 2)] * 5, ratio(0, 1)) == (0.5, 0.5)
    assert interval([], f1) == (0.0, 0.0)


def test_draws_without_the_thing_asked_for_are_left_out():
    # one note of five has it: a third of the draws miss it and say nothing
    assert interval([(1, 1, 1, 1), *[(0, 0, 0, 0)] * 4], f1) == (1.0, 1.0)
    assert interval([(0, 0)] * 3, ratio(0, 1)) == (0.0, 0.0)


@given(st.lists(st.tuples(*[st.integers(0, 5)] * 4), min_size=1, max_size=8))
def test_an_interval_lies_within_a_share(rows):
    rows = [(min(a, b), b, min(c, d), d) for a, b, c, d in rows]
    low, high = interval(rows, f1, rounds=50)
    assert 0 <= low <= high <= 1
