import argparse
import gzip
import json

import pytest
from bench.sets.files import Missing

from bench import conformance, oracles
from chartcode.validate import catalogue

CLAIM = {
    "age": 72,
    "sex": 1,
    "discharge_status": 1,
    "hospital_status": "NOT_EXEMPT",
    "discharge_date": 20260501,
    "pdx": {"code": "I5023", "poa": "Y"},
    "sdx": [{"code": "J9601", "poa": "Y"}, {"code": "I10", "poa": "Y"}],
    "procedures": [],
}
DRG = CLAIM | {
    "version": 431,
    "expected": {"initial_drg": 291, "initial_mdc": 5, "final_drg": 291, "final_mdc": 5, "return_code": "OK"},
}


def claim(code="I5023", others=(), procedures=(), **fields):
    return (
        CLAIM
        | {
            "pdx": {"code": code, "poa": "Y"},
            "sdx": [{"code": other, "poa": "Y"} for other in others],
            "procedures": [{"code": done} for done in procedures],
        }
        | fields
    )


def test_a_claim_that_agrees_and_one_that_does_not():
    outcome = conformance.answered("deck.jsonl", [DRG, DRG | {"expected": DRG["expected"] | {"final_drg": 293}}])
    assert (outcome.kind, outcome.agreed, outcome.total) == ("MS-DRG", 1, 2)
    assert outcome.differences == ["deck.jsonl, row 2: final_drg 293, ours 291"]


def test_a_claim_that_cannot_be_answered_is_a_difference():
    outcome = conformance.answered("deck.jsonl", [DRG | {"discharge_date": 0}])
    assert outcome.agreed == 0
    assert 'fault None, ours "ValueError' in outcome.differences[0]


def test_the_version_is_that_of_the_deck():
    assert [oracles.version({"version": n}) for n in (400, 421, 440, None)] == ["40", "42.1", "44", None]


@pytest.mark.parametrize(
    ("row", "edits"),
    [
        (claim("R6520", ["A419"]), {"UNACCEPTABLE_PDX": 1}),
        (claim("W19XXXA", ["S72001A"]), {"E_CODE_AS_PDX": 1}),
        (claim("J189", ["J189", "J189"]), {"DUPLICATE_OF_PDX": 2}),
        (claim("G63", ["E854"]), {"MANIFESTATION_AS_PDX": 1}),
        (claim("Z5189"), {"REQUIRES_SDX": 1}),
        (claim("Z5189", ["I10"]), {}),
        (claim("R030"), {"QUESTIONABLE_ADMISSION": 1}),
        (claim("I50", ["E119X", "Z3800"]), {"INVALID_CODE": 2, "AGE_CONFLICT": 1}),
        (claim("J189", procedures=["0DTJ4Z9", "30233AZ"]), {"INVALID_CODE": 2}),
        (claim("S72009A", ["S82009A"]), {"UNSPECIFIED": 2}),
        (claim("J189", ["Y6551"]), {"WRONG_PROCEDURE_PERFORMED": 1}),
        (claim("J189", procedures=["02YA0Z0", "02YA0Z0"]), {"LIMITED_COVERAGE": 2}),
        (claim("J189", procedures=["0FYG0Z0"]), {"NON_COVERED": 1}),
        (claim("E1010", procedures=["0FYG0Z0"]), {"LIMITED_COVERAGE": 1}),
        (claim("J189", procedures=["0FYG0Z0", "0TY00Z0"]), {"LIMITED_COVERAGE": 2}),
        (claim("M51361", procedures=["0SR20JZ"]), {"NON_COVERED": 1}),
        (claim("M51361", procedures=["0SR20JZ"], age=60), {}),
        (claim("C9100", procedures=["30233G0"]), {"NON_COVERED": 1}),
        (claim("J189", procedures=["30233G0"]), {}),
        (claim("O701", procedures=["10D00Z1"], age=29), {"QUESTIONABLE_OBSTETRIC_ADMISSION": 1}),
        (claim("O701", ["Z370"], ["10D00Z1"], age=29), {}),
        (claim("J189", procedures=["5A1955Z"], admit_date=20260429), {"INCONSISTENT_WITH_LENGTH_OF_STAY": 1}),
        (claim("J189", procedures=["5A1955Z"], admit_date=20260427), {}),
        (claim("J189", age=125), {"INVALID_AGE": 1}),
        (claim("J189", discharge_status=99), {"INVALID_DISCHARGE_STATUS": 1}),
        (claim("J189", sex=2, discharge_date=20240901), {"INVALID_SEX": 1}),
        (claim("J189", sex=2), {}),
        (claim("N809", procedures=["0UT90ZZ"], sex=0, discharge_date=20240901), {"SEX_CONFLICT": 2}),
        (claim("J189", admit_dx={"code": "I50"}), {"INVALID_ADMIT_DX": 1}),
        (
            claim("J189", procedures=["02RK0JZ", "02RL0JZ"], discharge_date=20200401),
            {"NON_COVERED": 2},
        ),
        (
            claim("J189", ["Z006"], ["02RK0JZ", "02RL0JZ"], discharge_date=20200401),
            {"LIMITED_COVERAGE": 2},
        ),
    ],
)
def test_the_edits_that_our_rules_find(row, edits):
    assert oracles.mce_ours(row) == edits


def test_what_becomes_of_a_claim_is_compared_too():
    row = claim("R030", expected={"edits": {"QUESTIONABLE_ADMISSION": 1}, "edit_type": "PREPAYMENT"})
    assert oracles.mce_ours(row) == oracles.mce_expected(row)
    admitted = claim("J189", admit_dx={"code": "I50"}, expected={"edits": {"INVALID_ADMIT_DX": 1}, "edit_type": "NONE"})
    assert oracles.mce_ours(admitted) == oracles.mce_expected(admitted)


def test_every_rule_of_the_editor_stands_beside_an_edit():
    named = {rule for rules in oracles.EDITS.values() for rule in rules}
    ids = {rule.id for rule in catalogue()}
    assert {rule for rule in ids if rule.startswith("mce/")} <= named <= ids


def test_a_score_is_compared_to_three_places():
    pytest.importorskip("hccinfhir", reason="the risk extra is not installed")
    row = {"model": "V28", "age": 72, "sex": "F", "segment": "CNA", "dx": ["E1142", "I5022"], "hcc": ["37", "226"]}
    answer = oracles.hcc_ours(row | {"raf_raw": 0.0})
    assert answer["hcc"] == ["226", "37"]
    assert float(answer["raf_raw"]) == pytest.approx(0.395 + 0.166 + 0.36 + 0.112, abs=0.2)


def test_decks_are_found_in_folders_packed_or_not(tmp_path, capsys):
    (tmp_path / "within").mkdir()
    with gzip.open(tmp_path / "within" / "b.jsonl.gz", "wt") as file:
        file.write(json.dumps(DRG) + "\n")
    (tmp_path / "a.jsonl").write_text(json.dumps(claim("R030", expected={"edits": {}})) + "\n")
    assert conformance.main(argparse.Namespace(data=tmp_path, show=5)) == 1
    told = capsys.readouterr().out
    assert "QUESTIONABLE_ADMISSION None, ours 1" in told
    assert "| b.jsonl.gz | MS-DRG |      1 |     1 | 100.00% |" in told
    assert conformance.main(argparse.Namespace(data=tmp_path / "within" / "b.jsonl.gz", show=5)) == 0


def test_no_deck_is_refused_and_an_unknown_file_beside_decks_is_named(tmp_path, capsys):
    with pytest.raises(Missing, match="no deck"):
        list(conformance.run(tmp_path))
    (tmp_path / "x.jsonl").write_text('{"what": 1}\n')
    with pytest.raises(Missing, match="one of MS-DRG, MCE, CMS-HCC"):
        list(conformance.run(tmp_path))
    (tmp_path / "y.jsonl").write_text(json.dumps(DRG) + "\n")
    assert conformance.main(argparse.Namespace(data=tmp_path, show=5)) == 0
    assert "x.jsonl: not a deck of MS-DRG, MCE, CMS-HCC; left out" in capsys.readouterr().out


def test_all_decks_of_the_shared_data_agree(shared):
    pytest.importorskip("hccinfhir", reason="the risk extra is not installed")
    folder = shared / "oracles"
    if not folder.is_dir():
        pytest.skip("the decks of reference answers are not at hand")
    outcomes = list(conformance.run(folder))
    assert len(outcomes) >= 3
    for outcome in outcomes:
        assert outcome.agreed == outcome.total, outcome.differences[:5]
