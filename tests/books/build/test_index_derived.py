import sqlite3

import pytest

from chartcode.books.build.index_derived import compile_derived
from chartcode.books.release import finish, provenance, unbroken, write

TABLES = (
    "CREATE TABLE node (id INTEGER PRIMARY KEY, code TEXT, title TEXT, kind TEXT, leaf INTEGER, seventh INTEGER)",
    "CREATE TABLE note (id INTEGER PRIMARY KEY, node INTEGER, kind TEXT, text TEXT)",
)
META = {
    "system": "icd10cm tabular", "version": "FY2030-10-01", "first": "2029-10-01", "source": "invented",
    "sha256": "00", "licence": "none",
}  # fmt: skip


def derived(folder, nodes, notes=()):
    """Return the terms (path, code) of the index that follows from a few nodes and inclusion terms."""
    tabular, into = folder / "tabular.sqlite", folder / "derived.sqlite"
    connection = write(tabular, TABLES, META)
    connection.executemany("INSERT INTO node VALUES (?, ?, ?, 'code', ?, NULL)", nodes)
    connection.executemany("INSERT INTO note VALUES (NULL, ?, 'inclusion term', ?)", notes)
    finish(connection)
    compile_derived(tabular, into, lambda *_: None)
    assert unbroken(into)
    with sqlite3.connect(into) as found:
        rows = found.execute("SELECT id, parent, last, kind, term, code FROM term ORDER BY id").fetchall()
    paths = {}
    for number, parent, last, kind, term, code in rows:
        assert last >= number
        paths[number] = (*paths.get(parent, (kind,)), term), code
        paths[number] = ((*(paths[parent][0] if parent else (kind,)), term), code)
    return dict(paths.values())


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Lobar grippe, unspecified organism", ("Grippe", "lobar")),
        ("Unspecified grippe", ("Grippe",)),
        ("Grippe (acute) with rash", ("Grippe", "with rash")),
        ("Type 2 sugar disease mellitus", ("Disease", "type 2 sugar")),
        ("Heart and kidney strain", ("Strain", "heart and kidney")),
        ("Grippe NOS", ("Grippe",)),
    ],
)
def test_a_title_is_turned_round(tmp_path, title, path):
    assert derived(tmp_path, [(1, "A10.1", title, 1)]) == derived_expected(path, "A10.1")


def derived_expected(path, code):
    """Return the terms of one way, the code at its end."""
    return {("index", *path[: n + 1]): code if n + 1 == len(path) else "" for n in range(len(path))}


def test_inclusion_terms_are_turned_round_too(tmp_path):
    found = derived(tmp_path, [(1, "A10.1", "Lobar grippe", 1)], [(1, "Flu-like fit")])
    assert found[("index", "Fit", "flu-like")] == "A10.1"


def test_what_says_other_is_no_term(tmp_path):
    assert derived(tmp_path, [(1, "A10.8", "Other grippe", 1), (2, "A10.9", "Grippe", 1)]) == {
        ("index", "Grippe"): "A10.9"
    }


def test_a_heading_is_printed_with_a_dash_and_gives_way_to_a_code(tmp_path):
    found = derived(
        tmp_path, [(1, "A10", "Grippe", 0), (2, "A10.9", "Grippe, unspecified", 1), (3, "A11.1", "Blue grippe", 0)]
    )
    assert found[("index", "Grippe")] == "A10.9"
    assert found[("index", "Grippe", "blue")] == "A11.1-"


def test_it_says_that_it_is_derived(tmp_path):
    derived(tmp_path, [(1, "W10.1", "Fall from horse", 1)])
    meta = provenance(tmp_path / "derived.sqlite")
    assert meta["derived"] == meta["parts"] == "index external neoplasm drug"
    assert meta["source"] == "derived from invented"
