from types import SimpleNamespace

import pytest

from chartcode.books.categories import Categories
from chartcode.books.parameters import Parameters
from chartcode.books.release import Database
from chartcode.group.ccsr import ccsr
from chartcode.group.comorbidity import charlson, elixhauser
from chartcode.model.notation import one

MEASURES = (
    ("HF", "Heart failure", 1),
    ("DIAB_CX", "Diabetes, complicated", 0),
    ("DIAB_UNCX", "Diabetes, uncomplicated", 0),
    ("CBVD", "Stroke", 1),
    ("PARALYSIS", "Paralysis", 1),
)
MEMBERS = (
    ("I5022", 0, "HF", 0, 0),
    ("E1142", 0, "DIAB_CX", 0, 0),
    ("E119", 0, "DIAB_UNCX", 0, 0),
    ("I639", 0, "CBVD_POA", 0, 0),
    ("I69351", 0, "CBVD_SQLA", 0, 0),
    ("I69351", 1, "PARALYSIS", 0, 0),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    from chartcode.books.build import ahrq

    path = tmp_path_factory.mktemp("c") / "c.sqlite"
    ahrq.release(path, ahrq.meta("elixhauser", "9.1", "invented", "0"), MEASURES, MEMBERS)
    other = path.with_name("d.sqlite")
    titles = [("END002", "Diabetes", 0), ("END003", "Diabetes, complicated", 0), ("NVS015", "Neuropathy", 0)]
    listed = [("E1142", 0, "NVS015", 0, 1), ("E1142", 1, "END003", 1, 0), ("E119", 0, "END002", 1, 1)]
    ahrq.release(other, ahrq.meta("ccsr", "9.1", "invented", "0"), titles, listed)
    return [Categories("9.1", "invented", Database(p, lambda: None)) for p in (path, other)]


def books(shelf, day):
    return SimpleNamespace(elixhauser=shelf[0], ccsr=shelf[1], parameters=Parameters(day), day=day)


def found(step, shelf, text):
    case = one(text)
    return {g.code: g for g in step(case, books(shelf, case.day))}


STAY = "inpatient 2026-04-28 2026-05-02, F 78\ndx J18.9 poa Y\n"


def test_a_measure_that_may_be_a_complication_needs_present_on_admission(shelf):
    groups = found(elixhauser, shelf, STAY + "dx I50.22 poa Y\n")
    assert [str(c) for c in groups["HF"].drivers] == ["I50.22"]
    assert "weights: mortality 14, readmission 7" in groups["HF"].reasons
    assert groups["mortality index"].weight == 14
    late = found(elixhauser, shelf, STAY + "dx I50.22 poa N\n")
    assert "HF" not in late
    assert late["mortality index"].weight == 0
    assert late["mortality index"].reasons == ("HF left out: I50.22 not known to be present on admission",)


def test_the_principal_diagnosis_is_no_comorbidity(shelf):
    assert "HF" not in found(elixhauser, shelf, STAY.replace("J18.9", "I50.22"))


def test_the_severer_form_puts_out_the_milder(shelf):
    groups = found(elixhauser, shelf, STAY + "dx E11.9\ndx E11.42\n")
    assert "DIAB_UNCX" not in groups
    assert "puts out DIAB_UNCX" in groups["DIAB_CX"].reasons


@pytest.mark.parametrize(
    ("lines", "stroke"),
    [
        ("dx I63.9 poa Y\n", True),
        ("dx I63.9 poa N\n", False),
        ("dx I69.351 poa Y\n", True),
        ("dx I69.351 poa Y\ndx I63.9 poa N\n", False),
    ],
)
def test_a_sequela_counts_as_a_stroke_unless_there_was_a_new_one(shelf, lines, stroke):
    assert ("CBVD" in found(elixhauser, shelf, STAY + lines)) is stroke


def test_outpatients_have_no_such_index(shelf):
    assert found(elixhauser, shelf, "outpatient 2026-05-02, F 78\ndx I10\ndx I50.22\n") == {}


def test_charlson_of_1987_with_age_and_of_2011(shelf):
    groups = found(charlson, shelf, "outpatient 2026-05-02, F 78\ndx E11.42\ndx E11.9\ndx I50.22\ndx C78.00\n")
    assert sorted(groups) == ["chf", "diabetes_complicated", "index", "metastatic"]
    assert groups["index"].weight == 1 + 2 + 6
    assert groups["index"].reasons == ("12 with 3 for an age of 78", "9 by the weights of 2011")
    assert "puts out diabetes: E11.9" in groups["diabetes_complicated"].reasons


@pytest.mark.parametrize(("age", "points"), [(49, 0), (50, 1), (79, 3), (99, 4)])
def test_the_points_of_age(shelf, age, points):
    groups = found(charlson, shelf, f"outpatient 2026-05-02, F {age}\ndx I50.22\n")
    assert groups["index"].reasons[0] == f"{1 + points} with {points} for an age of {age}"


def test_charlson_without_comorbidity_is_nought(shelf):
    groups = found(charlson, shelf, "outpatient 2026-05-02, F\ndx J00\n")
    assert groups["index"].weight == 0
    assert groups["index"].reasons[0] == "age not known"


def test_the_default_category_depends_on_the_setting_and_comes_first(shelf):
    stay = found(ccsr, shelf, STAY.replace("J18.9", "E11.42"))
    visit = found(ccsr, shelf, "outpatient 2026-05-02, F 78\ndx E11.42\n")
    assert list(stay) == ["END003", "NVS015"]
    assert list(visit) == ["NVS015", "END003"]
    assert "the default category of the first diagnosis, E11.42" in stay["END003"].reasons
    assert stay["END003"].title == "Diabetes, complicated"


def test_agreement_with_the_package_whose_list_is_read(desk):
    pytest.importorskip("elixhauser_ahrq", reason="the comorbidity extra is not installed")
    case = one(STAY + "dx I50.22 poa Y\ndx E11.42 poa Y\ndx F10.20 poa Y\ndx I69.351 poa Y\ndx C78.00 poa Y\n")
    ours = {g.code for g in elixhauser(case, desk.at(case.day)) if g.drivers}
    assert ours == {"HF", "DIAB_CX", "ALCOHOL", "CBVD", "PARALYSIS", "CANCER_METS"}
