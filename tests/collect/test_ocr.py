"""Scanned pages, on a page that the test renders itself."""

from __future__ import annotations

import pypdfium2
import pytest

from chartcode.collect import ocr
from chartcode.collect import pdf as reader
from chartcode.collect.source import Source, Unreadable
from chartcode.model.chart import Fact, Span

needs_tesseract = pytest.mark.skipif(ocr.engine() is None, reason=ocr.HOW)


@needs_tesseract
def test_a_scanned_page_is_read_with_its_confidence(pdf, summary, scan):
    (chart,) = reader.charts(Source("n", "n.pdf", held=scan(pdf(summary))))
    text = chart.documents[0].text
    assert "DISCHARGE SUMMARY" in text
    assert any("read by OCR with a confidence of" in remark for remark in chart.remarks)
    drug = next(fact for fact in chart.facts if fact.kind == "medication")
    assert drug.get("generic") == "lisinopril"
    assert 0.3 < float(drug.get(ocr.CONFIDENCE) or 0) <= 1
    assert text[drug.evidence[0].start : drug.evidence[0].end] == drug.evidence[0].text


@needs_tesseract
def test_a_picture_by_itself_is_read(pdf, summary):
    image = ocr.picture(pypdfium2.PdfDocument(pdf(summary))[0])
    assert "Lisinopril" in ocr.page(1, image, Source("n", "n.png")).text


@needs_tesseract
def test_what_is_no_picture_says_so():
    with pytest.raises(Unreadable, match="scan it again"):
        list(ocr.charts(Source("n", "n.png", held=b"\x89PNG\r\n\x1a\n broken" + bytes(100))))
    with pytest.raises(Unreadable, match="cut off"):
        list(ocr.charts(Source("n", "n.png", held=b"II*\x00")))


def test_without_tesseract_the_way_to_it_is_told(monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    with pytest.raises(Unreadable, match="this is a picture"):
        list(ocr.charts(Source("n", "n.png", held=b"\x89PNG\r\n\x1a\n")))


def test_a_fact_has_the_least_confidence_of_its_words():
    words = [(0, 4, 0.9), (5, 8, 0.4), (9, 12, 0.8)]
    assert ocr._sure(Fact("lab", "x", (Span("n", 5, 12),)), words).get(ocr.CONFIDENCE) == "0.40"
    assert ocr._sure(Fact("lab", "x", (Span("n", 10, 11),)), words).get(ocr.CONFIDENCE) == "0.80"
    assert ocr._sure(Fact("lab", "x", (Span("n", 20, 21),)), words).get(ocr.CONFIDENCE) is None


def test_pictures_are_recognised():
    assert ocr.recognise(b"\xff\xd8\xff\xe0")
    assert not ocr.recognise(b"II. Impression")
