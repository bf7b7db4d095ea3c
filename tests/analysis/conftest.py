"""A small practice whose numbers are known, written as a store."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="reports need the extra 'reports'")
pytest.importorskip("matplotlib", reason="reports need the extra 'reports'")

from chartcode.batch.store import Store

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


def row(number: int, month: str, **values):
    unspecified = 2 if number % 10 == 0 else 0
    return {
        "case_id": f"c{month}-{number}",
        "facility": "North" if number % 2 else "South",
        "provider": f"P{number % 4}",
        "payer": "Alpha" if number % 3 else "Beta",
        "setting": "outpatient",
        "day": f"{month}-15",
        "month": month,
        "diagnoses": 3,
        "procedures": 0,
        "unspecified": unspecified,
        "confident": 2,
        "codes": 3,
        "without_evidence": 0,
        "visit_level": "high" if number % 4 == 0 and number % 8 else "low",
        "visit_code": "99213",
        "errors": 0,
        "warnings": 1,
        "queries": 0,
        "accepted": 0,
        "decisions": 0,
        "books": "icd10cm=FY2026-10-01",
        **values,
    }


def stay(number: int, patient: int | None, first: str, last: str, **values):
    """A stay of a patient, beside the visits; every third has an ulcer that arose."""
    grouped = {"drg": "291", "drg_title": "Heart Failure and Shock with MCC", "drg_weight": 1.2, "severity": "MCC"}
    whose = {"patient": patient, "provider": "P0", "facility": "North", "disposition": "01", "planned": False}
    days = {"first_day": first, "last_day": last, "day": last}
    coded = {"principal": "I50.23", "category": "CIR019", "category_title": "Heart failure", "single_driver": True}
    changed = {"decisions": 4, "added": 1, "removed": 1, "first_drg": "293", "first_weight": 0.7}
    seen = {"setting": "inpatient", "visit_level": None, "visit_code": None}
    whole = {**whose, **days, **coded, **grouped, **changed, **seen, **values}
    return row(0, last[:7], case_id=f"s{number}", **whole)


STAYS = (
    stay(1, 1, "2025-01-02", "2025-01-06"),
    stay(2, 1, "2025-01-20", "2025-01-24"),  # returns after 14 days
    stay(3, 2, "2025-02-01", "2025-02-05"),
    stay(4, 2, "2025-02-05", "2025-02-09"),  # a transfer, on the same day
    stay(5, 3, "2025-03-01", "2025-03-04"),
    stay(6, 3, "2025-03-10", "2025-03-12", planned=True),
    stay(7, 4, "2025-04-01", "2025-04-03") | {"disposition": "20"},
    stay(8, None, "2025-05-01", "2025-05-03"),
    stay(9, 5, "2025-12-01", "2025-12-28"),  # its thirty days are not over
)


def indicators(number: int):
    """What a stay is at risk of, and what counts."""
    harm = {"family": "safety", "indicator": "safety/pressure-ulcer", "title": "Pressure ulcer (AHRQ-style PSI 03)"}
    return [{"case_id": f"s{number}", "counted": number % 3 == 0, "codes": "L89.153" * (number % 3 == 0), **harm}]


def decisions(number: int):
    """What people decided about a stay: Ann confirms and removes, Ben adds what no word supports."""
    told = {"case_id": f"s{number}", "on": "2025-06-01", "system": "ICD-10-CM"}
    ann = {"who": "Ann", "why": "not treated", "engine": "lexical"}
    return [
        {**told, **ann, "decision": 1, "act": "reject", "change": "removed", "code": "E87.6"},
        {**told, **ann, "decision": 2, "act": "accept", "change": "confirmed", "code": "I50.23", "why": None},
        {**told, "decision": 3, "act": "add", "change": "added", "code": "E43", "who": "Ben", "evidence": 0,
         "drg_without": "293", "weight_change": 0.5},
        {**told, "decision": 4, "act": "override", "change": "finding accepted", "rule": "icd10cm/excludes1",
         "who": "Ann", "why": "the two are unrelated", "system": None},
    ]  # fmt: skip


def lines(case_id: str):
    return [
        {"case_id": case_id, "line": n, "system": "ICD-10-CM", "code": code, "title": "t", "role": "secondary"}
        for n, code in enumerate(("I10", "E11.9", "J44.9"), 1)
    ]


@pytest.fixture(scope="session")
def practice_files(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("practice")
    accounts = ["case_id,status,charges,paid,coded_on,billed_on,decided_on,carc,coder,billed_visit,line_charges"]
    with Store(folder / "cases.parquet") as store:
        for month in MONTHS:
            for number in range(40):
                case = row(number, month)
                care = {"family": "care", "indicator": "care/a1c", "title": "Diabetes: haemoglobin A1c (own)"}
                given = {"case_id": case["case_id"], "counted": number % 5 == 0, "codes": "", **care}
                rows = {"cases": [case], "lines": lines(case["case_id"]), "findings": [], "indicators": [given]}
                store.add(rows)
                spike = case["payer"] == "Beta" and month >= "2025-10" and number % 2
                status = "denied" if spike or number == 1 else "paid"
                visit = "99214" if case["provider"] == "P3" else "99213"
                days = ",".join(f"{month}-{day}" for day in (20, 22, 28))
                carc = "11" if status == "denied" else ""
                accounts.append(f"{case['case_id']},{status},100,80,{days},{carc},Ann,{visit},100")
        for number, case in enumerate(STAYS, 1):
            rows = {"cases": [case], "lines": lines(case["case_id"]), "indicators": indicators(number)}
            finding = {"case_id": f"s{number}", "rule": "icd10cm/excludes1", "severity": "warning", "accepted": True}
            store.add({**rows, "findings": [finding], "decisions": decisions(number)})
    (folder / "accounts.csv").write_text("\n".join(accounts) + "\n", encoding="utf-8")
    return folder / "cases.parquet", folder / "accounts.csv"
