"""RTF notes: characters, tables, struck-out text, and files that are damaged."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.collect import rtf
from chartcode.collect.source import Source, Unreadable
from chartcode.model.chart import Chart

NOTE = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Calibri;}}{\info{\author Nobody}}"
    r"\pard\b DISCHARGE SUMMARY\b0\par Caf\'e9 au lait spots, temp 38\'b0C, \u8220?well\u8221?.\par"
    r"\trowd\cellx1\cellx2\intbl Sodium\cell 140\cell\row\pard MEDICATIONS: Aspirin 81 mg daily \u55357?\u56832?\par}"
)


def read(note: str) -> tuple[str, tuple[str, ...]]:
    return rtf.read(note.encode("latin-1"), Source("n", "n.rtf"))


def charts(data: bytes) -> list[Chart | Unreadable]:
    try:
        return list(rtf.charts(Source("n", "n.rtf", held=data)))
    except Unreadable as unreadable:
        return [unreadable]


def test_a_note_reads_as_it_looks():
    text, remarks = read(NOTE)
    assert text == (
        "DISCHARGE SUMMARY\nCafé au lait spots, temp 38°C, \u201cwell\u201d.\nSodium|140|\n"
        "MEDICATIONS: Aspirin 81 mg daily \U0001f600\n"
    )
    assert remarks == ()


def test_what_is_struck_out_or_hidden_is_no_part_of_the_note():
    text, remarks = read(r"{\rtf1 Diabetes{\deleted  type 1}{\b\v  hidden} type 2 {\b\vertalt x}.}")
    assert text == "Diabetes type 2 x."
    assert remarks == (rtf.HIDDEN,)


def test_a_link_shows_its_words_and_a_long_line_of_them_is_quick():
    link = r'{\field{\*\fldinst{HYPERLINK "http://example.org"}}{\fldrslt{chart}}} '
    assert read("{\\rtf1 see " + link * 20_000 + "}")[0].startswith("see chart chart")


def test_characters_outside_the_code_page_are_told():
    assert read(r"{\rtf1\ansicpg1252 temp 38\'81 C}") == ("temp 38\ufffd C", (rtf.ODD,))


def test_facts_stand_where_the_text_has_them():
    (chart,) = charts(NOTE.encode("latin-1"))
    (drug,) = (fact for fact in chart.facts if fact.kind == "medication")
    assert chart.documents[0].text[drug.evidence[0].start :].startswith("Aspirin 81 mg daily")


def test_what_cannot_be_read_says_why():
    for note, words in ((r"{\rtf1 \pict\bin} x", "damaged"), (r"{\rtf1 }", "no text")):
        (unreadable,) = charts(note.encode())
        assert isinstance(unreadable, Unreadable)
        assert words in unreadable.why


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(NOTE) - 1), st.characters(max_codepoint=255)), max_size=12))
def test_a_damaged_note_raises_nothing(changes):
    note = list(NOTE)
    for place, character in changes:
        note[place] = character
    for result in charts("".join(note).encode("latin-1")):
        assert isinstance(result, Chart | Unreadable)
