"""Dates move in the form in which they stand; ages over 89 become one class."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.deidentify.dates import ages, dates
from chartcode.deidentify.findings import replaced


def shifted(text: str, by: int = 10, year: int | None = 2026, *, old: bool = False) -> str:
    return replaced(text, dates(text, by, year, old=old)).text


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("on 03/25/2026.", "on 04/04/2026."),
        ("on 3/5/26 again", "on 3/15/26 again"),
        ("2026-03-25T10:00", "2026-04-04T10:00"),
        ("March 25, 2026", "April 4, 2026"),
        ("Mar. 25, 2026", "Apr. 4, 2026"),
        ("MARCH 25TH, 2026", "APRIL 4th, 2026"),
        ("25 March 2026", "4 April 2026"),
        ("25-Mar-2026", "4-Apr-2026"),
        ("the 25th of March, 2026", "the 4th of April, 2026"),
        ("20260325", "20260404"),
        ("seen on 3/25 and", "seen on 4/4 and"),
        ("since March 25", "since April 4"),
        ("on 25 March again", "on 4 April again"),
        ("the 25th of March.", "the 4th of April."),
        ("in March 2026", "in March 2026"),
        ("a date of 02/30/2026", "a date of [DATE]"),
        ("before Christmas", "before [DATE]"),
    ],
)
def test_every_form(text, moved):
    assert shifted(text) == moved


@pytest.mark.parametrize(
    "text",
    [
        "BP 120/80",
        "strength 5/5",
        "on 4/5 strength",
        "1/2 tablet",
        "L4-5 disc",
        "May have pain",
        "10/10 pain",
        "pH 7.35",
        "in 2019",
        "2 may be enough",
    ],
)
def test_what_is_no_date_stays(text):
    assert shifted(text) == text


@given(st.dates(date(1950, 1, 1), date(2049, 1, 1)), st.integers(-365, 365))
def test_what_lies_between_two_dates_stays(day, by):
    text = f"from {day:%m/%d/%Y} to {day + timedelta(days=9):%m/%d/%Y}"
    first, last = (date(int(y), int(m), int(d)) for m, d, y in (w.split("/") for w in shifted(text, by).split()[1::2]))
    assert last - first == timedelta(days=9)
    assert first - day == timedelta(days=by)


def test_a_day_of_birth_would_tell_an_age_over_89():
    assert shifted("DOB: 02/11/1931. Seen 03/04/2026.", old=True) == "DOB: [DATE]. Seen 03/14/2026."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a 94-year-old man", "a 90+-year-old man"),
        ("Age: 97\nSex: F", "Age: 90+\nSex: F"),
        ("She is 101.", "She is 90+."),
        ("102 y/o female", "90+ y/o female"),
        ("ninety-three years old", "90+ years old"),
        ("an 89-year-old", "an 89-year-old"),
        ("Temperature is 98. Pulse is 101,", "Temperature is 98. Pulse is 101,"),
        ("T 100.2F", "T 100.2F"),
    ],
)
def test_ages(text, said):
    assert replaced(text, ages(text)).text == said
