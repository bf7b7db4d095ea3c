from __future__ import annotations

import gzip
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartcode.books.files import Files, Unsuitable


def packed(members, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def put(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_a_zip_in_a_zip_is_opened(put):
    inner = packed({"order.txt": "one\r\ntwo\rthree"})
    files = Files.of(put("outer.zip", packed({"deep/inner.ZIP": inner, "read.me": "x", "__MACOSX/junk": "x"})))
    assert files.names == ("deep/inner.ZIP/order.txt", "read.me")
    assert files.matching(r"^ORDER\.txt$") == ("deep/inner.ZIP/order.txt",)
    assert files.text("deep/inner.ZIP/order.txt") == "one\ntwo\nthree"
    assert files.origin == "outer.zip"
    assert len(files.sha256) == 64


def test_a_folder_and_a_file_are_opened_too(put, tmp_path):
    put("a.zip", packed({"same.txt": "a"}))
    put("b.zip", packed({"same.txt": "b"}))
    put("codes.txt.gz", gzip.compress(b"I10"))
    put(".hidden", b"x")
    files = Files.of(tmp_path)
    assert files.names == ("a.zip/same.txt", "b.zip/same.txt", "codes.txt")
    assert [files.text(name) for name in files.names] == ["a", "b", "I10"]
    assert Files.of(tmp_path / "codes.txt.gz").text("codes.txt") == "I10"


def test_a_workbook_is_one_file(put):
    content = packed({"[Content_Types].xml": "x", "xl/sheet.xml": "y"})
    assert Files.of(put("table.xlsx", content)).names == ("table.xlsx",)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfM\xc3\xa9ni\xc3\xa8re", "Ménière"),
        ("Ménière".encode("cp1252"), "Ménière"),
        ("Ménière".encode("utf-16"), "Ménière"),
        (b"a\r\nb\r\n", "a\nb\n"),
    ],
)
def test_text_of_any_usual_coding_is_read(put, content, text):
    assert Files.of(put("codes.txt", content)).text("codes.txt") == text


def test_what_is_no_text_is_refused(put):
    with pytest.raises(Unsuitable, match=r"codes\.txt is not a text file"):
        Files.of(put("codes.txt", b"%PDF\0")).text("codes.txt")


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside", "a/../../b", "C:\\outside.txt", "..\\outside"])
def test_a_path_outside_is_refused(put, name):
    with pytest.raises(Unsuitable, match="outside of itself"):
        Files.of(put("evil.zip", packed({"good.txt": "x", name: "y"})))


def test_a_truncated_zip_is_refused(put):
    content = packed({"order.txt": "I10 " * 10_000})
    with pytest.raises(Unsuitable, match=r"half\.zip is cut short"):
        Files.of(put("half.zip", content[: len(content) // 2]))


def test_a_zip_with_a_damaged_member_is_refused_when_it_is_read(put):
    content = bytearray(packed({"order.txt": bytes(range(256)) * 99}, zipfile.ZIP_STORED))
    content[500] ^= 0xFF
    files = Files.of(put("bad.zip", bytes(content)))
    with pytest.raises(Unsuitable, match=r"bad\.zip is cut short or damaged at order\.txt"):
        files.read("order.txt")


def test_a_truncated_gzip_is_refused_when_it_is_read(put):
    files = Files.of(put("order.txt.gz", gzip.compress(b"I10 " * 10_000)[:-9]))
    with pytest.raises(Unsuitable, match="cut short"):
        files.read("order.txt")


def test_a_bomb_is_refused(put):
    content = packed({"big.txt": bytes(40 << 20)})
    with pytest.raises(Unsuitable, match="times its size"):
        Files.of(put("bomb.zip", content))
    files = Files.of(put("bomb.txt.gz", gzip.compress(bytes(40 << 20))))
    with pytest.raises(Unsuitable, match="times its size"):
        files.read("bomb.txt")


def test_a_nest_of_zips_is_refused(put):
    content = packed({"x.txt": "x"})
    for _ in range(6):
        content = packed({"in.zip": content})
    with pytest.raises(Unsuitable, match="too many zips"):
        Files.of(put("nest.zip", content))


def test_a_web_page_under_the_name_of_a_zip_is_refused(put):
    with pytest.raises(Unsuitable, match="not a zip, but a web page"):
        Files.of(put("order.zip", b"<!DOCTYPE html><title>Not found</title>"))
    with pytest.raises(Unsuitable, match="not a zip;"):
        Files.of(put("order.zip", b"hello"))
    with pytest.raises(Unsuitable, match="empty zip"):
        Files.of(put("order.zip", packed({".hidden": "x"})))


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(Unsuitable, match="cannot be read"):
        Files.of(tmp_path / "absent.zip")
    with pytest.raises(Unsuitable, match="holds no files"):
        Files.of(tmp_path)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), name=st.sampled_from(["a.zip", "a.txt", "a.gz"]), start=st.sampled_from(
    [b"", b"PK\x03\x04", b"\x1f\x8b\x08"]
))  # fmt: skip
def test_any_bytes_are_read_or_refused(put, content, name, start):
    with suppress(Unsuitable):
        files = Files.of(put(name, start + content))
        assert files.names
        for member in files.names:
            assert "\r" not in files.text(member)
