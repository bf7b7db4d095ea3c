from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as given_text
from hypothesis import strategies as st

from chartcode.books import Shelf, install, installed
from chartcode.books.build import conversion, icd10cm, icd10cm_index
from chartcode.books.build.edition import named, recognised
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.release import Damaged, provenance

DAY = date(2030, 1, 15)
"""A day in FY2030, of which the embedded books know nothing."""


def silent(_what, _done, _total):
    pass


def put(folder, system, path, **wish):
    return install.install(folder, system, [path], Wish(**wish), silent)


def state(folder: Path) -> dict[str, str]:
    """The whole shelf, byte by byte, what a killed process left in hidden folders aside."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.relative_to(folder).as_posix().startswith("."))
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture
def given(tmp_path):
    def write(name, content):
        path = tmp_path / "given" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def small(monkeypatch):
    """Let an invented index be small: the real ones have at least 50,000 terms."""
    monkeypatch.setattr(icd10cm_index, "_FEWEST", {"index": 100, "external": 60, "neoplasm": 10, "drug": 10})


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "books"


@pytest.fixture
def stocked(folder, given, invented):
    """A folder with one release of the order file."""
    put(folder, "icd10cm", given("icd10cm_order_2030.txt", invented.order_text()))
    return folder


@pytest.fixture
def home(shelf, tmp_path):
    """A home of our own in which the embedded books are compiled already."""
    (tmp_path / "books").mkdir()
    for path in shelf.folder.glob("*.*"):
        os.link(path, tmp_path / "books" / path.name)
    return tmp_path


def test_an_order_file_serves_its_own_days_and_no_others(home, given, invented):
    lines = invented.order_lines([("I1097", True, "Invented pressure"), ("E119", True, "Sugar, plain")])
    (outcome,) = put(home / "books", "icd10cm", given("order.zip", invented.zipped({
        "deep/icd10cm_order_2030.txt": invented.order_text(lines), "readme.txt": "hello"})))  # fmt: skip
    assert (outcome.release.version, outcome.release.first, outcome.release.last, outcome.replaced) == (
        "FY2030-10-01",
        date(2029, 10, 1),
        date(2030, 9, 30),
        False,
    )
    assert outcome.release.source == "order.zip/deep/icd10cm_order_2030.txt"
    desk = Shelf.open(home)
    book = desk.at(DAY).icd10cm
    assert book.version == "FY2030-10-01"
    assert book.title("I10.97") == "Invented pressure"
    assert book.title("E11.9") == "Sugar, plain"
    assert book.valid("I10.97")
    assert not book.valid("E11.65")
    assert next(book.entries()) == ("A10", "Heading A", False)
    assert [str(days.first) for days in book.validity("I10.97")] == ["2029-10-01"]
    assert str(book.validity("E11.65")[-1].last) == "2029-09-30"
    known = desk.at(date(2026, 5, 1)).icd10cm
    assert known.title("E11.9") == "Type 2 diabetes mellitus without complications"
    assert known.valid("E11.65")
    assert not known.valid("I10.97")
    with pytest.raises(LookupError, match="no ICD-10-CM release"):
        desk.at(date(2030, 10, 1))


def test_a_codes_file_serves_where_there_is_no_order_file(home, given, invented):
    text = "".join(f"{code:<7} {title}\n" for code, billable, title in invented.order_lines() if billable)
    (outcome,) = put(home / "books", "icd10cm", given("icd10cm_codes_2030.txt", text))
    assert provenance(outcome.release.path)["parts"] == "titles"
    book = Shelf.open(home).at(DAY).icd10cm
    assert (book.title("A10.9"), book.valid("A10.9"), book.valid("A10")) == ("Illness A", True, False)
    both = invented.zipped({"icd10cm_codes_2030.txt": text, "icd10cm_order_2030.txt": invented.order_text()})
    (outcome,) = put(home / "books", "icd10cm", given("both.zip", both))
    assert outcome.release.source == "both.zip/icd10cm_order_2030.txt"
    with pytest.raises(Unsuitable, match="also holds headings, which this file lacks"):
        put(home / "books", "icd10cm", given("icd10cm_codes_2030.txt", text))


def test_a_tabular_list_serves_its_own_days(home, given, invented):
    put(home / "books", "icd10cm", given("icd10cm_order_2030.txt", invented.order_text()))
    put(home / "books", "icd10cm-tabular", given("any-name.xml", invented.tabular_xml(title="Malady")))
    desk = Shelf.open(home)
    book = desk.at(DAY).icd10cm
    assert (book.tabular.version, book.title("A10.9")) == ("FY2030-10-01", "Illness A")
    assert [note.text for note in book.notes("A10.9", "inclusion term")] == ["Sickness A"]
    assert desk.at(date(2026, 5, 1)).icd10cm.tabular.version == "FY2026-04-01"
    assert desk.at(date(2020, 5, 1)).icd10cm.tabular.version == "FY2026-04-01"


@pytest.mark.usefixtures("small")
def test_all_parts_come_from_one_zip(folder, given, invented):
    outcomes = put(
        folder,
        "icd10cm",
        given("all.zip", invented.zipped({
            "descriptions.zip": invented.zipped({"icd10cm_order_2030.txt": invented.order_text()}),
            "tables.zip": invented.zipped({"t.xml": invented.tabular_xml(), "i.xml": invented.index_xml()}),
        })),
    )  # fmt: skip
    assert [(o.release.system, o.release.version) for o in outcomes] == [
        ("icd10cm", "FY2030-10-01"),
        ("icd10cm-tabular", "FY2030-10-01"),
        ("icd10cm-index", "FY2030-10-01"),
    ]


@pytest.mark.usefixtures("small")
def test_files_of_one_release_may_be_given_apart_and_of_several_years_together(folder, given, invented):
    parts = [given("a.zip", invented.zipped({"t.xml": invented.tabular_xml()})), given("i.xml", invented.index_xml())]
    assert len(install.install(folder, "icd10cm", parts, Wish(), silent)) == 2
    years = [given(f"icd10cm_order_{y}.txt", invented.order_text([*invented.order_lines(), (f"Z{y % 100}", True, "x")]))
             for y in (2030, 2031)]  # fmt: skip
    found = install.install(folder, "icd10cm", years, Wish(), silent)
    assert [o.release.version for o in found] == ["FY2030-10-01", "FY2031-10-01"]


def test_marks_and_line_ends_do_not_matter(folder, given, invented):
    text = invented.order_text().replace("Illness B", "Ménière B".ljust(9))
    versions = set()
    for name, content in (
        ("icd10cm_order_2030.txt", text.encode()),
        ("icd10cm_order_2030.txt", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()),
        ("icd10cm_order_2030.txt", text.replace("\n", "\r\n").encode("cp1252")),
    ):
        (outcome,) = put(folder, "icd10cm", given(name, content))
        database = installed.opened(outcome.release)
        versions.add(tuple(database.all("SELECT * FROM code ORDER BY place")))
    assert len(versions) == 1


BOMB = '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


CONVERSIONS = "Current code assignment,Effective,Previous code\nA00.1,{},A00.0\n"
EXEMPT = "Order30\tPOAexemptCode\n1\t{}\n"
DEEP = '<mainTerm><title>x</title><term level="3"><title>y</title></term></mainTerm>'


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("name", "make", "wish", "sentence"),
    [
        ("icd10cm_order_2030.zip", lambda i: i.zipped({"o.txt": i.order_text()})[:200], {}, "is cut short or damaged"),
        ("icd10cm_order_2030.txt", lambda _: "00001 001     0 Central Nerves\n" * 9, {}, "holds nothing of icd10cm"),
        ("icd10cm_order_2030.txt", lambda i: i.order_text(), {"year": 2026}, "which are not those of FY2026-10-01"),
        ("icd10cm_order_2026.txt", lambda i: i.order_text(), {}, r"not those of FY2026-10-01 \(74,719 codes\)"),
        ("icd10cm_order.txt", lambda i: i.order_text(), {}, "does not say of which year it is; say which"),
        ("icd10cm_order_2030.txt", lambda i: i.order_text() * 2, {}, "lines are missing or twice there"),
        ("icd10cm_order_2030.txt", lambda i: i.order_text(i.order_lines([("A109", True, "x")])), {}, "has A10.9 twice"),
        ("icd10cm_order_2030.txt", lambda i: i.order_text()[:-3000], {}, "laid out|cut short|no codes"),
        ("icd10cm_order_2030.txt", lambda i: i.order_text(i.order_lines()[:30]), {}, "no codes that begin with P, Q"),
        ("icd10cm_order_2030.txt", lambda i: i.order_text().replace("1 Illness A", "x Illness A"), {}, "line 2 is not"),
        ("o.zip", lambda i: i.zipped({"../icd10cm_order_2030.txt": i.order_text()}), {}, "outside of itself"),
        ("icd10cm_order_2030.txt", lambda i: i.order_text(), {"release": "2030Q1"}, "names no edition of ICD-10-CM"),
        ("t.xml", lambda i: BOMB + i.tabular_xml().partition("?>")[2], {}, "declares a document type"),
        ("t.xml", lambda i: i.tabular_xml()[:-100], {}, "not well-formed XML"),
        ("t.xml", lambda i: i.tabular_xml(2026), {}, "which are not those of FY2026-10-01"),
        ("t.xml", lambda i: i.tabular_xml(), {"year": 2031}, "is of FY2030 by its own words, and not of FY2031-10-01"),
        ("i.xml", lambda i: i.index_xml(50), {}, "holds 50 terms, .* cut short"),
        ("i.xml", lambda i: i.index_xml(900, code="hello"), {}, "codes such as 'hello'"),
        ("i.xml", lambda i: i.index_xml(900, tail=DEEP), {}, "level 3 where 1 should be"),
        ("i.xml", lambda i: BOMB + i.index_xml(50).partition("?>")[2], {}, "declares a document type"),
        ("conversion-table-FY2030.csv", lambda _: "New code,Old code\nA00.1,A00.0\n", {}, "lacks the columns new"),
        ("conversion-table-FY2030.csv", lambda _: CONVERSIONS.format("soon"), {}, "'soon' where a year or day"),
        ("conversion-table-FY2030.csv", lambda _: CONVERSIONS.format("2029"), {}, "cut short"),
        ("POAexemptCodesFY30.txt", lambda _: "Order30\tDescription\n1\tx\n", {}, "lacks the column code"),
        ("POAexemptCodesFY30.txt", lambda _: EXEMPT.format("Z00.0\n2\tZ00.0"), {}, "has Z00.0 twice"),
        ("POAexemptCodesFY30.txt", lambda _: EXEMPT.format("99213"), {}, "'99213' where a code"),
        ("POAexemptCodesFY30.txt", lambda _: EXEMPT.format("Z00.0"), {}, "holds 1 codes, .* cut short"),
        ("empty.zip", lambda i: i.zipped({}), {}, "empty zip"),
        ("page.zip", lambda _: "<html>not found</html>", {}, "not a zip, but a web page"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_and_leaves_the_shelf_as_it_was(stocked, given, invented, name, make, wish, sentence):
    before = state(stocked)
    with pytest.raises(Unsuitable, match=sentence) as refused:
        put(stocked, "icd10cm", given(name, make(invented)), **wish)
    assert name.removesuffix(".zip") in str(refused.value)
    assert state(stocked) == before
    assert not list(stocked.glob(".installing-*"))


def test_one_bad_part_keeps_the_others_out_too(stocked, given, invented):
    before = state(stocked)
    members = {
        "icd10cm_order_2031.txt": invented.order_text(),
        "t.xml": invented.tabular_xml(2031),
        "i.xml": BOMB + "<ICD10CM.index/>",
    }
    with pytest.raises(Unsuitable):
        put(stocked, "icd10cm", given("all.zip", invented.zipped(members)))
    assert state(stocked) == before


def test_installing_one_release_touches_no_other(stocked, given, invented):
    before = state(stocked)
    put(stocked, "icd10cm", given("icd10cm_order_2031.txt", invented.order_text()))
    after = state(stocked)
    assert after.keys() - before.keys() == {str(Path("icd10cm") / "FY2031-10-01.sqlite")}
    assert {name: after[name] for name in before} == before
    (outcome,) = put(stocked, "icd10cm", given("icd10cm_order_2031.txt", invented.order_text()))
    assert outcome.replaced


@pytest.mark.usefixtures("small")
def test_an_index_is_not_replaced_by_a_poorer_one(folder, given, invented):
    external = invented.index_xml(80, code="X10.9")
    put(folder, "icd10cm-index", given("both.zip", invented.zipped({"i.xml": invented.index_xml(), "e.xml": external})))
    before = state(folder)
    with pytest.raises(Unsuitable, match="also holds external, which this file lacks"):
        put(folder, "icd10cm-index", given("i.xml", invented.index_xml()))
    assert state(folder) == before


def test_an_interrupted_install_leaves_the_shelf_as_it_was(stocked, given, invented, monkeypatch):
    before = state(stocked)

    def broken(_files, into, _wish, _progress):
        into.write_bytes(b"half of")
        raise KeyboardInterrupt

    monkeypatch.setattr(install, "builder", lambda _part: broken)
    with pytest.raises(KeyboardInterrupt):
        put(stocked, "icd10cm", given("icd10cm_order_2031.txt", invented.order_text()))
    assert state(stocked) == before
    assert not list(stocked.glob(".installing-*"))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are not killed by signal here")
def test_a_killed_install_leaves_the_shelf_as_it_was(stocked, given, invented):
    before = state(stocked)
    path = given("icd10cm_order_2031.txt", invented.order_text())
    program = f"""
import os, signal
from pathlib import Path
from chartcode.books import install
from chartcode.books.files import Wish
build = install.builder("icd10cm")
def killed(files, into, wish, progress):
    build(files, into, wish, progress)
    os.kill(os.getpid(), signal.SIGKILL)
install.builder = lambda part: killed
install.install(Path({str(stocked)!r}), "icd10cm", [Path({str(path)!r})], Wish(), lambda *_: None)
"""
    ended = subprocess.run([sys.executable, "-c", program], check=False)  # noqa: S603 - our own program
    assert ended.returncode == -signal.SIGKILL
    assert list(stocked.glob(".installing-*"))
    assert state(stocked) == before
    assert installed.systems(stocked) == ("icd10cm",)
    put(stocked, "icd10cm", path)
    assert {r.version for r in installed.releases(stocked, "icd10cm")} == {"FY2030-10-01", "FY2031-10-01"}


def test_what_killed_installs_left_is_swept_away_a_day_later(stocked, given, invented):
    left = stocked / ".installing-old"
    left.mkdir()
    os.utime(left, (0, 0))
    put(stocked, "icd10cm", given("icd10cm_order_2031.txt", invented.order_text()))
    assert not left.exists()


def test_several_releases_are_put_in_place_together_or_not_at_all(stocked, given, invented, monkeypatch):
    before = state(stocked)
    replaced = Path.replace

    def full(self, target):
        if Path(target).parent.name == "icd10cm-tabular":
            raise OSError(28, "No space left on device")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", full)
    members = {"icd10cm_order_2030.txt": invented.order_text([*invented.order_lines(), ("Z1091", True, "New")]),
               "t.xml": invented.tabular_xml()}  # fmt: skip
    with pytest.raises(OSError, match="nothing was installed"):
        put(stocked, "icd10cm", given("all.zip", invented.zipped(members)))
    monkeypatch.undo()
    assert state(stocked) == before


def test_a_folder_that_cannot_be_written_is_named(given, invented, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OSError, match="CHARTCODE_HOME"):
        put(blocked, "icd10cm", given("icd10cm_order_2030.txt", invented.order_text()))


def test_a_system_that_is_not_there_is_refused_with_those_that_are(folder, given):
    with pytest.raises(LookupError, match=r"'icd11' is not a book .* icd10cm, icd10cm-tabular"):
        put(folder, "icd11", given("x", "x"))


def test_a_removed_release_serves_no_more(stocked):
    install.remove(stocked, "icd10cm", "FY2030-10-01")
    assert installed.releases(stocked, "icd10cm") == ()
    with pytest.raises(LookupError, match=r"FY2030-10-01 is not installed; of icd10cm there is: none"):
        install.remove(stocked, "icd10cm", "FY2030-10-01")
    with pytest.raises(LookupError, match="cannot name a release"):
        install.remove(stocked, "icd10cm", "../../etc/passwd")


def test_a_damaged_release_is_found_and_left_out(stocked, caplog):
    (path,) = installed.files(stocked, "icd10cm")
    assert installed.damage(path) == ""
    content = bytearray(path.read_bytes())
    content[5000] ^= 1
    path.write_bytes(bytes(content))
    assert installed.damage(path) == "its bytes are not those that were written"
    path.write_bytes(bytes(content[:5000]))
    assert installed.releases(stocked, "icd10cm") == ()
    assert "is left out" in caplog.text
    with pytest.raises(Damaged):
        provenance(path)


def test_a_release_in_a_wrong_place_is_found(stocked):
    (path,) = installed.files(stocked, "icd10cm")
    path.rename(path.with_name("FY2031-10-01.sqlite"))
    assert "does not stand in that one's place" in installed.damage(path.with_name("FY2031-10-01.sqlite"))


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_official_order_files_are_recognised_by_what_they_hold(folder, shared, year):
    zip_path = shared / "codesets" / "icd10cm" / str(year) / f"cms_{year}_dx.zip"
    if not zip_path.is_file():
        pytest.skip(f"the official order file of FY{year} is not at hand")
    (outcome,) = put(folder, "icd10cm", zip_path)
    assert outcome.release.version.startswith(f"FY{year}")
    assert outcome.remarks == ()
    with pytest.raises(Unsuitable, match="and not those of"):
        put(folder, "icd10cm", zip_path, year=year - 1)


def test_an_official_order_file_that_was_cut_short_is_refused(folder, shared, given):
    with zipfile.ZipFile(shared / "codesets" / "icd10cm" / "2026" / "cms_2026_dx.zip") as archive:
        lines = archive.read("icd10cm_order_2026.txt").splitlines(keepends=True)
    with pytest.raises(Unsuitable, match="incomplete, altered or of another year"):
        put(folder, "icd10cm", given("icd10cm_order_2026.txt", b"".join(lines[:-1])))


def test_the_official_index_of_fy2017_is_whole(folder, shared):
    (outcome,) = put(folder, "icd10cm-index", shared / "codesets" / "icd10cm" / "2017" / "ICD10CM_FY2017_Full_XML.zip")
    pages = installed.opened(outcome.release)
    counts = "SELECT sum(level = 0), sum(level > 0), sum(manifestation <> ''), sum(seecat <> ''), sum(subcat <> '')"
    assert pages.one(f"{counts} FROM term WHERE kind = 'index'") == (7_973, 69_226, 746, 15, 130)
    assert pages.one("SELECT count(*) FROM neoplasm") == (1_813,)
    assert pages.one("SELECT count(*) FROM drug") == (7_190,)


def test_a_flattened_index_is_installed_and_says_that_it_is_derived(folder, shared):
    (outcome,) = put(folder, "icd10cm-index", shared / "codesets/icd10cm/2026/icd10cm_index_2026_DERIVED.csv.gz")
    meta = provenance(outcome.release.path)
    assert (meta["version"], meta["derived"], meta["terms index"]) == ("FY2026-10-01", "index", "81513")


def test_sources_taken_together_keep_their_names(given):
    one, other = Files.of(given("a.txt", "a")), Files.of(given("b.txt", "b"))
    both = Files.together([one, other])
    assert both.names == ("a.txt", "b.txt")
    assert both.text("b.txt") == "b"
    assert both.origin == "a.txt and b.txt"


def test_a_shelf_opens_no_installed_release_before_it_is_asked(home, given, invented):
    put(home / "books", "icd10cm", given("icd10cm_order_2030.txt", invented.order_text()))
    put(home / "books", "icd10cm-tabular", given("t.xml", invented.tabular_xml()))
    desk = Shelf.open(home)
    books = desk.at(DAY)
    assert desk.opened.cache_info().currsize == 0
    assert "icd10cm" not in vars(books)
    assert books.icd10cm.title("A10.9") == "Illness A"
    assert desk.opened.cache_info().currsize == 2


def test_a_code_that_a_later_year_ends_has_its_heirs(home, given, invented):
    lines = invented.order_lines([("I1097", True, "Pressure"), ("J449", True, "Lungs")])
    lines = [line for line in lines if line[0] != "I109"]
    put(home / "books", "icd10cm", given("icd10cm_order_2030.txt", invented.order_text(lines)))
    book = Shelf.open(home).at(DAY).icd10cm
    assert book.in_force("I10") == "I10.97"
    assert book.predecessors("I10.97") == ("I10",)
    assert book.leaves("I10") == ("I10.97",)
    assert [(str(d.first), str(d.last)) for d in book.validity("J44.9")] == [("2015-10-01", "None")]


@given_text(st.lists(st.text("0123456789 ABXZ.é\t", max_size=90), max_size=6))
def test_any_lines_are_an_order_file_or_are_refused(lines):
    with suppress(Unsuitable):
        for number, line in enumerate(icd10cm.read("\n".join(lines), "o.txt"), 1):
            assert line.place == number
            assert line.long


@given_text(st.text("FY20Q346-01 x", max_size=14))
def test_any_name_of_an_edition_is_read_or_refused(name):
    with suppress(ValueError):
        edition = named(name)
        assert edition.first <= edition.last
        assert named(edition.version) == edition


def test_an_april_edition_that_the_masters_do_not_know_begins_in_april(home, given, invented):
    lines = invented.order_lines([("I1097", True, "Pressure"), ("J449", True, "Lungs")])
    path = given("icd10cm_order_april_2027.txt", invented.order_text(lines))
    (outcome,) = put(home / "books", "icd10cm", path)
    assert (outcome.release.version, str(outcome.release.first)) == ("FY2027-04-01", "2027-04-01")
    desk = Shelf.open(home)
    march, april = (desk.at(date(2027, month, 1)).icd10cm for month in (3, 4))
    assert (march.version, april.version) == ("FY2027-10-01", "FY2027-04-01")
    assert [book.valid("I10.97") for book in (march, april)] == [False, True]
    assert [book.valid("J45.20") for book in (march, april)] == [True, False]
    assert str(april.validity("I10.97")[0].first) == "2027-04-01"
    assert str(april.validity("J45.20")[-1].last) == "2027-03-31"
    assert march.in_force("I10.97") == "I10"


def test_a_year_alone_takes_the_month_from_the_name_of_the_file():
    assert recognised("icd10cm-index-april-1-2028.xml", Wish(release="FY2028")).version == "FY2028-04-01"
    assert recognised("icd10cm-index.xml", Wish(release="FY2028")).version == "FY2028-10-01"
    assert recognised("icd10cm-index-april.xml", Wish(release="FY2028-10-01")).version == "FY2028-10-01"
    assert recognised("icd10cm-index-april.xml", Wish(year=2028)).version == "FY2028-04-01"
    assert recognised("POAexemptCodesFY28.txt", Wish()).version == "FY2028-10-01"
    assert recognised("index.xml", Wish(first=date(2028, 4, 1)), stated=2028).version == "FY2028-04-01"


def test_an_installed_conversion_table_adds_to_the_successors(home, given, monkeypatch):
    monkeypatch.setattr(conversion, "_FEWEST", 1)
    table = "A notice of FY 2026\nCurrent code assignment,Effective,Previous Code(s) Assignment\n"
    rows = 'J45.20,2025,R03.0 and R05.9\nJ4521,2026-04-01,"R03.0, R06.02"\nU07.1,2020-04-01,None\n'
    (outcome,) = put(home / "books", "conversion", given("icd10cm_conversion_table.csv", table + rows))
    assert outcome.release.version == "FY2026-10-01"
    assert installed.opened(outcome.release).all("SELECT * FROM conversion ORDER BY old, new") == [
        ("R03.0", "J45.20", 20251001, 1),
        ("R03.0", "J45.21", 20260401, 0),
        ("R05.9", "J45.20", 20251001, 1),
        ("R06.02", "J45.21", 20260401, 0),
    ]
    book = Shelf.open(home).at(date(2026, 5, 1)).icd10cm
    assert book.successors("R03.0") == ("J45.21", "J45.20")
    assert "R06.02" in book.predecessors("J45.21")


MAKERS = {
    "icd10cm_order_2030.txt": lambda invented: invented.order_text().encode(),
    "t.xml": lambda invented: invented.tabular_xml().encode(),
    "i.xml": lambda invented: invented.index_xml().encode(),
    "all.zip": lambda invented: invented.zipped({
        "icd10cm_order_2030.txt": invented.order_text(),
        "in.zip": invented.zipped({"t.xml": invented.tabular_xml()}),
    }),
}  # fmt: skip
HOSTILE = [b"", b"\0", b"\xff\xfe", b"&a;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<", b"\r\n", b"9" * 99, b"\xc3\x28"]


@pytest.mark.usefixtures("small")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given_text(
    name=st.sampled_from(sorted(MAKERS)),
    at=st.floats(0, 1),
    length=st.sampled_from([0, 1, 5, 400]),
    instead=st.sampled_from(HOSTILE),
)
def test_any_damage_is_refused_in_a_sentence_or_does_no_harm(folder, given, invented, name, at, length, instead):
    content = MAKERS[name](invented)
    place = int(at * len(content))
    damaged = content[:place] + instead + content[place + length :]
    with suppress(Unsuitable):
        put(folder, "icd10cm", given(name, damaged))
    assert not list(folder.glob(".installing-*"))
    for system in installed.systems(folder):
        assert [installed.damage(path) for path in installed.files(folder, system)] == [""]
