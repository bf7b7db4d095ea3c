"""The planted problems are found in the reports, on charts that the real engines coded."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("duckdb", reason="reports need the extra 'reports'")

from chartcode.analysis.measure import measures
from chartcode.analysis.practice import Beside, Practice
from chartcode.cli import main
from chartcode.demo.planted import DENIER, OVER_CODER, PLANTED, VAGUE

COUNT = 600


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The demo as a user makes it, without the pages."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chartcode.analysis.site.write_site", lambda *_, **__: folder / "report" / "index.html")
        assert main(["demo", "-o", str(folder), "--no-open", "--encounters", str(COUNT), "--jobs", "1"]) == 0
    return folder


@pytest.fixture(scope="module")
def practice(made):
    beside = Beside((made / "remit",), made / "fees.csv", made / "practice.toml")
    return Practice.open(made / "demo.parquet", made / "accounts.csv", beside=beside)


@pytest.fixture(scope="module")
def signals(practice):
    by_id = {measure.id: measure for measure in measures()}
    return {name: practice.answer(by_id[name]).signals for problem in PLANTED for name in problem.measures}


def test_every_encounter_is_coded_and_has_its_account(practice):
    assert practice.count("SELECT count(*) FROM cases") == COUNT
    assert practice.count("SELECT count(*) FROM accounts JOIN cases USING (case_id)") == COUNT
    assert practice.count("SELECT count(*) FROM cases WHERE principal IS NULL") == 0
    assert practice.count("SELECT count(*) FROM cases WHERE setting = 'inpatient' AND drg IS NULL") == 0


def test_the_notes_say_what_they_were_written_to_say(practice):
    """Visits reach the level that their note is for, and stays the principal diagnosis: the planted shares are real."""
    rows = practice.count("SELECT count(*) FROM accounts WHERE billed_principal IS NOT NULL")
    same = practice.count(
        "SELECT count(*) FROM accounts JOIN cases USING (case_id) WHERE left(billed_principal, 3) = left(principal, 3)"
    )
    assert same > 0.8 * rows > 40


def test_the_over_coder_alone_is_told_to_bill_above(signals):
    above = [s for s in signals["compliance/billed_levels"] if "above its peers" in s]
    assert len(above) == 1
    assert above[0].startswith(f"{OVER_CODER}: ")


def test_the_vague_clinic_alone_is_told_to_be_unspecific(signals):
    above = [s for s in signals["compliance/unspecified"] if "above its peers" in s]
    assert len(above) == 1
    assert above[0].startswith(f"{VAGUE}: ")


def test_the_denials_are_told_to_change_in_october(signals):
    assert [s for s in signals["trends/denial_rate"] if s.startswith(f"{DENIER}: changed") and s.endswith("2025-10")]
    assert [s for s in signals["trends/all_denials"] if s.endswith("in 2025-10")]
    assert all(s.startswith(DENIER) for s in signals["trends/denial_rate"])


def test_each_planted_problem_shows_in_each_of_its_measures(signals):
    for problem in PLANTED:
        for name in problem.measures:
            assert any(problem.shows(signal) for signal in signals[name]), (problem.told, name)


def test_what_payers_sent_is_posted_and_what_is_odd_in_it_is_told(practice):
    """Payments come from the mail alone; each oddity that was put into it is named."""
    assert (
        practice.count("SELECT count(*) FROM accounts WHERE status IN ('paid', 'denied') AND known_by <> 'both'") == 0
    )
    assert practice.count("SELECT count(*) FROM accounts WHERE status = 'paid'") > 0.7 * COUNT
    paid = practice.ask("SELECT sum(paid) FROM payments WHERE case_id IS NOT NULL")[1][0][0]
    assert practice.ask("SELECT sum(paid) FROM accounts")[1][0][0] == pytest.approx(paid)
    odd = {row[0] for row in practice.ask("SELECT what FROM odd")[1]}
    assert {"claim fits no case", "paid twice", "remittance read twice", "remittance does not add up"} <= odd
    standing = {row[0] for row in practice.ask("SELECT standing FROM payments")[1]}
    assert {"counted", "reversed", "reversal", "paid again"} <= standing
    uneven = practice.count(
        "SELECT count(*) FROM odd WHERE what IN ('claim does not add up', 'lines are not the claim''s charge')"
    )
    assert uneven == 0


def test_the_fees_price_every_line_and_show_who_pays_too_little(practice):
    by_id = {measure.id: measure for measure in measures()}
    lines = practice.count("SELECT count(*) FROM priced")
    assert 0.8 * lines < practice.count("SELECT count(*) FROM priced WHERE charge IS NOT NULL") <= lines
    found = practice.answer(by_id["billing/expected"])
    shares = {row[0]: row[-1] for row in found.rows}
    assert shares.pop("Union Mutual") < 99.9
    assert all(share > 99.95 for share in shares.values())
    payers = {row[1] for row in practice.answer(by_id["billing/underpaid"]).rows}
    assert payers == {"Union Mutual"}


def test_the_measures_that_are_new_to_the_demo_have_rows(practice):
    wanted = ("billing/receivables", "billing/productivity", "billing/revenue_codes", "quality/hcc_recapture",
              "quality/hcc_open", "compliance/level_peers", "billing/first_answers", "billing/refusals")  # fmt: skip
    for measure in measures():
        if measure.id in wanted:
            assert practice.answer(measure).rows, measure.id
    levels = practice.answer(next(m for m in measures() if m.id == "compliance/level_peers"))
    assert [s.partition(" (")[0] for s in levels.signals] == [OVER_CODER]


def test_some_notes_are_kept_for_reading_and_none_in_the_store(made):
    notes = sorted((made / "notes").glob("*.txt"))
    assert 40 <= len(notes) <= 80
    stored = b"".join(path.read_bytes() for path in made.glob("demo*.parquet"))
    assert b"follow-up of long-standing" not in stored
    assert "SIGNED" in notes[0].read_text(encoding="utf-8").upper()


def test_what_is_told_at_the_end_names_the_problems_and_the_place(capsys, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("chartcode.analysis.site.write_site", lambda *_, **__: tmp_path / "report" / "index.html")
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert main(["demo", "-o", str(tmp_path), "--encounters", "20", "--jobs", "1"]) == 0
    told = capsys.readouterr().out
    assert "20 encounters coded and reported" in told
    assert all(problem.told in told for problem in PLANTED)
    assert opened == [(tmp_path / "report" / "index.html").resolve().as_uri()]


@pytest.mark.parametrize("wrong", ["0", "19", "many", "999999999"])
def test_a_number_of_encounters_out_of_bounds_is_refused(wrong, tmp_path, capsys):
    with pytest.raises(SystemExit) as left:
        main(["demo", "-o", str(tmp_path / "d"), "--encounters", wrong])
    assert left.value.code == 2
    assert "--encounters" in capsys.readouterr().err
    assert not (tmp_path / "d").exists()


def test_a_folder_that_is_a_file_is_refused_in_a_sentence(tmp_path, capsys):
    there = tmp_path / "taken"
    there.write_text(json.dumps({}))
    assert main(["demo", "-o", str(there), "--encounters", "20", "--no-open"]) == 1
    assert "taken" in capsys.readouterr().err
