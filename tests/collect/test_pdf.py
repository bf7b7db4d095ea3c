"""PDF files with a text layer: lines, columns, broken words, running heads, and files that cannot be read."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chartcode.collect import ocr
from chartcode.collect import pdf as reader
from chartcode.collect.source import Source, Unreadable
from chartcode.model.chart import INPATIENT, Chart

TEXT = """DISCHARGE SUMMARY
Date of admission: 03/04/2026
Date of discharge: 03/07/2026

The patient is a 60-year-old man with hypertension and diabetes, seen for follow-up of his anemia.

LABS:
Sodium  140  mmol/L
Potassium  3.1 (L)  mmol/L

MEDICATIONS: Lisinopril 20 mg p.o. daily."""


def charts(data: bytes) -> list[Chart | Unreadable]:
    try:
        return list(reader.charts(Source("n", "n.pdf", held=data)))
    except Unreadable as unreadable:
        return [unreadable]


def why(data: bytes) -> str:
    (unreadable,) = charts(data)
    assert isinstance(unreadable, Unreadable)
    return unreadable.why


def test_lines_columns_and_broken_words(pdf, summary):
    (chart,) = charts(pdf(summary))
    assert chart.documents[0].text == TEXT
    assert (chart.encounter.setting, chart.encounter.last) == (INPATIENT, date(2026, 3, 7))
    for fact in chart.facts:
        for span in fact.evidence:
            assert TEXT[span.start : span.end] == span.text


def test_a_page_out_of_order_is_read_from_top_to_bottom(pdf, summary):
    (chart,) = charts(pdf(summary[::-1]))
    assert chart.documents[0].text == TEXT


def test_columns_stay_together(pdf):
    left = [(72, 700 - 14 * n, f"left {word}") for n, word in enumerate(("one", "two", "three", "four"))]
    right = [(320, 700 - 14 * n, f"right {word}") for n, word in enumerate(("one", "two", "three", "four"))]
    (chart,) = charts(pdf([*left, *right]))
    assert chart.documents[0].text.index("left four") < chart.documents[0].text.index("right one")


def test_running_heads_are_kept_once(pdf):
    pages = [[(72, 750, f"Invented Hospital, page {n}"), (72, 700, f"Finding {n * 7} is stable.")] for n in range(1, 5)]
    (chart,) = charts(pdf(*pages))
    text = chart.documents[0].text
    assert text.count("Invented Hospital") == 1
    assert [f"Finding {n * 7} is stable." in text for n in range(1, 5)] == [True] * 4


def test_what_cannot_be_read_says_why(pdf, summary):
    whole = pdf(summary)
    assert "damaged or cut off" in why(whole[:300])
    assert "damaged or cut off" in why(b"%PDF-1.7 nothing more")
    assert "no text" in why(pdf([]))


def test_a_scan_without_tesseract_says_how_to_read_it(pdf, summary, monkeypatch, scan):
    monkeypatch.setattr(ocr, "engine", lambda: None)
    assert why(scan(pdf(summary))) == f"this PDF file is a scan; {ocr.HOW}"


def test_recognised_behind_the_bytes_of_a_printer(pdf):
    assert reader.recognise(b"\x1b%-12345X" + pdf([]))
    assert not reader.recognise(b"The PDF was lost.")


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_raises_nothing(pdf, summary, data):
    whole = bytearray(pdf(summary))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for result in charts(bytes(whole)):
        assert isinstance(result, Chart | Unreadable)
