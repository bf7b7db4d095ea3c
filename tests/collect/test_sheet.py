from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect.sections import names
from chartcode.collect.sheet import ORDER, Entry, sheet
from chartcode.model.chart import CODED_ENTRIES, FACT_KINDS, Fact
from chartcode.model.code import Code

DAY = date(2026, 3, 2)


def test_entries_are_set_down_under_their_headings():
    document, facts = sheet(
        "s",
        [
            Entry("medications", Fact("medication", "aspirin", status="home"), "81 mg"),
            Entry(
                "diagnosis", Fact("diagnosis", "Gout", code=Code("ICD-10-CM", "M10.9"), assertion="possible", on=DAY)
            ),
        ],
        DAY,
    )
    assert document is not None
    assert document.text == (
        "DIAGNOSIS:\nPossible Gout (ICD-10-CM M10.9) 2026-03-02\nMEDICATIONS:\naspirin [home] 81 mg\n"
    )
    assert (document.kind, document.on) == (CODED_ENTRIES, DAY)
    assert [(f.text, f.evidence[0].text, document.section_at(f.evidence[0].start)) for f in facts] == [
        ("Gout", "Gout", "diagnosis"),
        ("aspirin", "aspirin", "medications"),
    ]


def test_the_same_entry_counts_once_and_says_where_else_it_stands():
    twice = [
        Entry("diagnosis", Fact("diagnosis", "Gout", attributes=(("at", place),))) for place in ("Claim/1", "Claim/2")
    ]
    _, facts = sheet("s", twice, None)
    assert [(f.get("at"), f.get("also")) for f in facts] == [("Claim/1", "Claim/2")]


def test_no_entries_no_sheet():
    assert sheet("s", [], None) == (None, ())


def test_its_sections_are_of_the_fixed_vocabulary():
    assert set(ORDER) <= names()


@given(
    st.lists(
        st.builds(
            Entry,
            st.sampled_from(ORDER),
            st.builds(Fact, st.sampled_from(FACT_KINDS), st.text(max_size=30), status=st.text(max_size=9)),
            st.text(max_size=20),
        ),
        max_size=12,
    )
)
def test_every_fact_has_its_words(entries):
    document, facts = sheet("s", entries, None)
    for fact in facts:
        assert document is not None
        (span,) = fact.evidence
        assert document.text[span.start : span.end] == span.text
        assert span.text == (" ".join(fact.text.split()) or "(no words)")
        assert document.section_at(span.start)
