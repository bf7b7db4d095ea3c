"""Labelled days are read in every spelling; days of the story, of birth and of the laboratory are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect.dates import Days, born, encounter_days, read_day

MAY = date(2026, 5, 1)
MARCH = date(2026, 3, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2026-05-01",
        "5/1/2026",
        "05/01/26",
        "05-01-2026",
        "May 1, 2026",
        "May 1st, 2026",
        "1 May 2026",
        "01-MAY-2026",
        "[**2026-5-1**]",
        "1st of May, 2026",
    ],
)
def test_spellings(written: str) -> None:
    assert read_day(written) == MAY
    assert encounter_days(f"DATE OF SERVICE: {written}\nCHIEF COMPLAINT: Cough.") == Days(MAY, None)


@pytest.mark.parametrize(
    "written", ["05/01", "13/32/2026", "May 2026", "MM/DD/YYYY", "2026-02-30", "99/99/9999", "1/2/3"]
)
def test_what_is_no_day(written: str) -> None:
    assert read_day(written) is None
    assert encounter_days(f"DATE OF SERVICE: {written}") == Days(None, None)


@pytest.mark.parametrize(
    "label",
    ["Date of visit", "VISIT DATE", "Date of operation", "DOS", "Date", "Encounter Date", "DATE OF CONSULTATION"],
)
def test_labels_of_a_visit(label: str) -> None:
    assert encounter_days(f"{label}: 05/01/2026").first == MAY
    assert encounter_days(f"{label} 05/01/2026").first == MAY


def test_a_stay_has_two_days() -> None:
    text = "Admission Date:  [**2026-3-4**]      Discharge Date:   [**2026-5-1**]\nDate of Birth: [**1950-1-2**]"
    assert encounter_days(text) == Days(MARCH, MAY)
    assert encounter_days("ADMITTED: 03/04/2026\nDISCHARGED: 05/01/2026") == Days(MARCH, MAY)
    assert encounter_days("DATE OF SERVICE: 03/04/2026 to 05/01/2026") == Days(MARCH, MAY)


def test_an_admission_goes_before_a_service_before_a_bare_date() -> None:
    text = "DATE: 06/06/2026\nDATE OF SURGERY: 05/01/2026\nDATE OF ADMISSION: 03/04/2026"
    assert encounter_days(text).first == MARCH
    assert encounter_days("DATE: 06/06/2026\nDATE OF SURGERY: 05/01/2026").first == MAY


@pytest.mark.parametrize(
    "text",
    [
        "DOB: 05/01/1950",
        "Date of birth: 05/01/1950",
        "Dictated: 05/01/2026. Transcription date: 05/01/2026",
        "He was admitted on 05/01/2019 for pneumonia and discharged on 05/09/2019.",
        "LABS: hemoglobin of 05/01/2026 was 9.",
        "Last visit date: 05/01/2020",
        "Date of injury: 05/01/2020",
        "Date of onset 05/01/2020",
    ],
)
def test_other_days_are_not_the_encounter(text: str) -> None:
    assert encounter_days(text) == Days(None, None)


def test_an_end_before_the_begin_is_left_out() -> None:
    assert encounter_days("ADMITTED: 05/01/2026\nDISCHARGED: 03/04/2026") == Days(MAY, None)


def test_birth() -> None:
    assert born("DOB: 3/4/1961") == date(1961, 3, 4)
    assert born("Date of birth: March 4, 1961") == date(1961, 3, 4)
    assert born("born in Ohio") is None


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_every_day_can_be_written(day: date) -> None:
    for written in (day.isoformat(), f"{day.month}/{day.day}/{day.year}", f"{day:%B} {day.day}, {day.year}"):
        assert read_day(written) == day
    assert read_day(f"{day.month:02}/{day.day:02}/{day.year % 100:02}") == day


@given(st.text())
def test_any_text(text: str) -> None:
    encounter_days(text)
    born(text)
