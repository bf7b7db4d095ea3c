import pytest
from bench.ranking import average_precision, reliability


def test_average_precision_by_hand():
    # relevant at ranks 1 and 3, one never listed: (1/1 + 2/3) / 3
    assert average_precision(["A00", "B00", "C00"], {"A00", "C00", "D50"}) == pytest.approx(5 / 9)


def test_a_code_listed_twice_counts_once():
    assert average_precision(["A00", "A00", "C00"], {"A00", "C00"}) == 1.0


def test_nothing_found():
    assert average_precision([], {"A00"}) == average_precision(["B00"], {"A00"}) == 0.0


def test_reliability_by_hand():
    bins, error = reliability([(0.95, True), (0.85, False), (0.85, True), (1.0, True), (0.05, False)])
    assert [(b.low, b.count, b.right) for b in bins] == [(0.0, 1, 0), (0.8, 2, 1), (0.9, 2, 2)]
    assert bins[1].precision == 0.5
    assert bins[2].confidence == pytest.approx(0.975)
    assert error == pytest.approx((1 * 0.05 + 2 * 0.35 + 2 * 0.025) / 5)


def test_no_code_no_curve():
    assert reliability([]) == ([], 0.0)
