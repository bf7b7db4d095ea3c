from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.assign.operations import operations
from chartcode.collect import chart_from_text
from chartcode.model.case import Case

STAY = "DISCHARGE SUMMARY\n\nHOSPITAL COURSE: {}\n"
FIRST, LAST = date(2025, 12, 28), date(2026, 1, 5)


@pytest.fixture
def day(books):
    """The day of the one procedure of a stay over the turn of a year."""

    def run(said: str) -> date | None:
        chart = chart_from_text(STAY.format(said), "t", setting="inpatient", day=LAST)
        encounter = replace(chart.encounter, setting="inpatient", first=FIRST, last=LAST)
        (entry,) = operations(Case(replace(chart, encounter=encounter)), books)
        return entry.on

    return run


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("On 12/30 he underwent laparoscopic cholecystectomy.", date(2025, 12, 30)),
        ("He underwent laparoscopic cholecystectomy on 1/2/26.", date(2026, 1, 2)),
        ("He underwent laparoscopic cholecystectomy on January 3rd.", date(2026, 1, 3)),
        ("He underwent laparoscopic cholecystectomy (2025-12-26).", date(2025, 12, 26)),
        ("Seen on 1/4, he underwent laparoscopic cholecystectomy on 12/31.", date(2025, 12, 31)),
        ("He underwent laparoscopic cholecystectomy, 3/4 of the gallbladder being dead.", FIRST),
        ("He underwent laparoscopic cholecystectomy on 13/45.", FIRST),
        ("He underwent laparoscopic cholecystectomy.", FIRST),
    ],
)
def test_the_day_is_one_that_the_sentence_names_and_that_lies_in_the_stay(day, said, on):
    assert day(said) == on


@given(st.text("0123456789/- janfebmr,", max_size=30))
def test_no_writing_of_a_day_fails(books, text):
    chart = chart_from_text(
        STAY.format(f"He underwent cholecystectomy {text} well."), "t", setting="inpatient", day=LAST
    )
    encounter = replace(chart.encounter, setting="inpatient", first=FIRST, last=LAST)
    for entry in operations(Case(replace(chart, encounter=encounter)), books):
        assert entry.on is not None
