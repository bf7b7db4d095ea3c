"""Who changed what, and the target areas of audits, as the reports tell them."""

from __future__ import annotations

from datetime import date

import pytest

from chartcode.analysis.drill import cases
from chartcode.analysis.measure import measures
from chartcode.analysis.practice import Beside, Practice
from chartcode.batch.store import Store
from chartcode.books.parameters import Parameters
from chartcode.report.columns import files_of


@pytest.fixture(scope="module")
def practice(practice_files):
    return Practice.open(*practice_files)


def answer(practice, name):
    return practice.answer(next(m for m in measures() if m.id == name))


def told_of(practice, name):
    found = answer(practice, name)
    assert found.rows, found.missing
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_changes_are_counted_by_person_and_kind(practice):
    rows = {(r["people"], r["change"]): r["decisions"] for r in told_of(practice, "compliance/changes")}
    kinds = [("Ann", "confirmed"), ("Ann", "finding accepted"), ("Ann", "removed"), ("Ben", "added")]
    assert rows == dict.fromkeys(kinds, 9)


def test_who_adds_codes_without_words_is_told_from_who_does_not(practice):
    rows = {r["people"]: (r["n"], r["d"]) for r in told_of(practice, "compliance/added_without_words")}
    assert rows == {"Ann": (0, 18), "Ben": (9, 9)}
    assert any(s.startswith("Ben: 100.0%") for s in answer(practice, "compliance/added_without_words").signals)


def test_what_changes_did_to_the_groups(practice):
    rows = {r["people"]: r for r in told_of(practice, "compliance/changes_effect")}
    assert (rows["Ben"]["MS-DRG changed"], rows["Ben"]["weight in all"]) == (9, 4.5)
    assert rows["Ann"]["MS-DRG changed"] == 0
    (pair,) = told_of(practice, "compliance/changed_groups")
    assert (pair["at first"], pair["drg"], pair["stays"]) == ("293", "291", 9)


def test_services_that_people_added_or_removed_are_told_by_their_charges(tmp_path):
    told = {"case_id": "a", "system": "CPT", "who": "Ann"}
    changes = [
        {**told, "decision": 1, "act": "add", "change": "added", "code": "20610"},
        {**told, "decision": 2, "act": "reject", "change": "removed", "code": "71046"},
        {**told, "decision": 3, "act": "reject", "change": "replaced", "code": "99213", "replaced_by": "99214"},
        {**told, "decision": 4, "act": "add", "change": "replaced", "code": "99214", "replaces": "99213"},
    ]
    lines = [
        {"case_id": case, "line": 1, "system": "CPT", "code": code, "units": units, "role": "line"}
        for case, code, units in (("a", "20610", 2), ("a", "99214", 1), ("b", "71046", 1), ("b", "99213", 1))
    ]
    with Store(tmp_path / "s.parquet") as store:
        for name in ("a", "b"):
            case = {"case_id": name, "day": "2026-01-02", "setting": "outpatient", "codes": 2}
            own = [line for line in lines if line["case_id"] == name]
            store.add({"cases": [case], "lines": own, "decisions": changes if name == "a" else []})
    (tmp_path / "f.csv").write_text("code,charge\n20610,180\n71046,65\n99213,120\n99214,170\n", encoding="utf-8")
    priced = Practice.open(tmp_path / "s.parquet", beside=Beside(fees=tmp_path / "f.csv"))
    (row,) = told_of(priced, "compliance/changes_effect")
    assert row["charges in all"] == 180 - 65 + (170 - 120)


def test_accepted_findings_come_with_their_reasons(practice):
    (row,) = told_of(practice, "compliance/accepted_findings")
    assert (row["rule"], row["reason"], row["percent accepted"]) == (
        "icd10cm/excludes1",
        "the two are unrelated",
        100.0,
    )


def test_agreement_counts_what_stood_at_first_and_at_last(practice):
    (row,) = told_of(practice, "compliance/agreement")
    assert (row["n"], row["d"], row["percent"]) == (9 * 2, 9 * 4, 50.0)


def test_the_ledger_has_every_line(practice):
    rows = told_of(practice, "compliance/ledger")
    assert len(rows) == 9 * 4
    assert rows[0]["on"] == date(2025, 6, 1)
    columns, held = cases(practice)
    people = {row[columns.index("case_id")]: row[columns.index("people")] for row in held}
    assert people["s1"] == "Ann; Ben"


def test_target_areas_name_their_risk_and_wait_for_enough_stays(practice):
    rows = {r["area"]: r for r in told_of(practice, "compliance/target_areas")}
    single = rows["A single CC or MCC"]
    assert (single["n"], single["d"], single["percent"]) == (9, 9, None)
    assert single["what it may mean"].startswith("high")
    assert single["percentile"] is None
    assert (rows["Back within 30 days"]["n"], rows["Back within 30 days"]["d"]) == (1, 6)
    assert "Sepsis" not in rows


def test_percentiles_are_among_the_facilities_of_the_store(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        for facility, sepsis in (("A", 2), ("B", 6), ("C", 10)):
            for number in range(12):
                drg = "872" if number < sepsis else "690"
                case = {"case_id": f"{facility}{number}", "facility": facility, "setting": "inpatient", "drg": drg}
                store.add({"cases": [{**case, "day": "2026-01-02", "stay_days": 4}]})
    rows = told_of(Practice.open(tmp_path / "s.parquet"), "compliance/target_areas")
    assert {r["facility"]: r["percentile"] for r in rows if r["area"] == "Sepsis"} == {"A": 0, "B": 50, "C": 100}


@pytest.mark.parametrize("row", Parameters(date(2026, 1, 1))["target_areas.areas"], ids=lambda r: r["name"])
def test_every_area_can_be_asked(row, practice):
    for key in ("of", "counts"):
        asked = row[key].replace("SURGICAL", "drg = '470'")
        assert practice.count(f"SELECT count(*) FROM cases WHERE {asked}") >= 0  # noqa: S608 - our own conditions
    assert row["risk"].startswith(("high: ", "low: "))


def test_without_stays_and_without_decisions_it_is_said(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        store.add({"cases": [{"case_id": "a", "day": "2026-01-02", "setting": "outpatient"}]})
    files_of(tmp_path / "s.parquet")["decisions"].unlink()
    bare = Practice.open(tmp_path / "s.parquet")
    assert "no stay has an MS-DRG" in answer(bare, "compliance/target_areas").missing
    assert "before it kept decisions" in answer(bare, "compliance/changes").missing
