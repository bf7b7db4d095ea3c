from __future__ import annotations

from datetime import date

import pytest

from chartcode.collect.silence import completed
from chartcode.collect.source import Silent
from chartcode.model.chart import Chart, Encounter, Patient

DAY = date(2026, 3, 2)


def test_the_record_speaks_before_the_caller():
    chart = Chart("c", patient=Patient("F", 64), encounter=Encounter("inpatient", DAY))
    said = Silent("ed", date(2020, 1, 1), "M", 3)
    assert completed(chart, said, setting_known=True) == chart


def test_the_caller_speaks_where_the_record_is_silent():
    found = completed(Chart("c"), Silent("ed", DAY, "M", 3), setting_known=False)
    assert (found.encounter.setting, found.encounter.on, found.patient.sex, found.patient.age) == ("ed", DAY, "M", 3)
    assert found.remarks == ()


def test_what_nobody_says_is_remarked():
    remarks = completed(Chart("c", remarks=("first",)), Silent(), setting_known=False).remarks
    assert remarks[0] == "first"
    assert [word for word in ("setting", "date", "sex", "age") if not any(word in r for r in remarks)] == []


@pytest.mark.parametrize("silent", [Silent(setting="x"), Silent(sex="x")])
def test_unknown_words_of_the_caller(silent):
    with pytest.raises(ValueError, match="unknown"):
        completed(Chart("c"), silent, setting_known=True)
