"""Sex and age are the patient's, in the spellings of US notes."""

from __future__ import annotations

from datetime import date

import pytest

from chartcode.collect.patient import patient
from chartcode.collect.sections import sections
from chartcode.collect.words import words
from chartcode.model.chart import Patient


def read(text: str, day: date | None = None) -> Patient:
    return patient(text, words(text), sections(text), day)


@pytest.mark.parametrize(
    ("text", "sex", "age"),
    [
        ("This is a 62-year-old male with cough.", "M", 62),
        ("A 62 year old white female.", "F", 62),
        ("HX: 76 y/o RHF fell.", "F", 76),
        ("HX: This 82y/o RHM was referred.", "M", 82),
        ("The patient is a 45 yo African-American gentleman.", "M", 45),
        ("A 14-1/2-year-old girl.", "F", 14),
        ("The patient is a sixty-two-year-old woman.", "F", 62),
        ("62F with chest pain.", "F", 62),
        ("AGE: 54\nSEX: M", "M", 54),
        ("The patient is a male and 39 years old.", "M", 39),
        ("He is 50 years old now.", "M", 50),
        ("The patient is 50 years of age. She smokes. Her cough is better.", "F", 50),
        ("A 30-year-old gravida 2, para 1, in labor.", "F", 30),
        ("The prostate was enlarged. PSA was drawn.", "M", None),
        ("Knee pain.", None, None),
    ],
)
def test_sex_and_age(text: str, sex: str | None, age: int | None) -> None:
    who = read(text)
    assert (who.sex, who.age) == (sex, age)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("This 6-week-old boy.", 42),
        ("A 10-day-old girl.", 10),
        ("The patient is a newborn with jaundice.", 0),
        ("A 2-month-old male.", 60),
    ],
)
def test_infants_have_an_age_in_days(text: str, days: int) -> None:
    who = read(text)
    assert (who.age, who.age_days) == (0, days)


def test_months_above_a_year_are_years() -> None:
    assert read("This 21 month old male.") == Patient("M", 1)


def test_relatives_are_not_the_patient() -> None:
    assert read("She brought her 3-month-old daughter. She is 25 years old.").age == 25
    assert read("FAMILY HISTORY: A 70-year-old sister with cancer.\nPLAN: Rest.").age is None
    assert read("Menarche at 10 years of age.").age is None
    assert read("The boy lives with a 23-year-old mother.").age is None


def test_birth_and_day_of_service_go_before_words() -> None:
    who = read("DOB: 05/02/1960. This 64-year-old man.", date(2026, 5, 1))
    assert (who.age, who.born, who.sex) == (65, date(1960, 5, 2), "M")
    assert read("DOB: 04/20/2026", date(2026, 5, 1)).age_days == 11


def test_pronouns_of_the_family_do_not_count() -> None:
    text = "SUBJECTIVE: He has a cough.\nFAMILY HISTORY: Her mother, she and her sister had cancer.\nPLAN: Rest."
    assert read(text).sex == "M"
