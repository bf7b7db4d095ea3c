from datetime import date

import pytest

from chartcode.books import Books
from chartcode.books.icd10pcs import ICD10PCS


@pytest.fixture(scope="module")
def pcs(books: Books) -> ICD10PCS:
    return books.icd10pcs


@pytest.fixture(scope="module")
def titled(pcs: ICD10PCS) -> ICD10PCS:
    if pcs.pages is None:
        pytest.skip("the packages of the extra 'inpatient' are not installed")
    return pcs


def test_a_code_is_valid_by_its_days(pcs):
    assert pcs.valid("0DTJ4ZZ")
    assert not pcs.valid("0DTJ4ZX")
    assert not pcs.valid("5A1D00Z")  # hemodialysis, single: replaced on 2017-10-01
    assert pcs.validity("5A1D00Z")[0].last == date(2017, 9, 30)


def test_a_table_makes_exactly_its_reportable_codes(pcs):
    for key in ("0DT", "021", "3E0", "5A1", "B21", "XW0"):
        table = pcs.table(key)
        assert sorted(table.codes()) == list(pcs.complete(key))
    assert pcs.table("0D0?") is None
    assert pcs.table("0Z9") is None


def test_the_builder_offers_only_what_is_still_possible(pcs):
    assert "J" in pcs.choices("0DT")
    assert list(pcs.choices("0DTJ")) == ["0", "4", "7", "8"]
    assert list(pcs.choices("0DTJ?ZZ")) == ["0", "4", "7", "8"]
    assert list(pcs.choices("0DTJ7")) == ["Z"]
    assert pcs.choices("0DTJ4ZZ") == {}
    assert pcs.choices("0DTI") == {}


def test_every_offered_value_leads_to_a_code(pcs):
    for partial in ("", "0", "0S", "0SR", "0SR9", "4A0", "10"):
        for value in pcs.choices(partial):
            assert pcs.complete(partial + value)


def test_a_partial_code_completes_to_reportable_codes(pcs):
    assert pcs.complete("0DTJ?ZZ") == ("0DTJ0ZZ", "0DTJ4ZZ", "0DTJ7ZZ", "0DTJ8ZZ")
    assert all(map(pcs.valid, pcs.complete("0FT")))
    assert pcs.complete("0DTJ9") == ()


def test_titles_and_labels(titled):
    assert titled.title("0DTJ4ZZ") == "Resection of Appendix, Percutaneous Endoscopic Approach"
    assert titled.choices("0DTJ")["4"] == "Percutaneous Endoscopic"
    assert titled.labels("0DTJ?ZZ")[3:5] == (("Body Part", "J", "Appendix"), ("Approach", "?", ""))
    assert titled.table("0DT").operation == "Resection"
    assert "all of a body part" in titled.table("0DT").definition
    assert titled.label("B2111ZZ", 4) == "Multiple Coronary Arteries"


def test_nearly_every_reportable_code_has_a_title(titled):
    untitled = sum(not title for _, title in titled.entries())
    assert untitled / len(titled.codes) < 0.006


def test_index_definitions_and_keys(titled):
    assert "Cholecystectomy" in titled.main_terms("Cholecys")
    lines = titled.walk("Cholecystectomy")
    assert {line.codes for line in lines if line.kind == "see"} == {"0FB4", "0FT4"}
    assert titled.walk("Ectocholecystomy") == []
    assert titled.operation("Resection", "0")[0].definition.endswith("all of a body part")
    assert "Cutting through the skin" in titled.approach("open").definition
    assert titled.body_part("abdominal esophagus") == ("Esophagus, Lower",)
    assert titled.device("Acetabular cup") == ("Liner in Lower Joints",)


def test_without_titles_the_tables_still_stand(pcs):
    bare = ICD10PCS(pcs.day, pcs._validity, lambda: None)
    assert bare.title("0DTJ4ZZ") == ""
    assert bare.choices("0DTJ") == {"0": "", "4": "", "7": "", "8": ""}
    assert sorted(bare.table("0DT").codes()) == list(pcs.complete("0DT"))
    assert bare.walk("Bypass") == []
    assert bare.version == ""
