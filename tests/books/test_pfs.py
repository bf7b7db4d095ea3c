import pytest

from chartcode.books import installed, invented
from chartcode.books.build import pfs
from chartcode.books.files import Files, Unsuitable, Wish
from chartcode.books.pfs import PFS
from chartcode.books.release import Database


@pytest.fixture(scope="module")
def schedule(tmp_path_factory):
    folder = tmp_path_factory.mktemp("invented")
    invented.install(folder)
    (release,) = installed.releases(folder, "pfs")
    assert release.version == "2025Q4"
    return PFS(release.version, installed.opened(release))


def built(tmp_path, files, wish=None):
    path = tmp_path / "pfs.sqlite"
    given = {name: (lambda text=text: text.encode()) for name, text in files.items()}
    pfs.build(Files("given", "0", given), path, wish or Wish(), lambda *_: None)
    return PFS("x", Database(path, lambda: None))


def test_the_official_layout_is_read_by_place(schedule):
    row = schedule.indicators("27447")
    assert (row.status, row.global_days, row.days, row.bilateral, row.assistant) == ("A", "090", 90, "1", "2")
    assert row.intra == pytest.approx(0.69)
    assert row.factor == pytest.approx(32.3465)
    assert schedule.indicators("99213").days is None
    assert schedule.indicators("71046", "26").pctc == "1"
    assert schedule.indicators("45385").base == "45378"
    assert schedule.indicators("00000") is None


def test_extracts_are_read_by_their_headings_and_join(tmp_path):
    found = built(
        tmp_path,
        {
            "pprrvu_2024Jul_indicators.csv": "hcpcs_code,mod,status,pctc,glob,bilat_surg\n11111,,A,0,10,1\n",
            "pprrvu_2024Jul_amounts.csv": "hcpcs_code,mod,rvu_work,rvu_non_sum,rvu_fac_sum,cf\n11111,,1.5,3,2,33.3\n",
        },
    ).indicators("11111")
    assert (found.status, found.global_days, found.bilateral, found.work, found.facility) == ("A", "010", "1", 1.5, 2.0)


def test_the_quarter_is_in_the_name(tmp_path):
    for name, quarter in (("PPRRVU25_OCT.csv", "2025Q4"), ("PPRRVU2026_Jan.csv", "2026Q1"), ("RVU24C.csv", "2024Q3")):
        built(tmp_path, {name: "hcpcs,mod,status_code\n11111,,A\n"})
        path = tmp_path / "pfs.sqlite"
        assert Database(path, lambda: None).one("SELECT value FROM release WHERE key = 'version'") == (quarter,)
        path.unlink()


def test_what_is_no_fee_schedule_is_refused(tmp_path):
    with pytest.raises(Unsuitable, match="lacks the columns code, modifier"):
        built(tmp_path, {"rvu_2024Q3.csv": "a,b\n1,2\n"})
    with pytest.raises(Unsuitable, match="no rows with payment indicators"):
        built(tmp_path, {"rvu_2024Q3.csv": "hcpcs,mod,work_rvu\n11111,,1.5\n"})
    with pytest.raises(Unsuitable, match="the amount 'many'"):
        built(tmp_path, {"rvu_2024Q3.csv": "hcpcs,mod,status_code,work_rvu\n11111,,A,many\n"})


def test_the_real_file(shared, tmp_path):
    path = shared / "codesets" / "pfs" / "pprrvu_2024_last_nodesc.csv"
    if not path.is_file():
        pytest.skip("the fee schedule is not at hand")
    into = tmp_path / "pfs.sqlite"
    pfs.build(Files.of(path), into, Wish(release="2024Q3"), lambda *_: None)
    assert Database(into, lambda: None).one("SELECT count(*) FROM pfs") == (18_664,)
