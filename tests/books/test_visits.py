from datetime import date

import pytest

from chartcode.books.parameters import Parameters
from chartcode.books.visits import Visits
from chartcode.model.case import LEVELS


@pytest.fixture
def visits():
    return Visits(Parameters(date(2026, 5, 1)))


@pytest.mark.parametrize(
    ("service", "status", "numbers"),
    [
        ("office", "new", ("99202", "99203", "99204", "99205")),
        ("office", "established", ("99212", "99213", "99214", "99215")),
        ("emergency", "", ("99282", "99283", "99284", "99285")),
        ("hospital", "initial", ("99221", "99221", "99222", "99223")),
        ("hospital", "subsequent", ("99231", "99231", "99232", "99233")),
        ("nursing", "initial", ("99304", "99304", "99305", "99306")),
        ("nursing", "subsequent", ("99307", "99308", "99309", "99310")),
        ("home", "new", ("99341", "99342", "99344", "99345")),
    ],
)
def test_each_level_has_its_number_and_back(visits, service, status, numbers):
    family = visits.family(service, status)
    assert tuple(family.levels[level] for level in LEVELS) == numbers
    for number in numbers:
        found = visits.meaning(number)
        assert (found.service, found.status) == (service, status)
        assert found.levels[found.level_of(number)] == number


@pytest.mark.parametrize(
    ("service", "status", "minutes", "level"),
    [
        ("office", "new", 14, None),
        ("office", "new", 15, "straightforward"),
        ("office", "new", 60, "high"),
        ("office", "established", 29, "low"),
        ("office", "established", 30, "moderate"),
        ("hospital", "initial", 40, "low"),
        ("hospital", "initial", 75, "high"),
        ("emergency", "", 300, None),
    ],
)
def test_the_minutes_reach_a_level(visits, service, status, minutes, level):
    assert visits.family(service, status).by_time(minutes) == level


def test_the_day_picks_the_minutes():
    before, after = (Visits(Parameters(day)) for day in (date(2023, 12, 31), date(2024, 1, 1)))
    assert before.family("nursing", "initial").least_minutes("99306") == 45
    assert after.family("nursing", "initial").least_minutes("99306") == 50
    assert Visits(Parameters(date(2020, 12, 31))).family("office", "new") is None


def test_a_preventive_number_has_its_ages(visits):
    assert visits.preventive("new", 0) == "99381"
    assert visits.preventive("established", 90) == "99397"
    assert visits.preventive_ages("99394") == (12, 18)
    assert visits.preventive_ages("99387") == (65, None)
    assert visits.preventive_ages("99213") is None
    assert visits.preventive("", 3) is None


def test_what_is_no_visit_means_nothing(visits):
    assert visits.meaning("27447") is None
    assert visits.critical_care == ("99291", 30)
    assert visits.independent_examination == "99456"


@pytest.mark.parametrize(("minutes", "units"), [(45, None), (103, None), (104, 1), (133, 1), (134, 2)])
def test_further_critical_care_is_counted_in_half_hours(visits, minutes, units):
    assert visits.further_critical_care(minutes) == (("99292", units) if units else None)


def test_the_day_of_discharge_goes_by_its_minutes(visits):
    assert visits.discharge("hospital", None) == "99238"
    assert visits.discharge("hospital", 30) == "99238"
    assert visits.discharge("hospital", 31) == "99239"
    assert visits.discharge("nursing", 45) == "99316"
    assert visits.discharge("office", 45) is None
