"""Charts as a table, as JSON lines and as a page: all is shown, all is escaped, every key is explained."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from chartcode.collect import chart_from_text
from chartcode.collect.together import together
from chartcode.model.chart import FACT_KINDS, Chart, Document, Fact, Repeat
from chartcode.model.code import ICD10CM, Code
from chartcode.report.chart_html import ChartPage, marked
from chartcode.report.chart_jsonl import ChartLines
from chartcode.report.chart_table import ChartTable
from chartcode.report.chart_words import NAMES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "chart-json.md"
NASTY = 'SOCIAL HISTORY: Never smoker <script>alert("x")</script>.\nMEDICATIONS: Aspirin <b> 81 mg & more daily.\n'


@pytest.fixture
def chart() -> Chart:
    return together("c<1>", [chart_from_text(NASTY, "a"), chart_from_text("MEDICATIONS: Metformin 500 mg daily.", "b")])


@pytest.fixture
def full() -> Chart:
    text = "cough"
    document = Document("n", text, "visit", on=date(2026, 3, 1), repeats=(Repeat(0, 5, "m", 3),))
    (section,) = chart_from_text("PLAN: rest", "x").documents[0].sections
    facts = tuple(
        Fact(kind, text, (document.span(0, 5),), Code(ICD10CM, "R05.9"), attributes=(("name", "x"),))
        for kind in FACT_KINDS
    )
    return Chart("c", (Document("n", text, sections=(section,), repeats=document.repeats),), facts=facts)


def test_the_page_shows_every_document_whole_and_escaped(chart):
    page = "".join((ChartPage().head(), ChartPage().chart(chart), ChartPage().tail()))
    assert "<script>alert" not in page
    shown = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    assert [unescape(re.sub(r"<[^>]+>", "", pre)) for pre in shown] == [d.text for d in chart.documents]


def test_the_page_asks_for_nothing_from_elsewhere(chart):
    page = ChartPage().head() + ChartPage().chart(chart) + ChartPage().tail()
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)\s*=", page)
    assert "style=" not in page


def test_facts_are_marked_by_kind_and_what_is_denied_shows(chart):
    pieces = "".join(marked(chart.documents[0], {str(n): f for n, f in enumerate(chart.facts)}))
    assert 'class="fact medication"' in pieces
    assert 'class="fact social denied"' in pieces


def test_overlapping_facts_and_copies_are_cut_at_their_edges():
    document = Document("n", "abcdef", repeats=(Repeat(2, 5, "m", 0),))
    facts = {"0": Fact("lab", "x", (document.span(0, 4),)), "1": Fact("vital", "y", (document.span(3, 6),))}
    pieces = list(marked(document, facts))
    assert [unescape(re.sub(r"<[^>]+>", "", p)) for p in pieces] == ["ab", "c", "d", "e", "f"]
    assert [re.findall(r'data-k="([\d ]+)"', p) for p in pieces] == [["0"], ["0"], ["0 1"], ["1"], ["1"]]
    assert ["as in m" in p for p in pieces] == [False, True, True, True, False]


def test_the_table_names_every_kind(full):
    table = ChartTable(120).chart(full)
    assert [name for name in NAMES.values() if f"{name} (1)" not in table] == []
    assert set(NAMES) == set(FACT_KINDS)


def test_the_table_says_what_is_copied_and_where_documents_differ():
    course = "She was diuresed with furosemide and her weight fell by four kilograms over the days of the stay.\n"
    notes = [chart_from_text(f"{use}\n{course}", name) for name, use in (("a", "Never smoker."), ("b", "She smokes."))]
    table = ChartTable(140).chart(together("c", notes))
    assert "copied from elsewhere" in table
    assert "copied from a" in table
    assert "differ on tobacco use" in table


def test_a_chart_without_facts_says_so():
    assert "no facts found" in ChartTable().chart(chart_from_text("Well.", "c"))
    assert "no facts found" in ChartPage().chart(chart_from_text("Well.", "c"))


def test_lines_hold_the_text_and_every_key_is_explained(full):
    tree = json.loads(ChartLines().chart(full))
    assert tree["documents"][0]["text"] == "cough"
    explained = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    assert keys(tree) <= explained


def keys(tree: object) -> set[str]:
    if isinstance(tree, list):
        return set().union(*map(keys, tree)) if tree else set()
    if not isinstance(tree, dict):
        return set()
    return set(tree).union(*(keys(value) for name, value in tree.items() if name != "attributes"))
