import zipfile
from datetime import date
from pathlib import Path

import pytest

from chartcode.books.build import icd10pcs
from chartcode.books.build.icd10pcs import build
from chartcode.books.build.icd10pcs_xml import index, parsed
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.icd10pcs import ICD10PCS, Pages
from chartcode.books.release import Database, described, provenance

TABLES = """<?xml version="1.0"?>
<ICD10PCS.tabular><version>2031</version>
<pcsTable>
<axis pos="1" values="1"><title>Section</title><label code="0">Medical and Surgical</label></axis>
<axis pos="2" values="1"><title>Body System</title><label code="D">Invented System</label></axis>
<axis pos="3" values="1"><title>Operation</title><label code="T">Taking</label>
<definition>Taking all</definition></axis>
<pcsRow codes="{count}">
<axis pos="4" values="2"><title>Body Part</title><label code="J">Thing, Left</label>
<label code="H">Other</label></axis>
<axis pos="5" values="1"><title>Approach</title><label code="0">Open</label></axis>
<axis pos="6" values="1"><title>Device</title><label code="Z">No Device</label></axis>
<axis pos="7" values="1"><title>Qualifier</title><label code="Z">No Qualifier</label></axis>
</pcsRow>
</pcsTable></ICD10PCS.tabular>"""
INDEX = """<ICD10PCS.index><version>2031</version><letter><title>T</title>
<mainTerm><title>Takement</title><see>Taking, Thing<codes>0DTJ</codes></see></mainTerm>
<mainTerm><title>Widget</title><term level="1"><use>Thing, Left</use></term></mainTerm>
</letter></ICD10PCS.index>"""
ORDER = (
    "00001 0DT     0 {:60} Invented System, Taking\n"
    "00002 0DTH0ZZ 1 {:60} Taking of Other, Open Approach\n"
    "00003 0DTJ0ZZ 1 {:60} Taking of Left Thing, Open Approach\n"
).format("Invented, Taking", "Taking of Other, Open", "Taking of L Thing, Open")


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(icd10pcs, "_FEWEST", 2)


def made(folder: Path, wish: Wish = Wish(), **files: str) -> Path:  # noqa: B008 - it is frozen
    given = folder / "given"
    given.mkdir()
    for name, text in files.items():
        (given / name.replace("__", ".")).write_text(text, encoding="utf-8")
    into = folder / "release.sqlite"
    build(Files.of(given), into, wish, lambda *_: None)
    return into


def test_all_files_together(tmp_path):
    path = made(tmp_path, tables__xml=TABLES.format(count=2), index__xml=INDEX, order_2031__txt=ORDER)
    pages = Pages(described(path, provenance(path)), Database(path, lambda: None))
    assert (pages.release.system, pages.release.version) == ("icd10pcs", "FY2031-10-01")
    assert (pages.release.first, pages.release.last) == (date(2030, 10, 1), date(2031, 9, 30))
    assert pages.title("0DTJ0ZZ") == "Taking of Left Thing, Open Approach"
    assert pages.labels("0DT")[4, "J"] == "Thing, Left"
    assert [list(row.endings()) for row in pages.rows("0DT")] == [["H0ZZ", "J0ZZ"]]
    assert pages.operation("0DT") == "Taking all"
    assert [(line.title, line.kind, line.codes) for line in pages.walk("takement")] == [("Takement", "see", "0DTJ")]
    assert pages.key("widget", "body part") == ("Thing, Left",)


def test_tables_alone_have_composed_titles_and_say_so(tmp_path):
    meta = provenance(path := made(tmp_path, tables__xml=TABLES.format(count=2)))
    assert meta["composed titles"] == "2"
    assert (
        Pages(described(path, meta), Database(path, lambda: None)).title("0DTJ0ZZ")
        == "Taking Left Thing, Open Approach"
    )


def test_windows_line_ends_and_a_mark_do_no_harm(tmp_path):
    path = made(tmp_path, pcs_2031__txt="\ufeff" + ORDER.replace("\n", "\r\n"))
    assert provenance(path)["codes"] == "2"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"tables__xml": TABLES.format(count=3)}, "makes 2 codes and says 3"),
        ({"tables__xml": TABLES.format(count=2)[:400]}, "is no sound XML file"),
        ({"order_2031__txt": ORDER + ORDER}, "holds 0DTH0ZZ twice"),
        ({"order_2031__txt": ORDER.replace("0DTJ0ZZ 1", "0DTJ0ZZ 0")}, "not as a code"),
        ({"order_2031__txt": ORDER + "a line of something else\n"}, "line 4, is not of the layout"),
        ({"order__txt": ORDER}, "say it with --year"),
        ({"order_2030__txt": ORDER, "tables__xml": TABLES.format(count=2)}, "mixes years"),
        (
            {"order_2031__txt": ORDER[: ORDER.index("00003")], "tables__xml": TABLES.format(count=2)},
            "differ in 1 codes",
        ),
        ({"index__xml": INDEX}, "neither an ICD-10-PCS order file nor"),
        ({"order_2031__txt": ORDER, "key__json": '{"name": "Body Part Key", "data": [1]}'}, "is no key of ICD-10-PCS"),
    ],
)
def test_what_is_unsuitable_is_said_in_a_sentence(tmp_path, files, sentence):
    with pytest.raises(Unsuitable, match=sentence):
        made(tmp_path, **files)
    assert not (tmp_path / "release.sqlite").exists()


def test_the_year_asked_must_be_the_year_given(tmp_path):
    with pytest.raises(Unsuitable, match="is of FY2031, asked was FY2030"):
        made(tmp_path, Wish(year=2030), order_2031__txt=ORDER)


def test_an_entity_bomb_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ICD10PCS.index>&b;</ICD10PCS.index>'
    with pytest.raises(Unsuitable):
        parsed(bomb, "bomb.xml", "ICD10PCS.index")


def test_lines_of_the_index_keep_their_depth():
    root = parsed(INDEX.encode(), "index.xml", "ICD10PCS.index")
    assert [(line.depth, line.title, line.kind, line.target) for line in index(root)] == [
        (0, "Takement", "see", "Taking, Thing"),
        (0, "Widget", "", ""),
        (1, "", "use", "Thing, Left"),
    ]


def test_the_tables_of_fy2026_expand_to_the_publishers_count(tmp_path, shared, desk, monkeypatch):
    monkeypatch.undo()
    folder = shared / "codesets" / "icd10pcs" / "2026"
    given = tmp_path / "all.zip"
    with zipfile.ZipFile(given, "w") as packed:
        for name in ("icd10pcs_tables_2026.xml", "icd10pcs_definitions_2026.xml", "cms_2026_pr.zip"):
            packed.write(folder / name, name)
    into = tmp_path / "release.sqlite"
    build(Files.of(given), into, Wish(), lambda *_: None)
    release = described(into, provenance(into))
    assert provenance(into)["codes"] == "79115"
    book = ICD10PCS(date(2026, 2, 1), desk.icd10pcs, lambda: Pages(release, Database(into, lambda: None)))
    assert sum(len(row) for key in book.tables() for row in book.table(key).rows) == 79_115
    assert book.codes == tuple(code for code, _ in book.pages.codes())
    assert all(title for _, title in book.entries())
