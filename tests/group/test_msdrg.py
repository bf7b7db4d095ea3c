import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from chartcode.books.msdrg import MSDRG
from chartcode.group.msdrg import _deciding, msdrg, stay_of, without
from chartcode.model.case import MENTIONS, PRINCIPAL, SECONDARY, Case, Diagnosis, Procedure
from chartcode.model.chart import INPATIENT, OUTPATIENT, Chart, Encounter, Patient
from chartcode.model.code import ICD10CM, ICD10PCS, Code, dotted, icd10cm


def books(day):
    return SimpleNamespace(msdrg=MSDRG(day), drg_weights=None)


def stay(*codes, day=date(2026, 5, 1), age=72, sex="F", disposition="01", procedures=(), setting=INPATIENT):
    entries = [
        Diagnosis(icd10cm(code), PRINCIPAL if n == 0 else SECONDARY, poa="Y", title=code)
        for n, code in enumerate(codes)
    ]
    entries += [Procedure(Code(ICD10PCS, code)) for code in procedures]
    encounter = Encounter(setting, day, day, disposition)
    return Case(Chart("c", patient=Patient(sex, age), encounter=encounter), tuple(entries))


def one(case):
    (group,) = msdrg(case, books(case.day))
    return group


def drivers(group):
    return [str(code) for code in group.drivers]


def test_the_secondary_diagnosis_that_sets_the_severity_is_a_driver():
    group = one(stay("I50.23", "J96.01", "E11.9", "I10"))
    assert (group.system, group.version, group.code) == ("MS-DRG", "43.1", "291")
    assert "Heart Failure" in group.title
    assert drivers(group) == ["I50.23", "J96.01"]
    assert "severity MCC" in group.reasons


def test_where_several_would_do_all_are_named():
    group = one(stay("I50.23", "J96.01", "J18.9", "I10"))
    assert drivers(group) == ["I50.23", "J96.01", "J18.9"]
    assert "any one of J96.01, J18.9 would set the severity" in group.reasons


def test_a_group_without_severity_rests_on_the_principal_diagnosis_alone():
    assert drivers(one(stay("I50.23", "I10"))) == ["I50.23"]


def test_a_procedure_that_decides_is_a_driver():
    group = one(stay("M17.11", "I10", procedures=("0SRC0J9",)))
    assert drivers(group) == ["M17.11", "0SRC0J9"]
    assert group.drivers[1].system == ICD10PCS


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2022, 10, 1), "40"),
        (date(2023, 4, 1), "40.1"),
        (date(2025, 9, 30), "42.1"),
        (date(2025, 10, 1), "43"),
        (date(2026, 10, 1), "44"),
    ],
)
def test_the_day_of_discharge_picks_the_version(day, version):
    assert one(stay("I50.23", day=day)).version == version


def test_outside_the_installed_versions_there_is_no_group():
    for day in (date(2022, 9, 30), date(2027, 10, 1)):
        assert MSDRG(day).version is None
        assert not list(msdrg(stay("I50.23", day=day), books(day)))


def test_only_inpatient_billing_is_grouped():
    visit = stay("I50.23", setting=OUTPATIENT)
    assert not list(msdrg(visit, books(visit.day)))
    research = Case(stay("I50.23").chart, stay("I50.23").entries, MENTIONS)
    assert not list(msdrg(research, books(research.day)))
    assert not list(msdrg(stay(), books(date(2026, 5, 1))))


def test_what_is_not_known_is_said():
    group = one(stay("I50.23", age=None, sex=None, disposition=None))
    assert {"age not known", "sex not known"} <= set(group.reasons)
    assert any("discharge status not known" in reason for reason in group.reasons)


def test_an_ungroupable_principal_diagnosis_says_why():
    group = one(stay("Z99.99"))
    assert group.code == "999"
    assert "ungroupable: invalid pdx" in group.reasons


@pytest.mark.parametrize("disposition", ["XX", "", "999", "é"])
def test_a_status_that_is_none_is_grouped_and_said(disposition):
    group = one(stay("I50.23", disposition=disposition))
    assert group.code == "293"
    assert any("discharge status not known" in r for r in group.reasons) is (disposition != "999")


@pytest.mark.parametrize("age", [-3, 200])
def test_an_age_that_nobody_has_does_not_stop_the_group(age):
    assert one(stay("I50.23", age=age)).code == "293"


def test_a_hospital_acquired_condition_is_left_out_and_says_so():
    case = stay("I10", "L89.153")
    late = Case(case.chart, (case.entries[0], replace(case.entries[1], poa="N")))
    group = one(late)
    assert group.code == "305"
    assert "DRG 304 before hospital-acquired conditions were taken out" in group.reasons
    assert any("left out: hospital-acquired condition 04" in reason for reason in group.reasons)


def test_without_the_indicator_that_a_condition_needs_there_is_no_group():
    case = stay("I10", "L89.153")
    group = one(Case(case.chart, (case.entries[0], replace(case.entries[1], poa=None))))
    assert group.code == "999"
    assert any(reason.startswith("L89.153 needs its present-on-admission indicator") for reason in group.reasons)


def test_an_excluded_cc_says_why():
    group = one(stay("J18.9", "J15.9"))
    assert group.code == "195"
    assert (
        "J15.9 is an MCC that does not count: the principal diagnosis excludes it (CC exclusion list)" in group.reasons
    )


def test_the_single_cc_or_mcc_is_named():
    assert (
        "rests on the single MCC J96.01: look at its evidence first" in one(stay("I50.23", "J96.01", "N17.9")).reasons
    )


def test_the_interpreter_ends_in_silence():
    script = (
        "from datetime import date; from chartcode.books.msdrg import MSDRG, Stay;"
        "print(MSDRG(date(2026, 5, 1)).group(Stay(('I50.23', 'Y'))).code)"
    )
    python = [sys.executable, "-X", "dev", "-c", script]
    done = subprocess.run(python, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    assert done.stdout == "293\n"
    assert done.stderr == ""


def test_agreement_with_the_deck_of_reference_answers(shared, capsys):
    deck = shared / "oracles" / "msdrg_v431_cms_java_deck.jsonl"
    if not deck.exists():
        pytest.skip(f"no {deck.name} in the shared data folder")
    claims = [json.loads(line) for line in deck.read_text(encoding="utf-8").splitlines()]
    answers = [f"{claim['expected']['final_drg']:03d}" for claim in claims]
    wrong = [n for n, answer in enumerate(answers) if _deck_answer(claims[n]) != answer]
    with capsys.disabled():
        sys.stdout.write(f"\nMS-DRG v43.1: {len(claims) - len(wrong)} of {len(claims)} claims agree\n")
    assert not wrong


def _deck_answer(claim):
    case = _deck_case(claim)
    if claim["hospital_status"] == "NOT_EXEMPT":
        return one(case).code
    return MSDRG(case.day).group(replace(stay_of(case), hospital=claim["hospital_status"])).code


def _deck_case(claim):
    diagnoses = [claim["pdx"], *claim["sdx"]]
    entries = [
        Diagnosis(Code(ICD10CM, dotted(d["code"])), SECONDARY if n else PRINCIPAL, d.get("poa"))
        for n, d in enumerate(diagnoses)  # some are invalid on purpose
    ]
    entries += [Procedure(Code(ICD10PCS, p["code"])) for p in claim["procedures"]]
    day = date.fromisoformat(str(claim["discharge_date"]))
    encounter = Encounter(INPATIENT, day, day, f"{claim['discharge_status']:02d}")
    patient = Patient("MF"[claim["sex"]], claim["age"])
    return Case(Chart("deck", patient=patient, encounter=encounter), tuple(entries))


def test_the_drivers_are_what_leaving_out_each_code_finds(shared):
    deck = shared / "oracles" / "msdrg_v431_cms_java_deck.jsonl"
    if not deck.exists():
        pytest.skip(f"no {deck.name} in the shared data folder")
    grouper = MSDRG(date(2026, 5, 1))
    for line in deck.read_text(encoding="utf-8").splitlines():
        whole = stay_of(_deck_case(json.loads(line)))
        drg = grouper.group(whole)
        codes = dict.fromkeys((*(code for code, _ in whole.secondary), *whole.procedures))
        needed = [code for code in codes if grouper.group(without(whole, code)).code != drg.code]
        assert _deciding(grouper, whole, drg)[0] == [whole.principal[0], *needed]
