from __future__ import annotations

import pytest

pytest.importorskip("pyarrow", reason="a store needs the extra 'reports'")

import pyarrow.parquet as pq

from chartcode.batch.store import Store
from chartcode.report.columns import TABLES, files_of


def test_a_store_holds_what_was_added(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        store.add({"cases": [{"case_id": "a", "day": "2026-05-01", "age": 4}], "lines": [], "findings": []})
    table = pq.read_table(tmp_path / "s.parquet")
    assert table.column_names == [c.name for c in TABLES["cases"]]
    assert table.column("day").to_pylist()[0].isoformat() == "2026-05-01"
    assert table.schema.field("case_id").metadata[b"means"]
    assert all(path.is_file() for path in files_of(tmp_path / "s.parquet").values())


def fail(path):
    with Store(path) as store:
        store.add({"cases": [{"case_id": "new"}]})
        raise RuntimeError


def test_a_store_that_fails_leaves_the_old_one(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        store.add({"cases": [{"case_id": "old"}]})
    with pytest.raises(RuntimeError):
        fail(tmp_path / "s.parquet")
    assert pq.read_table(tmp_path / "s.parquet").column("case_id").to_pylist() == ["old"]
    assert len(list(tmp_path.iterdir())) == len(TABLES)


def test_patients_are_numbered_as_they_come_and_nothing_else_of_them_is_kept(tmp_path):
    with Store(tmp_path / "s.parquet") as store:
        for number, who in enumerate(("5f1c", "77aa", "5f1c", None)):
            store.add({"cases": [{"case_id": f"c{number}", "patient": who}]})
    assert pq.read_table(tmp_path / "s.parquet").column("patient").to_pylist() == [1, 2, 1, None]
    assert not any(word in (tmp_path / "s.parquet").read_bytes() for word in (b"5f1c", b"77aa"))
