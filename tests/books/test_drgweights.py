import pytest

from chartcode.books import Shelf
from chartcode.books.build import drg_weights
from chartcode.books.drgweights import Weight, Weights
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.release import Database
from chartcode.group.msdrg import msdrg
from chartcode.group.whatif import what_if
from chartcode.model.notation import one

TABLE = (
    '"TABLE 5. LIST\u00a0FY 2026 Final Rule"\t\t\n'
    "MS-DRG \tFY 2026 Final Post-Acute DRG\tFY 2026 Final Special Pay DRG\tMDC\tTYPE\tMS-DRG Title\t"
    "Weights - Before Cap\tWeights - 10% Cap Applied \tGeometric mean LOS\tArithmetic mean LOS\n"
    "291\tYes\tNo\t05\tMED\tWORDS\t1.3000\t1.2500\t3.9\t5.1\n"
    "293\tYes\tNo\t05\tMED\tWORDS\t0.6000\t0.6000\t2.1\t2.6\n"
    "999\tNo\tNo\t\t**\tUNGROUPABLE\t0.0000\t.\t\t\n"
)
STAY = "inpatient 2026-04-28 2026-05-02, F 78, disposition 01\ndx I50.23 poa Y\ndx J96.01 poa Y\n"


def built(into, text=TABLE, wish=None):
    drg_weights.build(Files("g", "0", {"table5.txt": text.encode}), into, wish or Wish(), lambda *_: None)
    return Weights("FY2026", Database(into, lambda: None))


def test_the_capped_weight_counts(tmp_path):
    book = built(tmp_path / "w.sqlite")
    assert book.of("291") == Weight(1.25, 3.9, 5.1, post_acute=True, special=False)
    assert book.of("999") is None
    assert Database(tmp_path / "w.sqlite", lambda: None).one("SELECT value FROM release WHERE key = 'last'") == (
        "2026-09-30",
    )


def test_an_older_table_has_one_weight_and_the_user_says_the_year(tmp_path):
    text = "MS-DRG,Weights,Geometric mean LOS,Arithmetic mean LOS\n1,28.1,25,36\n"
    with pytest.raises(Unsuitable, match="does not say its fiscal year"):
        built(tmp_path / "w.sqlite", text)
    assert built(tmp_path / "v.sqlite", text, Wish(year=2023)).of("001").relative == 28.1


def test_what_is_no_table_is_refused(tmp_path):
    with pytest.raises(Unsuitable, match="lacks the column"):
        built(tmp_path / "w.sqlite", "a,b\n1,2\n")


def test_groups_and_what_if_are_worth_something(desk, tmp_path):
    import shutil

    shutil.copytree(desk.folder, tmp_path / "books")
    (tmp_path / "books" / "drg-weights").mkdir()
    built(tmp_path / "books" / "drg-weights" / "FY2026.sqlite")
    case = one(STAY)
    books = Shelf.open(tmp_path).at(case.day)
    (group,) = msdrg(case, books)
    assert group.weight == 1.25
    assert "geometric mean stay 3.9 days, arithmetic 5.1, by Table 5 of FY2026" in group.reasons
    found = what_if(case, books)
    assert (found.weight(found.final), found.weight(found.baseline)) == (1.25, 0.6)
    assert what_if(case, desk.at(case.day)).weight(found.final) is None


def test_the_real_table(shared, tmp_path):
    path = shared / "codesets" / "msdrg" / "fy2026" / "drg_weights.txt"
    if not path.is_file():
        pytest.skip("Table 5 is not at hand")
    drg_weights.build(Files.of(path), tmp_path / "w.sqlite", Wish(), lambda *_: None)
    book = Weights("FY2026", Database(tmp_path / "w.sqlite", lambda: None))
    assert book.of("001").relative == 28.0239
