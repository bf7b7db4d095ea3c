"""Days, intervals, and values with a history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.model.dates import Dated, Interval, fiscal_year

DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def test_both_ends_belong_to_an_interval():
    year = Interval(date(2025, 10, 1), date(2026, 9, 30))
    assert date(2025, 10, 1) in year
    assert date(2026, 9, 30) in year
    assert date(2025, 9, 30) not in year
    assert date(2026, 10, 1) not in year
    assert date(2999, 1, 1) in Interval(date(2025, 10, 1))


@pytest.mark.parametrize(
    ("day", "year"), [(date(2025, 9, 30), 2025), (date(2025, 10, 1), 2026), (date(2026, 1, 1), 2026)]
)
def test_fiscal_years_begin_in_october(day, year):
    assert fiscal_year(day) == year


def test_each_value_lasts_until_the_next_begins():
    ages = Dated.of([(date(2019, 10, 1), (9, 64)), (date(2015, 10, 1), (12, 55))])
    assert ages.at(date(2019, 9, 30)) == (12, 55)
    assert ages.at(date(2019, 10, 1)) == ages.at(date(2050, 1, 1)) == (9, 64)
    with pytest.raises(LookupError, match="no value is in force on 2015-09-30"):
        ages.at(date(2015, 9, 30))


@given(st.lists(DAYS, min_size=1, unique=True), DAYS)
def test_a_history_answers_with_the_latest_step_that_has_begun(firsts, day):
    history = Dated.of([(first, first) for first in firsts])
    begun = [first for first in firsts if first <= day]
    if begun:
        assert history.at(day) == max(begun)
    else:
        with pytest.raises(LookupError):
            history.at(day)


@given(DAYS, st.integers(0, 400))
def test_an_interval_holds_the_days_between(first, length):
    last = first + timedelta(days=length)
    assert first in Interval(first, last)
    assert last in Interval(first, last)
    assert last + timedelta(days=1) not in Interval(first, last)
