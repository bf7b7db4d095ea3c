"""The same claim as FHIR, as data sheets and as a table."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from chartcode.collect.fhir import charts
from chartcode.collect.source import Source
from chartcode.model.claim import Listed
from chartcode.model.code import icd10cm
from chartcode.model.notation import read
from chartcode.report.claims.build import claim_of
from chartcode.report.claims.fhir import bundle
from chartcode.report.claims.sheets import Grid, cms1500, ub04
from chartcode.report.claims.table import COLUMNS, table

VISIT = """professional 2026-05-01, F 67, id own
dx I10 "high blood pressure"
dx E11.9
px 99213 -25 x2 -> E11.9 I10
px 71046 -> E11.9
"""
STAY = """inpatient 2026-01-01 2026-01-05, F 67, disposition 01, id own
admit dx R50.9
dx A41.9 poa Y
dx Y92.230 poa N
px 0DTJ4ZZ @2026-01-02
"""


@pytest.fixture(scope="module")
def visit(clinic, desk_of):
    case = next(iter(read(VISIT))).case
    return case, claim_of(case, clinic, desk_of["own"])


@pytest.fixture(scope="module")
def stay(clinic, desk_of):
    case = next(iter(read(STAY))).case
    return case, claim_of(case, clinic, desk_of["own"])


def by_kind(text):
    found = {}
    for entry in json.loads(text)["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found


def test_a_bundle_has_the_claim_and_what_it_speaks_of(visit):
    case, claim = visit
    text = bundle(claim, case)
    found = by_kind(text)
    assert sorted(found) == [
        "Claim", "Condition", "Coverage", "Encounter", "Organization", "Patient", "Practitioner", "Procedure",
    ]  # fmt: skip
    (body,) = found["Claim"]
    assert body["total"] == {"value": 305, "currency": "USD"}
    assert body["item"][0]["diagnosisSequence"] == [2, 1]
    assert body["item"][0]["quantity"] == {"value": 2}
    assert [c["code"]["coding"][0]["code"] for c in found["Condition"]] == ["I10", "E11.9"]
    assert found["Condition"][0]["note"] == [{"text": "high blood pressure"}]
    assert bundle(claim, case) == text


def test_every_reference_of_a_bundle_is_to_one_of_its_entries(visit, stay):
    for case, claim in (visit, stay):
        tree = json.loads(bundle(claim, case))
        there = {entry["fullUrl"] for entry in tree["entry"]}
        asked = set(references(tree))
        assert asked
        assert asked <= there


def references(tree):
    if isinstance(tree, dict):
        if "reference" in tree:
            yield tree["reference"]
        for value in tree.values():
            yield from references(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from references(value)


def test_nothing_in_a_bundle_is_empty(visit, stay):
    def empties(tree):
        if isinstance(tree, dict | list):
            return not tree or any(map(empties, tree.values() if isinstance(tree, dict) else tree))
        return tree in (None, "")

    for case, claim in (visit, stay):
        assert not empties(json.loads(bundle(claim, case)))


def test_our_reader_of_fhir_finds_the_codes_again(stay):
    case, claim = stay
    (chart,) = charts(Source("b", "b.json", held=bundle(claim, case).encode()))
    found = {str(fact.code) for fact in chart.facts if fact.code}
    assert {"A41.9", "R50.9", "Y92.230", "0DTJ4ZZ"} <= found


def test_the_boxes_of_a_cms_1500(visit):
    _, claim = visit
    (sheet,) = cms1500(claim)
    assert (sheet.value("1a"), sheet.value("2"), sheet.value("33a")) == ("M77", "Doe, Jane", "1234567893")
    assert (sheet.value("21A"), sheet.value("21B"), sheet.value("21C")) == ("I10", "E119", "")
    assert sheet.value("28") == "305.00"
    (grid,) = (part for part in sheet.parts if isinstance(part, Grid))
    assert grid.rows[0] == ("05/01/2026", "05/01/2026", "11", "99213", "25", "BA", "240.00", "2", "1987654328")
    with pytest.raises(KeyError, match="no box 99"):
        sheet.value("99")


def test_a_seventh_line_stands_on_a_second_sheet_and_the_total_there(visit):
    _, claim = visit
    long = replace(claim, lines=claim.lines * 4, charge=Decimal(1220))
    one, two = cms1500(long)
    assert (one.value("28"), two.value("28")) == ("continued", "1,220.00")


def test_the_boxes_of_a_ub_04(stay):
    _, claim = stay
    (sheet,) = ub04(claim)
    assert [sheet.value(n) for n in ("4", "12", "13", "14", "17", "67", "69", "72", "74")] == [
        "0111", "01/01/2026", "09", "1", "01", "A419 Y", "R509", "Y92230 N", "0DTJ4ZZ 01/02/2026",
    ]  # fmt: skip
    (grid,) = (part for part in sheet.parts if isinstance(part, Grid))
    assert grid.rows[-1][-1] == "6,000.00"


def test_a_ub_04_has_eighteen_places_for_diagnoses_and_the_rest_below(stay):
    _, claim = stay
    many = replace(claim, diagnoses=tuple(Listed(icd10cm(f"S{n:02d}.0XXA"), poa="Y") for n in range(20)))
    (sheet,) = ub04(many)
    assert sheet.value("67Q") == "S170XXA Y"
    assert sheet.value("67+") == "S180XXA Y; S190XXA Y"
    with pytest.raises(KeyError):
        sheet.value("67R")


def test_what_stands_on_a_sheet_can_be_read_in_the_pdf(visit, stay):
    pytest.importorskip("reportlab")
    pdfium = pytest.importorskip("pypdfium2")
    from chartcode.report.claims.pdf import pages

    noted = replace(visit[1], gaps=("something is missing " * 20,))
    sheets = [*cms1500(noted), *ub04(stay[1])]
    made = pages(sheets)
    document = pdfium.PdfDocument(made)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert len(document) == 2
    finally:
        document.close()
    for word in ("Doe, Jane", "99213", "305.00", "A419 Y", "0DTJ4ZZ 01/02/2026", "gap: something is missing"):
        assert word in text, word
    assert pages(sheets) == made


def test_a_table_has_a_row_for_each_line(visit, stay):
    rows = list(csv.DictReader(io.StringIO(table([visit[1], stay[1]]))))
    assert [row["code"] for row in rows] == ["99213", "71046", ""]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["pointers"] == "2 1"
    assert rows[2]["present_on_admission"] == "Y"


def test_a_cell_is_never_a_formula(visit):
    _, claim = visit
    bad = replace(claim, id='=HYPERLINK("x")')
    assert next(csv.DictReader(io.StringIO(table([bad]))))["claim"].startswith("'=")
