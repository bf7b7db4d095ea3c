"""HTML notes as a browser shows them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.collect import html
from chartcode.collect.source import Source, Unreadable

PAGE = """<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><h1>DISCHARGE SUMMARY</h1>
<p>The patient is a <b>60-year-old</b>
man<br>with hypertension.</p><table><tr><th>Na</th><td>140</td></tr><tr><td>K</td><td>3.1 &amp; low</td></tr></table>
<script>alert("no")</script><!-- no -->MEDICATIONS: Aspirin 81 mg daily.<pre>a
  b</pre><ul><li>one</li><li>two</ul></body></html>"""


def read(page: bytes) -> str:
    return html.read(page, Source("n", "n.html"))


def test_blocks_are_lines_and_cells_stand_apart():
    assert read(PAGE.encode()) == (
        "DISCHARGE SUMMARY\n\nThe patient is a 60-year-old man\nwith hypertension.\n\nNa\t140\nK\t3.1 & low\n\n"
        "MEDICATIONS: Aspirin 81 mg daily.\na\n  b\n\none\ntwo\n"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<html><meta charset='utf-8'><p>café</p>".encode(),
        "<html><p>café</p>".encode(),
        "<html><p>café</p>".encode("cp1252"),
        "<html><meta charset=iso-8859-1><p>café</p>".encode("latin-1"),
        "<html><p>café</p>".encode("utf-16"),
    ],
)
def test_the_character_set_is_found(page):
    assert read(page) == "café\n"


def test_nested_blocks_without_end_are_read():
    assert read(b"<html>" + b"<div>" * 200 + b"deep") == "deep\n"
    with pytest.raises(Unreadable, match="nested too deeply"):
        read(b"<html>" + b"<div>" * 3000 + b"deep")


def test_recognised_by_its_first_element():
    assert html.recognise(PAGE.encode())
    assert html.recognise(b"\xef\xbb\xbf \n<!-- mail --><HTML>")
    assert not html.recognise(b"<?xml version='1.0'?><ClinicalDocument>")
    assert not html.recognise(b"BP <html")


def test_an_empty_page_says_so():
    with pytest.raises(Unreadable, match="nothing to code"):
        read(b"<html><script>x</script></html>")


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PAGE) - 1), st.integers(0, 255)), max_size=12))
def test_a_damaged_page_raises_nothing(changes):
    page = bytearray(PAGE.encode())
    for place, byte in changes:
        page[place] = byte
    with suppress(Unreadable):
        assert read(bytes(page)).strip()
