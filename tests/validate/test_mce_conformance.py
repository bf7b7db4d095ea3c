"""Our rules against the answers of CMS's own Medicare Code Editor, on a deck of inpatient claims."""

from __future__ import annotations

import json
from datetime import date

import pytest

from chartcode.books import Shelf
from chartcode.model.case import ERROR, PRINCIPAL, SECONDARY, Case, Diagnosis
from chartcode.model.chart import INPATIENT, Chart, Encounter, Patient
from chartcode.model.code import icd10cm
from chartcode.validate import validate

INVALID = {
    f"icd10cm/{fault}"
    for fault in ("no_such_code", "not_full_length", "not_in_force", "placeholder", "replaced", "seventh_character")
}
EDITS = {
    "AGE_CONFLICT": {"mce/age_conflict"},
    "DUPLICATE_OF_PDX": {"mce/duplicate_of_principal"},
    "E_CODE_AS_PDX": {"mce/external_cause_principal"},
    "INVALID_CODE": INVALID,
    "UNACCEPTABLE_PDX": {"mce/unacceptable_principal"},
    "UNSPECIFIED": {"mce/unspecified_side"},
}


@pytest.fixture(scope="module")
def deck(shared):
    path = shared / "oracles" / "mce_v431_cms_java_deck.jsonl"
    if not path.is_file():
        pytest.skip("the deck of MCE claims is not at hand")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def claim(row):
    day = date.fromisoformat(str(row["discharge_date"]))
    codes = [row["pdx"], *row["sdx"]]
    diagnoses = [
        Diagnosis(icd10cm(code["code"]), SECONDARY if at else PRINCIPAL, code["poa"]) for at, code in enumerate(codes)
    ]
    patient = Patient("F" if row["sex"] else "M", row["age"])
    return Case(Chart("claim", patient=patient, encounter=Encounter(INPATIENT, day, day))).plus(diagnoses)


def test_every_edit_on_diagnoses_is_found_and_no_other(deck):
    shelf = Shelf.open()
    for number, row in enumerate(deck):
        case = claim(row)
        found = [f for f in validate(case, shelf.at(case.day)) if f.severity == ERROR]
        ours = {name for name, rules in EDITS.items() if any(f.rule in rules for f in found)}
        assert ours == set(row["expected"]["edits"]), f"claim {number}"
    assert len(deck) >= 200
