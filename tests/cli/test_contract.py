"""The object that ``chartcode code --format jsonl`` writes: other programs rely on its keys and their types."""

from __future__ import annotations

import json
from datetime import date

import pytest

TEXT, NUMBER, WHOLE = (str,), (int, float), (int,)
MAYBE = (str, type(None))
SPAN = {"document": TEXT, "start": WHOLE, "end": WHOLE, "text": TEXT}
FACT = {"text": TEXT, "evidence": [SPAN]}
CONTRACT = {
    "id": TEXT,
    "setting": TEXT,
    "date": MAYBE,
    "books": {"icd10cm": TEXT},
    "diagnoses": [
        {
            "code": TEXT,
            "role": TEXT,
            "poa": MAYBE,
            "confidence": NUMBER,
            "band": TEXT,
            "title": TEXT,
            "evidence": [SPAN],
            "by": TEXT,
            "path": [TEXT],
            "rivals": [{"code": TEXT, "why": TEXT}],
        }
    ],
    "rejected": [{"code": TEXT, "why": TEXT, "evidence": [SPAN]}],
    "procedures": [{"system": TEXT, "code": TEXT, "modifiers": [TEXT], "units": WHOLE, "evidence": [SPAN]}],
    "facts": {
        "medications": [FACT],
        "equipment": [FACT],
        "allergies": [FACT],
        "vitals": [FACT],
        "labs": [FACT],
    },
    "findings": [{"rule": TEXT, "severity": TEXT, "message": TEXT, "codes": [TEXT]}],
    "groups": [{"system": TEXT, "version": TEXT, "code": TEXT, "title": TEXT, "drivers": [TEXT]}],
}


def differences(tree, wanted, place=""):
    """Yield where a tree is not as wanted: a dict asks for its keys, a list for its items, a tuple for a type."""
    if isinstance(wanted, tuple):
        if not isinstance(tree, wanted) or (isinstance(tree, bool) and bool not in wanted):
            yield f"{place}: {type(tree).__name__}"
    elif isinstance(wanted, list):
        if not isinstance(tree, list):
            yield f"{place}: no list"
            return
        for number, item in enumerate(tree):
            yield from differences(item, wanted[0], f"{place}[{number}]")
    else:
        for key, below in wanted.items():
            if not isinstance(tree, dict) or key not in tree:
                yield f"{place}.{key}: missing"
            else:
                yield from differences(tree[key], below, f"{place}.{key}")


@pytest.fixture
def charts(run, folder, capsys):
    assert run("code", folder, "--format", "jsonl") == 0
    return {tree["id"]: tree for tree in map(json.loads, capsys.readouterr().out.splitlines())}


def test_every_key_is_there_with_its_type(charts):
    assert [d for tree in charts.values() for d in differences(tree, CONTRACT, tree["id"])] == []
    assert all("visit" in tree for tree in charts.values())
    assert all("remedy" in finding for tree in charts.values() for finding in tree["findings"])


def test_the_check_of_the_contract_sees_what_is_wrong(charts):
    tree = charts["clinic/visit"]
    assert list(differences({**tree, "id": 3}, CONTRACT)) == [".id: int"]
    assert list(differences({**tree, "groups": None}, CONTRACT)) == [".groups: no list"]
    del tree["rejected"]
    assert list(differences(tree, CONTRACT)) == [".rejected: missing"]


def test_the_parts_that_these_notes_fill_are_filled(charts):
    visit = charts["clinic/visit"]
    for part in ("medications", "allergies", "vitals", "labs"):
        assert visit["facts"][part], part
    assert visit["rejected"]
    assert charts["ward/stay"]["groups"]
    assert any(d["rivals"] for tree in charts.values() for d in tree["diagnoses"])
    assert all(d["title"] and d["by"] for tree in charts.values() for d in tree["diagnoses"])


def test_the_words_are_those_of_the_note(charts, folder):
    for name, tree in charts.items():
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        entries = [*tree["diagnoses"], *tree["rejected"]]
        spans = [piece for entry in entries for piece in entry["evidence"]]
        spans += [piece for facts in tree["facts"].values() for fact in facts for piece in fact["evidence"]]
        assert spans
        assert {piece["document"] for piece in spans} == {name}
        assert all(text[piece["start"] : piece["end"]] == piece["text"] for piece in spans)


def test_one_diagnosis_leads_and_no_code_stands_twice(charts):
    for tree in charts.values():
        roles = [d["role"] for d in tree["diagnoses"]]
        assert roles[0] == ("principal" if tree["setting"] == "inpatient" else "first-listed")
        assert set(roles[1:]) <= {"secondary"}
        codes = [d["code"] for d in tree["diagnoses"]]
        assert len(codes) == len(set(codes))
        assert not set(codes) & {r["code"] for r in tree["rejected"]}


def test_each_chart_has_its_own_setting_day_and_books(charts):
    seen = {name: (tree["setting"], tree["date"]) for name, tree in charts.items()}
    assert seen["ward/stay"] == ("inpatient", "2026-01-19")
    assert seen["ward/fall"] == ("ed", "2026-02-03")
    assert seen["clinic/visit"][1] == "2026-05-01"
    assert charts["clinic/visit"]["books"]["icd10cm"] == "FY2026-04-01"
    assert charts["ward/stay"]["books"]["icd10cm"] == "FY2026-10-01"
    assert all(date.fromisoformat(tree["date"]) for tree in charts.values())


def test_what_is_not_built_is_empty_and_never_invented(charts):
    for tree in charts.values():
        assert tree["procedures"] == []


def test_a_stay_has_no_visit_and_a_visit_has_one(charts):
    services = {name: tree["visit"] and tree["visit"]["service"] for name, tree in charts.items()}
    assert services == {"clinic/visit": "office", "ward/fall": "emergency", "ward/stay": None}
