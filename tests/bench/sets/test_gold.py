import json

import pytest
from bench.notes import Trap
from bench.sets.files import Missing

from bench.sets import gold

KEY = {
    "id": "g1",
    "setting": "professional",
    "kind": "office visit",
    "dx": [
        {
            "code": "J44.9",
            "status": "required",
            "alt": ["J44.1"],
            "evidence": ["COPD"],
            "role": "first-listed",
            "why": "",
        },
        {
            "code": "Z79.01",
            "status": "optional",
            "alt": [],
            "evidence": ["warfarin"],
            "role": "secondary",
            "why": "policy",
        },
    ],
    "procedures": [
        {"system": "CPT", "code": "11042", "status": "required", "evidence": [], "alt": ["11043"], "modifiers": []},
        {"system": "CPT", "code": "99214", "status": "required", "evidence": [], "alt": [], "modifiers": ["25"]},
        {"system": "CPT", "code": "99152", "status": "optional", "evidence": [], "alt": [], "modifiers": []},
        {"system": "HCPCS", "code": "J1885", "status": "optional", "evidence": [], "alt": [], "modifiers": []},
        {"system": "PCS", "code": "0HBLXZZ", "status": "optional", "evidence": [], "alt": [], "modifiers": []},
    ],
    "em": {"level": "moderate", "code": "99214", "why": ""},
    "traps": [
        {"quote": "no chest pain", "wrong": "R07.9", "why": "negated"},
        {"quote": "flushed", "wrong": "96523", "why": "bundled"},
        {"quote": "toradol", "wrong": "J1885", "why": "not given"},
        {"quote": "(401.9)", "wrong": "401.9", "why": "ICD-9"},
        {"quote": "pressure", "wrong": "I10", "why": "never stated"},
    ],
    "entities": {"medications": ["warfarin 5 mg"], "equipment": []},
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "g1.txt").write_text("COPD on warfarin, no chest pain.")
    (tmp_path / "gold.jsonl").write_text(json.dumps(KEY) + "\n\n")
    return tmp_path


def test_a_gold_note(folder):
    (note,) = gold.read(folder)
    assert [(i.accepted, i.required) for i in note.items] == [(("J44.9", "J44.1"), True), (("Z79.01",), False)]
    assert note.items[1].evidence == ("warfarin",)
    assert [i.accepted for i in note.services] == [("11042", "11043"), ("99152",), ("J1885",)]
    assert [i.code for i in note.pcs] == ["0HBLXZZ"]
    assert (note.em, note.em_code, note.setting, note.kind) == ("moderate", "99214", "professional", "office visit")
    assert note.medications == ("warfarin 5 mg",)


def test_only_traps_with_a_diagnosis_code_count(folder):
    (note,) = gold.read(folder)
    assert note.traps == (Trap("R07.9", "no chest pain", "negated"), Trap("I10", "pressure", "never stated"))


@pytest.mark.parametrize(
    ("code", "em"),
    [("99202", True), ("99291", True), ("99499", True), ("99152", False), ("99500", False), ("G0463", False)],
)
def test_the_evaluation_and_management_section(code, em):
    assert gold.is_em(code) is em


def test_another_folder_or_form_is_refused(folder, tmp_path_factory):
    with pytest.raises(Missing, match=r"no gold\.jsonl"):
        gold.read(tmp_path_factory.mktemp("empty"))
    (folder / "gold.jsonl").write_text('{"id": "g1"}')
    with pytest.raises(Missing, match="lacks 'dx'"):
        gold.read(folder)
