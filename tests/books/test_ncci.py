from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.books import installed, invented
from chartcode.books.build import addon, mue, ncci_ptp
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.ncci import ANY_PRIMARY, NCCI, AddOns, Edit, Limit, Pairs, Units, packed_day, unpacked_day
from chartcode.books.release import Database

DAY = date(2025, 11, 3)
OFFICIAL = """CPT only copyright 2025 American Medical Association. All rights reserved.

Invented header


Column 1\tColumn 2\t*=in existence prior to 1996\tEffective Date\tDeletion Date *=no data\tModifier\tPTP Edit Rationale
"""


def silent(*_):
    return None


def opened(path):
    return Database(path, silent)


def pairs(tmp_path, files, wish=None):
    path = tmp_path / "pairs.sqlite"
    path.unlink(missing_ok=True)
    given = {name: (lambda text=text: text.encode()) for name, text in files.items()}
    ncci_ptp.build(Files("given", "0", given), path, wish or Wish(), silent)
    return Pairs(opened(path))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    invented.install(folder)
    return folder


def book(folder, system):
    (release,) = installed.releases(folder, system)
    return installed.opened(release)


def test_the_official_layout_with_days_and_prior_edits(tmp_path):
    text = OFFICIAL + (
        "11111\t22222\t*\t19960101\t*\t0\tWhy so\n"
        "11111\t3333T\t \t20200101\t20231231\t1\tWhy else\n"
        "11111\t3333T\t \t20240401\t*\t0\tWhy again\n"
    )
    book = pairs(tmp_path, {"ccipra-v313r0-f1.txt": text})
    assert book.settings == {"practitioner"}
    assert book.edit("11111", "22222", "practitioner", DAY) == Edit(
        "11111", "22222", date(1996, 1, 1), None, "0", "Why so"
    )
    assert book.edit("22222", "11111", "practitioner", DAY) is None
    assert book.between("22222", "11111", "practitioner", DAY).column1 == "11111"
    assert [e.modifier for e in book.history("11111", "3333T", "practitioner")] == ["1", "0"]
    assert book.edit("11111", "3333T", "practitioner", date(2023, 12, 31)).modifier == "1"
    assert book.edit("11111", "3333T", "practitioner", date(2024, 2, 1)) is None
    assert book.edit("11111", "3333T", "practitioner", date(2024, 4, 1)).modifier == "0"
    assert book.edit("11111", "3333T", "hospital", date(2024, 4, 1)) is None
    assert {e.column2 for e in book.beside("11111", "practitioner", DAY)} == {"22222", "3333T"}


def test_an_extract_without_the_effective_date(tmp_path):
    text = "col1,col2,deleted,mod,rationale\n11111,22222,2023-12-31,1,Why\n11111,22222,9999-12-31,9,Why\n"
    book = pairs(tmp_path, {"ptp_out_2025-10-01.csv": text})
    assert book.settings == {"hospital"}
    assert book.edit("11111", "22222", "hospital", date(2020, 1, 1)).modifier == "1"
    assert book.edit("11111", "22222", "hospital", DAY).modifier == "9"
    assert book.edit("11111", "22222", "hospital", DAY).last is None


def test_several_files_of_both_settings_are_one_release(tmp_path):
    row = "11111\t22222\t \t20200101\t*\t1\tWhy\n"
    more = "11111\t00001\t \t20200101\t*\t0\tWhy\n"
    book = pairs(
        tmp_path,
        {"ccipra-v313r0-f1.txt": OFFICIAL + row, "ccipra-v313r0-f2.txt": more, "ccioph-v313r0-f1.txt": OFFICIAL + row},
    )
    assert book.settings == {"practitioner", "hospital"}
    assert book.edit("11111", "00001", "practitioner", DAY)
    assert not book.edit("11111", "00001", "hospital", DAY)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("ccipra-v313r0.txt", "nothing of the kind\n", "holds no rows of edits"),
        ("readme.txt", "11111\t22222\t \t20200101\t*\t1\tWhy\n", "no text file whose name says"),
        ("ccipra-v313r0.txt", "11111\t22222\t \t20201301\t*\t1\tWhy\n", "a row that is no edit"),
        ("ccipra-v313r0.txt", "11111\t22222\t \t20200101\t*\t7\tWhy\n", "are no edits"),
        ("ccipra.txt", "11111\t22222\t \t20200101\t*\t1\tWhy\n", "does not say which"),
    ],
)
def test_what_is_no_file_of_edits_is_refused(tmp_path, name, text, told):
    with pytest.raises(Unsuitable, match=told):
        pairs(tmp_path, {name: text})


@given(st.dates(date(1990, 1, 1), date(2169, 1, 1)))
def test_days_survive_packing(day):
    assert unpacked_day(packed_day(day)) == day


CODES = st.from_regex(r"[0-9A-Z]{5}", fullmatch=True)


@given(st.dictionaries(st.tuples(CODES, CODES), st.sampled_from("019"), min_size=1, max_size=40), CODES, CODES)
def test_every_row_is_found_and_no_other(tmp_path_factory, rows, a, b):
    text = OFFICIAL + "".join(f"{x}\t{y}\t \t20200101\t*\t{m}\tWhy\n" for (x, y), m in rows.items())
    book = pairs(tmp_path_factory.mktemp("p"), {"ccipra-v313r0.txt": text})
    assert all(book.edit(x, y, "practitioner", DAY).modifier == m for (x, y), m in rows.items())
    found = book.edit(a, b, "practitioner", DAY)
    assert (found.modifier if found else None) == rows.get((a, b))


def test_units_of_three_tables(shelf):
    units = Units(book(shelf, "mue"))
    assert units.settings == {"practitioner", "hospital", "dme"}
    assert units.limit("97110", "practitioner") == Limit(8, 1, "Invented for examples")
    assert units.limit("27447", "hospital").indicator == 2
    assert units.limit("E0143", "dme").units == 1
    assert units.limit("E0143", "hospital") is None


def test_a_table_of_units_that_is_none(tmp_path):
    for text, told in (
        ("HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator\n11111,x,1\n", "gives 11111 'x'"),
        ("HCPCS/CPT Code,MUE Values,MUE Adjudication Indicator\n11111,1,1 Line\n", "does not say whose units"),
        ("HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator\n", "holds no units"),
    ):
        with pytest.raises(Unsuitable, match=told):
            mue.build(Files("given", "0", {"t_2025Q4.csv": lambda t=text: t.encode()}), tmp_path / "x", Wish(), silent)


def test_add_on_codes(shelf):
    addons = AddOns(book(shelf, "addon"))
    assert addons.primaries("99417", DAY) == {"99205", "99215"}
    assert addons.primaries("15777", DAY) == {ANY_PRIMARY}
    assert addons.primaries("99417", date(2020, 1, 1)) == frozenset()
    assert addons.primaries("99213", DAY) == frozenset()
    text = b"primary_code,add_on_code,aoc_edit_type\n11111,22222,5\n"
    with pytest.raises(Unsuitable, match="the type '5'"):
        addon.build(Files("given", "0", {"aoc_2025Q4.csv": lambda: text}), shelf / "y", Wish(), silent)


def test_books_that_are_not_installed_are_none(books):
    assert books.ncci == NCCI()
    assert books.pfs is None
    assert books.coverage is None


def test_sampled_rows_of_the_real_files(shared, tmp_path):
    folder = shared / "codesets" / "ncci" / "2024Q3"
    if not folder.is_dir():
        pytest.skip("NCCI's files are not at hand")
    path = tmp_path / "addon.sqlite"
    addon.build(Files.of(next(folder.glob("add_on*"))), path, Wish(release="2024Q3"), silent)
    assert len(opened(path).all("SELECT * FROM addon")) == 7_465
