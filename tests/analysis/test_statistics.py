from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.analysis.statistics import change_point, from_peers, interval, p_chart

COUNTS = st.lists(
    st.integers(0, 400).flatmap(lambda d: st.integers(0, d).map(lambda n: (float(n), float(d)))), max_size=24
)


@given(COUNTS)
def test_any_counts_are_answered(counts):
    limits = p_chart(counts)
    assert len(limits) == len(from_peers(counts)) == len(counts)
    assert all(0 <= x.lower <= x.centre + 1e-9 and x.centre <= x.upper + 1e-9 for x in limits)
    at = change_point(counts)
    assert at is None or 0 < at < len(counts)


def test_limits_are_three_standard_errors():
    limits = p_chart([(10, 100)] * 4)
    assert limits[0].upper == pytest.approx(0.1 + 3 * 0.03)
    assert not any(x.signal for x in limits)


def test_a_point_outside_is_a_signal():
    assert [x.signal for x in p_chart([(10, 100)] * 9 + [(60, 100)])] == [False] * 9 + [True]


def test_a_steady_series_does_not_change_and_a_jump_does():
    assert change_point([(10, 100), (12, 100), (9, 100), (11, 100)]) is None
    assert change_point([(10, 100)] * 5 + [(40, 100)] * 4) == 5


def test_a_unit_is_compared_with_the_others_alone():
    far = from_peers([(50, 100), (10, 100), (10, 100), (1, 2)])
    assert far[0] is not None
    assert far[0] > 3
    assert far[3] is None


@given(st.integers(1, 5000).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))
def test_the_interval_holds_the_share_and_stays_between_none_and_all(counts):
    n, d = counts
    low, high = interval(n, d)
    assert 0 <= low <= n / d <= high <= 1
    assert high - low < 1


def test_the_interval_is_wilsons():
    assert interval(10, 100) == pytest.approx((0.05523, 0.17437), abs=1e-4)
    assert interval(0, 30) == pytest.approx((0.0, 0.11352), abs=1e-4)
