"""Files of HCPCS, CPT and chargemasters; every text here is invented."""

import csv
import sqlite3
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books import Shelf
from chartcode.books.build import chargemaster, cpt, hcpcs
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.release import provenance

NOTICE = "This invented notice stands where a publisher's would.\nIt has several lines, some with 12345 in them.\n\n"


def silent(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


def built(builder: object, given: Path, wish: Wish, into: Path) -> dict[str, tuple[str, str, str, str]]:
    into.unlink(missing_ok=True)
    builder.build(Files.of(given), into, wish, silent)
    with sqlite3.connect(into) as pages:
        rows = pages.execute("SELECT code, title, short, first, last FROM service").fetchall()
    pages.close()
    return {row[0]: row[1:] for row in rows}


def record(code: str, number: int, kind: str, long: str, short: str = "", first: str = "", last: str = "") -> str:
    return f"{code:>5}{number:05}{kind}{long:<80}{short:<28}{'':149}{first:8}{'':8}{last:8}N"


def test_hcpcs_records_of_fixed_width(tmp_path: Path) -> None:
    lines = [
        "*** a disclaimer",
        record("A1", 100, "7", "An invented modifier", "Modifier"),
        record(
            "E9901",
            100,
            "3",
            "A device of our own invention, with a text that is far too long for",
            "Device",
            "20010101",
        ),
        record("E9901", 200, "4", "one line"),
        record("J9901", 100, "3", "Injection of nothing, 5 mg", "Nothing", "19990101", "20101231"),
    ]
    source = tmp_path / "HCPC2019_JAN_ANWEB.txt"
    source.write_text("\r\n".join(lines), encoding="cp1252", newline="")
    made = built(hcpcs, source, Wish(), tmp_path / "out.sqlite")
    assert made["E9901"][0] == "A device of our own invention, with a text that is far too long for one line"
    assert made["J9901"][1:] == ("Nothing", "1999-01-01", "2010-12-31")
    assert provenance(tmp_path / "out.sqlite")["version"] == "2019Q1"


def test_hcpcs_table_and_a_year(tmp_path: Path) -> None:
    source = tmp_path / "2020-hcpcs.csv"
    source.write_text(
        '\ufeffHCPC,LONG DESCRIPTION,TERM DT\nE9901,"A device, invented",\nXX,A modifier,\n', encoding="utf-8"
    )
    assert set(built(hcpcs, source, Wish(), tmp_path / "out.sqlite")) == {"E9901"}
    assert provenance(tmp_path / "out.sqlite")["last"] == "2020-12-31"


def test_hcpcs_twice_with_two_texts_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "x_2020Q1.csv"
    source.write_text("Code,Description\nE9901,One\nE9901,Other\n", encoding="utf-8")
    with pytest.raises(Unsuitable, match="E9901 twice"):
        built(hcpcs, source, Wish(), tmp_path / "out.sqlite")


def test_a_file_without_codes_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "HCPC2020_JAN_ANWEB.txt"
    source.write_text("<html>not found</html>", encoding="utf-8")
    with pytest.raises(Unsuitable, match="holds no HCPCS codes"):
        built(hcpcs, source, Wish(), tmp_path / "out.sqlite")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("LONGULT.txt", "10001\tFirst invented service\n10002\tSecond invented service\n"),
        (
            "LONGULF.txt",
            "1000101 First invented\n1000102 service\n1000201 Second invented service\n",
        ),
        ("MEDU.txt", "10001 First invented service\n10002 Second invented service\n"),
        ("SHORTU.txt", "10001 First invented service\n10002 Second invented service\n"),
    ],
)
@pytest.mark.parametrize("notice", [NOTICE, ""])
def test_cpt_layouts(tmp_path: Path, name: str, body: str, notice: str) -> None:
    source = tmp_path / name
    source.write_bytes((notice + body).replace("\n", "\r\n").encode("utf-8-sig"))
    made = built(cpt, source, Wish(year=2026), tmp_path / "out.sqlite")
    assert {code: row[0] for code, row in made.items()} == {
        "10001": "First invented service",
        "10002": "Second invented service",
    }


def test_cpt_takes_the_fullest_text_of_a_zip(tmp_path: Path) -> None:
    source = tmp_path / "cpt2026.zip"
    with ZipFile(source, "w") as packed:
        packed.writestr("LONGULT.txt", "10001\tThe whole text of an invented service\n")
        packed.writestr("SHORTU.txt", "10001 INVENTED\n")
    assert built(cpt, source, Wish(), tmp_path / "out.sqlite")["10001"][:2] == (
        "The whole text of an invented service",
        "INVENTED",
    )


def test_cpt_of_one_s_own_layout(tmp_path: Path) -> None:
    source = tmp_path / "own.txt"
    source.write_text("x|10001|y|An invented service\n", encoding="utf-8")
    wish = Wish(year=2026, options={"delimiter": "bar", "code": "2", "text": "4"})
    assert built(cpt, source, wish, tmp_path / "out.sqlite")["10001"][0] == "An invented service"


@pytest.mark.parametrize(
    ("content", "wish", "said"),
    [
        ("no rows at all\n", Wish(year=2026), "holds no rows of CPT"),
        ("10001\tOne\n10002\tTwo\n10001\tOne\n", Wish(year=2026), "lists 10001 twice"),
        ("10001\tOne\n", Wish(), "say it with --year"),
        ("10001\tOne\n", Wish(year=2026, options={"layout": "HUGE"}), "is no layout"),
    ],
)
def test_cpt_files_that_are_refused(tmp_path: Path, content: str, wish: Wish, said: str) -> None:
    source = tmp_path / "LONGULT.txt"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(Unsuitable, match=said):
        built(cpt, source, wish, tmp_path / "out.sqlite")


def test_chargemaster_with_mapped_columns(tmp_path: Path) -> None:
    source = tmp_path / "charges 2026.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [
                ["Our chargemaster", "", ""],
                ["Item", "Billed as", "Words"],
                ["1", "10001-RT", "Our own first service"],
                ["2", "", "Room, semi-private"],
                ["3", "J9901", "Our own drug"],
            ]
        )
    wish = Wish(options={"code": "Billed as", "description": "Words"})
    made = built(chargemaster, source, wish, tmp_path / "out.sqlite")
    assert {code: row[0] for code, row in made.items()} == {"10001": "Our own first service", "J9901": "Our own drug"}


def test_chargemaster_without_its_columns_names_what_is_there(tmp_path: Path) -> None:
    source = tmp_path / "charges 2026.csv"
    source.write_text("Item,Money\n1,2\n", encoding="utf-8")
    with pytest.raises(Unsuitable, match="lacks the columns code, description; its headings seem to be: Item, Money"):
        built(chargemaster, source, Wish(), tmp_path / "out.sqlite")


@given(st.binary(max_size=400))
def test_no_bytes_break_the_builders(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "cpt2026.txt"
        source.write_bytes(content)
        for builder in (cpt, hcpcs):
            try:
                built(builder, source, Wish(year=2026), Path(folder) / "out.sqlite")
            except Unsuitable:
                continue


@pytest.mark.parametrize(
    ("place", "codes", "modifiers", "version"),
    [
        ("2019/2019-Alpha-Numeric-HCPCS-File.zip", 6440, 360, "2019"),
        ("2025Q4/hcpcs_2025_OCT_ANWEB_long.csv", 8463, 383, "2025Q4"),
    ],
)
def test_the_official_files(shared: Path, tmp_path: Path, place: str, codes: int, modifiers: int, version: str) -> None:
    into = tmp_path / "out.sqlite"
    made = built(hcpcs, shared / "codesets" / "hcpcs" / place, Wish(), into)
    with sqlite3.connect(into) as pages:
        count = pages.execute("SELECT count(*) FROM modifier").fetchone()[0]
    pages.close()
    assert (len(made), count) == (codes, modifiers)
    assert provenance(into)["version"] == version
    assert made["J1885"][0] == "Injection, ketorolac tromethamine, per 15 mg"


def test_an_installed_release_takes_the_place_of_the_starter(tmp_path: Path, desk: Shelf) -> None:
    from chartcode.books.install import install

    source = tmp_path / "LONGULT.txt"
    source.write_text("47562\tInvented words for a gallbladder\n", encoding="utf-8")
    base = tmp_path / "home"
    (base / "books").mkdir(parents=True)
    for file in desk.folder.iterdir():
        if file.is_file():
            (base / "books" / file.name).symlink_to(file)
    install(base / "books", "cpt", [source], Wish(year=2026), silent)
    books = Shelf.open(base).at(date(2026, 5, 1))
    assert not books.cpt.starter
    assert books.cpt.version == "2026"
    assert books.cpt.title("47562") == "Invented words for a gallbladder"
    assert not books.cpt.valid("47600")
    assert books.cpt.aliases("47562")
    assert Shelf.open(base).at(date(2025, 5, 1)).cpt.starter
