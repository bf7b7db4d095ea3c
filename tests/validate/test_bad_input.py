"""Cases that make no sense get an answer, rule by rule, and take nothing down."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from chartcode.model.case import ERROR, INFO, SECONDARY, Case, Diagnosis, Finding, Procedure
from chartcode.model.chart import Chart, Encounter, Fact, Patient
from chartcode.model.code import CPT, ICD10CM, ICD10PCS, Code
from chartcode.model.notation import one
from chartcode.validate import catalogue, chosen, validate
from chartcode.validate.rule import Rule


def rules_that_failed(case, books):
    return [f for f in validate(case, books) if "could not be checked" in f.message]


def test_a_stay_that_ends_before_it_begins(books):
    encounter = Encounter("inpatient", date(2026, 5, 7), date(2026, 5, 1), "01")
    case = Case(Chart("x", encounter=encounter), (Diagnosis(Code(ICD10CM, "I10")),))
    assert ("claim/dates_contradict", ERROR) in {(f.rule, f.severity) for f in validate(case, books)}
    assert not rules_that_failed(case, books)


@pytest.mark.parametrize("age", [-3, 0, 130, 10**9, None])
@pytest.mark.parametrize("setting", ["inpatient", "outpatient", "ed", "professional", "nowhere"])
def test_ages_and_settings_that_nobody_has(age, setting, books):
    patient = Patient("X", age, date(2030, 1, 1), age)
    entries = tuple(Diagnosis(Code(ICD10CM, code)) for code in ("I10", "O80", "Z38.00", "P07.18", "N18.2"))
    case = Case(Chart("x", patient=patient, encounter=Encounter(setting, date(2026, 5, 1))), entries)
    assert not rules_that_failed(case, books)


@pytest.mark.parametrize("code", ["", ".", "?", "I", "é", "I10" * 50, "0", "T31.", "S82.", "Y92.", "Z3A.", "R40.2"])
def test_codes_that_are_none(code, books):
    lines = (Diagnosis(Code(ICD10CM, code), poa="?"), Diagnosis(Code("?", code)), Procedure(Code(ICD10PCS, code)))
    encounter = Encounter("inpatient", date(2026, 5, 1), date(2026, 5, 1))
    case = Case(Chart("x", encounter=encounter), (*lines, Procedure(Code(CPT, code), units=-5)))
    assert not rules_that_failed(case, books)
    outside = replace(case, chart=replace(case.chart, encounter=Encounter("professional", date(2026, 5, 1))))
    assert not rules_that_failed(outside, books)


def test_values_that_are_none(books):
    odd = ("", "nan", "inf", "-1", "1e9", "12/7", "9" * 400, "٣")
    names = ("sodium", "creatinine", "hemoglobin", "platelets", "glomerular filtration rate", "oxygen saturation")
    facts = [Fact(k, n, attributes=(("value", v),)) for k in ("lab", "vital") for n in names for v in odd]
    encounter = Encounter("inpatient", date(2026, 5, 1), date(2026, 5, 1))
    entries = tuple(Diagnosis(Code(ICD10CM, code)) for code in ("N17.9", "E87.1", "J96.01", "A41.9", "N18.2"))
    case = Case(Chart("x", encounter=encounter, facts=tuple(facts)), entries)
    assert not rules_that_failed(case, books)
    assert not [f for f in validate(case, books) if f.rule.startswith("clinical/")]


def test_a_thousand_codes_and_lines_twice_over(books):
    found = [code for code, _, valid in books.icd10cm.entries() if valid][:60000:60][:1000]
    entries = [Diagnosis(Code(ICD10CM, code), SECONDARY, "Y") for code in found * 2]
    entries += [Procedure(Code(ICD10PCS, "0DBK8ZZ"), on=date(2026, 5, 1))] * 100
    encounter = Encounter("inpatient", date(2026, 5, 1), date(2026, 5, 4), "01")
    case = Case(Chart("x", patient=Patient("F", 50), encounter=encounter), tuple(entries))
    began = time.process_time()
    told = list(validate(case, books))
    assert time.process_time() - began < 30
    assert not [f for f in told if "could not be checked" in f.message]
    assert {"icd10cm/duplicate", "claim/too_many_diagnoses"} <= {f.rule for f in told}


def test_a_rule_that_fails_midway_keeps_what_it_found(books):
    def half(case, _):
        yield Finding("found", case.diagnoses)
        raise RecursionError(case.chart.documents[0].text)

    sound = chosen(["icd10cm/duplicate"])[0]
    bad = Rule("site/half", ERROR, "us", "", sound.since, None, sound.modes, half)
    case = one("outpatient 2026-05-01\nnote: Mrs Secret has gout.\ndx I10\ndx I10\n")
    told = list(validate(case, books, [bad, sound]))
    assert [(f.rule, f.severity) for f in told] == [
        ("site/half", ERROR),
        (sound.id, sound.severity),
        ("site/half", INFO),
    ]
    assert "RecursionError at " in told[-1].message
    assert not any("Secret" in f.message for f in told)


def test_the_catalogue_is_as_large_as_it_says():
    assert len(catalogue()) >= 150
