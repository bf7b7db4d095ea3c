"""Word documents: paragraphs, tables, tracked changes, hidden text, and files that cannot be read."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.collect import Unreadable, read, word
from chartcode.collect.source import Source
from chartcode.model.chart import Chart

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SAME = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SPACES = f"xmlns:w='{MAIN}' xmlns:mc='{SAME}'"
BODY = (
    "<w:p><w:r><w:t>DISCHARGE SUMMARY</w:t></w:r></w:p>"
    "<w:p><w:r><w:t xml:space='preserve'>The patient is a </w:t></w:r><w:r><w:t>60-year-old man.</w:t></w:r></w:p>"
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Sodium</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>140</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    "<w:p><w:r><w:t>MEDICATIONS:</w:t><w:tab/><w:t>Aspirin 81 mg daily.</w:t><w:br/><w:t>Rest.</w:t></w:r></w:p>"
)
TEXT = "DISCHARGE SUMMARY\nThe patient is a 60-year-old man.\nSodium \t140\nMEDICATIONS:\tAspirin 81 mg daily.\nRest.\n"


def document(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "word/document.xml", f"<w:document xmlns:w='{MAIN}' xmlns:mc='{SAME}'><w:body>{body}</w:body></w:document>"
        )
    return out.getvalue()


def shown(body: str) -> tuple[str, tuple[str, ...]]:
    return word.read(document(body), Source("n", "n.docx"))


def test_paragraphs_are_lines_and_cells_stand_apart():
    assert shown(BODY) == (TEXT, ())


def test_it_is_known_by_its_content():
    (chart,) = read(document(BODY))
    assert isinstance(chart, Chart)
    (drug,) = (f for f in chart.facts if f.kind == "medication")
    assert chart.documents[0].text[drug.evidence[0].start :].startswith("Aspirin 81 mg daily")


def test_what_is_struck_out_or_hidden_is_no_part_of_the_note():
    text, remarks = shown(
        "<w:p><w:r><w:t>Diabetes</w:t></w:r><w:del><w:r><w:delText> type 1</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> type 2</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>.</w:t></w:r></w:p>"
    )
    assert (text, remarks) == ("Diabetes type 2.\n", (word.HIDDEN,))


def test_words_for_older_programs_are_not_read_twice():
    box = "<w:p><w:r><w:t>Once</w:t></w:r></w:p>"
    assert shown(f"<w:p><w:r>{box}<mc:Fallback>{box}</mc:Fallback></w:r></w:p>")[0].count("Once") == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [(document("<w:p/>"), "no text"), (document(BODY)[:-60], "damaged"), (document("<w:p>"), "damaged")],
)
def test_what_cannot_be_read_says_why(data, why):
    with pytest.raises(Unreadable, match=why):
        word.read(data, Source("n", "n.docx"))


def test_a_small_file_that_unpacks_to_much_is_refused(monkeypatch):
    monkeypatch.setattr(word, "UNPACKED", 1000)
    with pytest.raises(Unreadable, match="unpacks to more than"):
        shown(f"<w:p><w:r><w:t>{'a' * 2000}</w:t></w:r></w:p>")


def test_entities_are_not_followed():
    out = io.BytesIO()
    kind = "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
    body = "<w:body><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body>"
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", f"{kind}<w:document {SPACES}>{body}</w:document>")
    assert word.read(out.getvalue(), Source("n", "n"))[0].strip() in ("a", "ab")


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=10))
def test_a_damaged_document_raises_nothing_but_the_readers_own(changes):
    data = bytearray(document(BODY))
    for place, byte in changes:
        data[place % len(data)] = byte
    with suppress(Unreadable):
        assert word.read(bytes(data), Source("n", "n"))[0]
