from dataclasses import replace

from chartcode.group.whatif import what_if
from chartcode.model.case import CHECK, Diagnosis
from chartcode.model.notation import one

STAY = """\
inpatient 2026-04-28 2026-05-02, F 78, disposition 01
dx I50.23 poa Y
dx J96.01 poa Y
dx I10 poa Y
dx N17.9 poa Y
px 5A09357 @2026-04-28
"""


def shown(desk, text):
    case = one(text)
    return what_if(case, desk.at(case.day))


def test_the_only_mcc_is_what_the_group_rests_on(desk):
    found = shown(desk, STAY)
    assert (found.final.code, found.baseline.code) == ("291", "293")
    assert [str(code) for code in found.rests_on] == ["J96.01"]
    effects = {str(e.code): e for e in found.effects}
    assert effects["J96.01"].drg.code == "292"
    assert found.changes(effects["J96.01"])
    assert not found.changes(effects["N17.9"])
    assert effects["I50.23"].principal
    assert effects["I50.23"].drg.code == "189"
    assert list(effects) == ["I50.23", "J96.01", "I10", "N17.9", "5A09357"]


def test_several_of_the_same_severity_each_set_it(desk):
    found = shown(desk, STAY + "dx J18.9 poa Y\n")
    assert [str(code) for code in found.rests_on] == ["J96.01", "J18.9"]
    assert not any(found.changes(e) for e in found.effects if not e.principal)


def test_working_is_what_is_sure(desk):
    case = one(STAY)
    unsure = tuple(
        replace(e, band=CHECK) if isinstance(e, Diagnosis) and e.code.value == "J96.01" else e for e in case.entries
    )
    found = what_if(replace(case, entries=unsure), desk.at(case.day))
    assert (found.baseline.code, found.working.code, found.final.code) == ("293", "292", "291")


def test_what_was_acquired_in_hospital_sets_no_severity(desk):
    found = shown(desk, "inpatient 2026-04-28 2026-05-02, F 78\ndx I50.23 poa Y\ndx L89.153 poa N\n")
    assert found.rests_on == ()
    assert found.final.code == "293"
    assert found.final.initial == "291"
    (condition,) = found.effects[1].part.conditions
    assert (condition.number, condition.met) == ("04", True)


def test_an_excluded_mcc_says_why(desk):
    found = shown(desk, "inpatient 2026-04-28 2026-05-02, F 78\ndx J18.9 poa Y\ndx J15.9 poa Y\n")
    assert found.rests_on == ()
    assert "excludes it" in found.effects[1].part.excluded


def test_without_a_secondary_diagnosis_there_is_no_group_without_the_principal(desk):
    found = shown(desk, "inpatient 2026-04-28 2026-05-02, F 78\ndx J18.9 poa Y\n")
    assert found.effects[0].drg is None
    assert found.changes(found.effects[0])


def test_visits_and_other_years_have_none(desk):
    assert shown(desk, "outpatient 2026-05-02, F 78\ndx J18.9\n") is None
    assert shown(desk, "inpatient 2021-04-28 2021-05-02, F 78\ndx J18.9\n") is None
