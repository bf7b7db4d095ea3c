import argparse
import gzip
import json
import random
from datetime import date

import pytest
from bench.false_alarms import alarms, coded
from bench.sets.files import Missing

from bench import edits as edits_bench
from bench import rules
from chartcode.model.chart import INPATIENT, PROFESSIONAL

NOTES = [
    {
        "id": "a",
        "setting": "outpatient",
        "dx": [{"code": "I10"}, {"code": "E11.9", "status": "optional"}, {"code": "E119X"}],
        "procedures": [
            {"system": "CPT", "code": "20610", "modifiers": ["RT"]},
            {"system": "PCS", "code": "0SRC0J9"},
            {"system": "HCPCS", "code": "J3301", "status": "optional"},
        ],
    },
    {
        "id": "b",
        "setting": "inpatient",
        "dx": [{"code": "J18.9"}],
        "procedures": [{"system": "PCS", "code": "0SRC0J9"}],
    },
    {"id": "blank", "setting": "outpatient", "dx": [], "procedures": []},
]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder of the shape of the shared data, with invented notes and edits."""
    folder = tmp_path_factory.mktemp("data")
    gold, edits, fees = (
        folder / part for part in ("notes/gold", f"codesets/ncci/{edits_bench.QUARTER}", "codesets/pfs")
    )
    for part in (gold / "notes", edits, fees):
        part.mkdir(parents=True)
    (gold / "gold.jsonl").write_text("".join(json.dumps(note) + "\n" for note in NOTES))
    for note in NOTES:
        (gold / "notes" / f"{note['id']}.txt").write_text("A 67-year-old woman was seen.\n")
    rows = "".join(f"{n:05d},{n + 7:05d},9999-12-31,{n % 2},Why\n" for n in range(11000, 11060))
    for name in ("ptp_prac_2024-07-01", "ptp_out_2024-07-01"):
        with gzip.open(edits / f"{name}.csv.gz", "wt") as file:
            file.write("col1,col2,deleted,mod,rationale\n" + rows)
    services = {"mue_prac": "Practitioner", "mue_out": "Outpatient Hospital", "mue_dme": "DME Supplier"}
    for name, service in services.items():
        (edits / f"{name}_2024-07-01.csv").write_text(
            f"hcpcs_code,mue_units,mue_mai,mue_rationale,mue_service\n20610,2,3,Why,{service}\n"
        )
    (edits / "add_on_codes_2024-06-03.csv").write_text("primary_code,add_on_code,aoc_edit_type\n11042,11045,1\n")
    (fees / "pprrvu_2024_last_nodesc.csv").write_text("hcpcs,mod,status_code\n20610,,A\n")
    return folder


def test_the_bench_runs_and_prints_every_figure(data, capsys, monkeypatch):
    monkeypatch.setattr(rules, "CASES", 3)
    monkeypatch.setattr(rules, "CLAIMS", 4)
    monkeypatch.setattr(edits_bench, "SAMPLE", 40)
    rules.main(argparse.Namespace(data=data, seed=1))
    told = capsys.readouterr().out
    assert "40 sampled rows of pairs: exactly the edit of the row" in told
    assert "3 rows of units in three tables" in told
    lines = [line for line in told.splitlines() if "rows of" in line or "non-pairs" in line]
    assert all(line.rstrip(" |").endswith("yes") for line in lines)
    assert "2 gold notes; errors: a icd10cm/placeholder: E11.9X" in told


def test_the_bench_says_what_folder_it_needs(tmp_path):
    with pytest.raises(Missing, match="no notes/gold here"):
        rules.main(argparse.Namespace(data=tmp_path, seed=1))


def test_only_required_codes_and_the_procedures_of_the_setting():
    case = coded(NOTES[0], "A 67-year-old woman was seen.", date(2026, 5, 1))
    assert case.diagnosis_codes == ("I10", "E11.9X")
    assert [(str(line.code), line.modifiers) for line in case.procedures] == [("20610", ("RT",))]
    stay = coded(NOTES[1], "", date(2026, 5, 1))
    assert stay.inpatient
    assert [str(line.code) for line in stay.procedures] == ["0SRC0J9"]
    assert stay.chart.encounter.first is None


def test_errors_are_counted_by_rule_and_note(data, desk):
    seen = alarms(data / "notes" / "gold", date(2026, 5, 1), desk)
    assert seen.notes == 2
    assert seen.errors == {"icd10cm/placeholder": 1}
    assert seen.a_note == pytest.approx(0.5)


def test_mixtures_have_the_size_that_is_asked(data, books):
    codes = rules.pool(data, books)
    assert sorted(codes.diagnoses) == ["E11.9", "I10", "J18.9"]
    chance = random.Random(1)  # noqa: S311 - a sample, not a secret
    case = rules.mixture(codes, chance, INPATIENT, (25, 10, 10), books.day)
    assert (len(case.diagnoses), len(case.procedures)) == (25, 20)
    assert rules.mixture(codes, chance, PROFESSIONAL, (1, 0, 1), books.day).diagnoses[0].poa is None


def test_a_percentile_is_one_of_the_values():
    assert rules.percentile([3.0, 1.0, 2.0], 0.95) == 3.0
    assert rules.percentile([5.0], 0.5) == 5.0
