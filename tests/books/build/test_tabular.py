from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from chartcode.books.build.tabular import compile_tabular
from chartcode.books.release import provenance

LIST = """<?xml version="1.0" encoding="utf-8"?>
{doctype}<ICD10CM.tabular>
  <version>{version}</version>
  <chapter>
    <name>1</name>
    <desc>Invented diseases (A00-C9A)</desc>
    <section id="A00-B99">
      <desc>Invented heading (A00-B99)</desc>
      <excludes1><note>other things (C00)</note></excludes1>
    </section>
    <section id="A00">
      <desc>First block (A00)</desc>
      <diag>
        <name>A00</name>
        <desc>Blue &amp; green  fever</desc>
        <codeFirst><note>underlying colour, such as:</note><note>blue (B00.-)</note></codeFirst>
        <sevenChrNote><note>Add a character</note></sevenChrNote>
        <sevenChrDef><extension char="A">at first</extension><extension char="D">later</extension></sevenChrDef>
        <diag><name>A00.0</name><desc>Blue fever</desc></diag>
      </diag>
    </section>
    <section id="B00-B09">
      <desc>Second block (B00-B09)</desc>
      <diag>
        <name>B00</name>
        <desc>Red fever</desc>
        <excludes2><note>lack of vitamin B12, see A00.0-A00.9</note></excludes2>
      </diag>
    </section>
    <section id="C00-C9A"><desc>Third block</desc><diag><name>C00</name><desc>Grey fever</desc></diag></section>
  </chapter>
</ICD10CM.tabular>
"""


def silent(_what: str, _done: int, _total: int) -> None:
    pass


def compiled(tmp_path: Path, first: date = date(2026, 4, 1), **parts: str) -> sqlite3.Connection:
    source = tmp_path / "icd10cm-tabular-April-1-2026.xml"
    source.write_text(LIST.format(**{"version": "2026", "doctype": "", **parts}), encoding="utf-8")
    compile_tabular(source, tmp_path / "list.sqlite", first, "a test", silent)
    return sqlite3.connect(tmp_path / "list.sqlite")


def test_nodes_stand_in_the_lists_order_under_their_headings(tmp_path):
    with compiled(tmp_path) as pages:
        rows = pages.execute(
            "SELECT n.code, p.code, n.kind, n.title FROM node n LEFT JOIN node p ON p.id = n.parent ORDER BY n.id"
        ).fetchall()
    pages.close()
    assert rows == [
        ("1", None, "chapter", "Invented diseases (A00-C9A)"),
        ("A00-B99", "1", "block", "Invented heading (A00-B99)"),
        ("A00-A00", "A00-B99", "block", "First block (A00)"),
        ("A00", "A00-A00", "category", "Blue & green fever"),
        ("A00.0", "A00", "code", "Blue fever"),
        ("B00-B09", "A00-B99", "block", "Second block (B00-B09)"),
        ("B00", "B00-B09", "category", "Red fever"),
        ("C00-C9A", "1", "block", "Third block"),
        ("C00", "C00-C9A", "category", "Grey fever"),
    ]


def test_the_numbers_of_last_descendants_enclose_what_is_below(tmp_path):
    with compiled(tmp_path) as pages:
        last = dict(pages.execute("SELECT a.code, b.code FROM node a JOIN node b ON b.id = a.last").fetchall())
    pages.close()
    assert last == {
        "1": "C00",
        "A00-B99": "B00",
        "A00-A00": "A00.0",
        "A00": "A00.0",
        "A00.0": "A00.0",
        "B00-B09": "B00",
        "B00": "B00",
        "C00-C9A": "C00",
        "C00": "C00",
    }


def test_notes_point_only_at_codes_that_the_list_has(tmp_path):
    with compiled(tmp_path) as pages:
        notes = pages.execute(
            "SELECT kind, text, lead, targets FROM note WHERE kind <> 'seventh character' ORDER BY id"
        ).fetchall()
    pages.close()
    assert notes == [
        ("excludes1", "other things (C00)", "", "C00"),
        ("code first", "underlying colour, such as:", "", ""),
        ("code first", "blue (B00.-)", "underlying colour, such as:", "B00"),
        ("excludes2", "lack of vitamin B12, see A00.0-A00.9", "", "A00.0-A00.9"),
    ]


def test_seventh_characters_belong_to_the_node_that_defines_them(tmp_path):
    with compiled(tmp_path) as pages:
        by_code = dict(pages.execute("SELECT a.code, b.code FROM node a JOIN node b ON b.id = a.seventh").fetchall())
        meanings = pages.execute("SELECT char, text FROM seventh ORDER BY place").fetchall()
    pages.close()
    assert by_code == {"A00": "A00", "A00.0": "A00"}
    assert meanings == [("A", "at first"), ("D", "later")]


def test_a_release_speaks_until_the_codes_change(tmp_path):
    compiled(tmp_path).close()
    meta = provenance(tmp_path / "list.sqlite")
    assert (meta["version"], meta["first"], meta["last"]) == ("FY2026-04-01", "2026-04-01", "2026-09-30")
    (tmp_path / "list.sqlite").unlink()
    compiled(tmp_path, date(2025, 10, 1)).close()
    meta = provenance(tmp_path / "list.sqlite")
    assert (meta["version"], meta["first"], meta["last"]) == ("FY2026-10-01", "2025-10-01", "2026-09-30")


def test_a_list_of_another_year_is_refused(tmp_path):
    with pytest.raises(ValueError, match="is the tabular list of FY2025, not of 2026-04-01"):
        compiled(tmp_path, version="2025")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]>\n',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n',
        '<!DOCTYPE ICD10CM.tabular SYSTEM "http://localhost:1/x.dtd">\n',
    ],
)
def test_a_document_type_is_refused_unread(tmp_path, doctype):
    with pytest.raises(ValueError, match="document type"):
        compiled(tmp_path, doctype=doctype)


@pytest.mark.parametrize("content", [b"", b"no xml", b"<ICD10CM.tabular>", b"<other/>", b"\x00\xff"])
def test_what_is_no_tabular_list_is_refused(tmp_path, content):
    source = tmp_path / "x.xml"
    source.write_bytes(content)
    with pytest.raises(ValueError, match=r"x\.xml"):
        compile_tabular(source, tmp_path / "list.sqlite", date(2026, 4, 1), "a test", silent)


def test_the_installed_list_is_whole(shelf):
    pages = shelf.icd10cm.tabular._pages
    kinds = dict(pages.all("SELECT kind, COUNT(*) FROM node GROUP BY kind"))
    assert kinds == {"chapter": 22, "block": 297, "category": 1_918, "code": 44_963}
    notes = dict(pages.all("SELECT kind, COUNT(*) FROM note GROUP BY kind"))
    assert (notes["excludes1"], notes["inclusion term"], notes["code first"]) == (5_407, 12_574, 809)
