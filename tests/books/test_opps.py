import pytest

from chartcode.books import installed, invented
from chartcode.books.build import opps
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.opps import OPPS
from chartcode.books.release import Database


def test_the_status_of_a_code(tmp_path):
    invented.install(tmp_path)
    (release,) = installed.releases(tmp_path, "opps")
    assert release.version == "2025Q4"
    book = OPPS(release.version, installed.opened(release))
    assert [book.status(code) for code in ("27447", "33533", "99397", "00000")] == ["J1", "C", "E1", None]
    assert installed.opened(release).one("SELECT rate FROM opps WHERE code = '27447'") == (12000.0,)


def test_what_is_no_addendum_is_refused(tmp_path):
    for text, told in ((b"a,b\n", "lacks the columns"), (b"hcpcs,si\nwords,X\n", "no codes with status")):
        given = Files("g", "0", {"addendum_b_2026-04.csv": lambda text=text: text})
        with pytest.raises(Unsuitable, match=told):
            opps.build(given, tmp_path / "x", Wish(), lambda *_: None)


def test_the_real_file(shared, tmp_path):
    path = shared / "codesets" / "hcpcs" / "opps_addendum_b_2026-04_nodesc.csv"
    if not path.is_file():
        pytest.skip("Addendum B is not at hand")
    opps.build(Files.of(path), tmp_path / "o.sqlite", Wish(release="2026Q2"), lambda *_: None)
    pages = Database(tmp_path / "o.sqlite", lambda: None)
    assert pages.one("SELECT count(*) FROM opps WHERE status = 'C'") == (1_438,)
