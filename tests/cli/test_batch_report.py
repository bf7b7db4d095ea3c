from __future__ import annotations

import pytest

pytest.importorskip("duckdb", reason="reports need the extra 'reports'")
pytest.importorskip("matplotlib", reason="reports need the extra 'reports'")


def test_a_folder_becomes_a_store_and_a_site(folder, run, tmp_path, capsys):
    store = tmp_path / "out" / "s.parquet"
    store.parent.mkdir()
    assert run("batch", folder, "-o", store) == 0
    assert "3 cases" in capsys.readouterr().err
    assert run("report", "all", store, "-o", tmp_path / "site") == 0
    assert "3 cases" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_one_section_alone(folder, run, tmp_path):
    run("batch", folder, "-o", tmp_path / "s.parquet")
    assert run("report", "compliance", tmp_path / "s.parquet", "-o", tmp_path / "site") == 0
    assert not (tmp_path / "site" / "billing.html").exists()


def test_a_missing_store_is_said_with_the_command_that_writes_it(run, tmp_path, capsys):
    assert run("report", "all", tmp_path / "no.parquet") == 1
    assert "chartcode batch" in capsys.readouterr().err


def test_a_period_the_wrong_way_round(run, tmp_path, capsys):
    assert run("report", "all", tmp_path / "no.parquet", "--from", "2026-02-01", "--to", "2026-01-01") == 1
    assert "no day is left" in capsys.readouterr().err


def test_the_measures_are_listed(run, capsys):
    assert run("report", "list") == 0
    assert "billing/case_mix_index" in capsys.readouterr().out


NOTE = (
    "OFFICE VISIT\nDate of service: 05/04/2026\nASSESSMENT AND PLAN:\n1. Type 2 diabetes mellitus.\n2. Hypertension.\n"
)


def rows(store, question):
    import duckdb

    return duckdb.sql(question.format(store)).fetchall()


def test_what_people_decided_outranks_the_engines_and_is_told_line_by_line(run, tmp_path, capsys):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    table = "case,act,about,who,on,why\nnote,reject,I10,Ann,2026-05-05,not addressed\nnote,add,E78.5,Ben,2026-05-06,\n"
    (tmp_path / "d.csv").write_text(table + "gone,add,I10,Ann,,\n", encoding="utf-8")
    store = tmp_path / "s.parquet"
    assert run("batch", tmp_path / "note.txt", "--decisions", tmp_path / "d.csv", "-o", store) == 1
    assert "about 1 cases that did not come" in capsys.readouterr().err
    stem = str(store).removesuffix(".parquet")
    told = rows(stem, "SELECT change, code, who, \"on\"::VARCHAR, why FROM '{}.decisions.parquet' ORDER BY decision")
    assert told == [
        ("removed", "I10", "Ann", "2026-05-05", "not addressed"),
        ("added", "E78.5", "Ben", "2026-05-06", None),
    ]
    coded = dict(rows(stem, "SELECT code, decided_by FROM '{}.lines.parquet' WHERE system = 'ICD-10-CM'"))
    assert coded["E78.5"] == "Ben"
    assert "I10" not in coded
    assert rows(stem, "SELECT added, removed, decisions FROM '{}.parquet'") == [(1, 1, 2)]


def test_a_table_of_decisions_that_cannot_be_read_is_refused(run, tmp_path, capsys):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "d.csv").write_text("case,act,about\nnote,delete,I10\n", encoding="utf-8")
    assert run("batch", tmp_path / "note.txt", "--decisions", tmp_path / "d.csv", "-o", tmp_path / "s.parquet") == 1
    assert "line 2" in capsys.readouterr().err
    assert not (tmp_path / "s.parquet").exists()


def test_a_rule_that_is_none_is_refused_by_name(run, tmp_path, capsys):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "d.csv").write_text("case,act,about,why\nnote,override,icd10cm/none,so\n", encoding="utf-8")
    assert run("batch", tmp_path / "note.txt", "--decisions", tmp_path / "d.csv", "-o", tmp_path / "s.parquet") == 1
    assert "icd10cm/none" in capsys.readouterr().err


def test_cases_coded_before_are_counted_with_their_ledger(run, tmp_path, capsys):
    napkin = "inpatient 2026-04-20 2026-04-25, F 70, id S-1, disposition 01\ndx I50.23 poa Y\ndx E43 poa Y\n"
    (tmp_path / "c.txt").write_text(napkin + "decision add E43 @2026-04-26 by Ann because of the dietitian\n", "utf-8")
    (tmp_path / "bad.txt").write_text("dx nothing\n", encoding="utf-8")
    store = tmp_path / "s.parquet"
    assert run("batch", tmp_path / "c.txt", tmp_path / "bad.txt", "--coded", "-o", store) == 1
    assert "bad.txt" in capsys.readouterr().err
    stem = str(store).removesuffix(".parquet")
    assert rows(stem, "SELECT case_id, drg, first_drg FROM '{}.parquet'") == [("S-1", "291", "293")]
    assert rows(stem, "SELECT who, drg_without, why FROM '{}.decisions.parquet'") == [
        ("Ann", "293", "of the dietitian")
    ]
    held = rows(stem, "SELECT indicator FROM '{}.indicators.parquet'")
    assert ("admission/heart-failure",) in held


def test_what_payers_answered_and_fees_are_read(folder, run, tmp_path, capsys):
    run("batch", folder, "-o", tmp_path / "s.parquet")
    (tmp_path / "fees.csv").write_text("code,charge\n99213,120\n")
    (tmp_path / "p.toml").write_text('[fees]\n99214 = "180"\n')
    (tmp_path / "era.835").write_text("ISA*no")
    options = ("--remit", tmp_path / "era.835", "--fees", tmp_path / "fees.csv", "--practice", tmp_path / "p.toml")
    assert run("report", "billing", tmp_path / "s.parquet", "-o", tmp_path / "site", *options) == 0
    assert "era.835" in capsys.readouterr().err
    page = (tmp_path / "site" / "billing.html").read_text(encoding="utf-8")
    assert "hold no remittance (835)" in page
    assert "era.835" in page


@pytest.mark.parametrize(("option", "text"), [("--fees", "a,b\n"), ("--practice", "x = 1\n"), ("--fees", None)])
def test_a_list_that_cannot_be_used_is_refused_in_a_sentence(option, text, folder, run, tmp_path, capsys):
    run("batch", folder, "-o", tmp_path / "s.parquet")
    capsys.readouterr()
    if text is not None:
        (tmp_path / "list.csv").write_text(text)
    assert run("report", "billing", tmp_path / "s.parquet", "-o", tmp_path / "site", option, tmp_path / "list.csv") == 1
    assert "list.csv" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
