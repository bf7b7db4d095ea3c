from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.model.case import Case, Diagnosis, Mention, PartialProcedure, Rejected
from chartcode.model.chart import Chart, Document, Section, Span
from chartcode.model.code import icd10cm
from chartcode.report.html import Page, marked

VOID = {"meta", "img", "br", "input", "link"}


class Tree(HTMLParser):
    """Walks a page, and remembers its tags, attributes and text; every tag must be closed in its turn."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.text, self.bodies = [], [], [], {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)
        if self.open:
            self.bodies.setdefault(self.open[-1], []).append(data)

    def attributes(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def page(nasty):
    writer = Page()
    return writer.head() + writer.case(nasty) + writer.case(nasty) + writer.tail()


def test_every_tag_is_closed_in_its_turn(page):
    assert Tree(page).open == []


def test_no_word_of_the_note_becomes_a_tag(page):
    tree = Tree(page)
    assert sum(tag == "script" for tag, _ in tree.tags) == 1
    assert not any(tag in {"img", "iframe", "object", "embed", "form"} for tag, _ in tree.tags)
    assert not any(name.startswith("on") for _, attrs in tree.tags for name in attrs)


def test_the_whole_note_can_be_read(page, nasty):
    notes = re.findall(r"<pre>(.*?)</pre>", page, re.DOTALL)
    texts = [unescape(re.sub(r"</?(?:mark|b)\b[^>]*>", "", note)) for note in notes]
    assert texts == [nasty.chart.documents[0].text] * 2


def test_nothing_is_loaded_from_anywhere(page):
    tree = Tree(page)
    assert tree.attributes("src") == tree.attributes("href") == []
    assert "default-src 'none'" in page
    assert "@import" not in page
    assert not re.search(r"url\(|https?://|fetch\(|XMLHttpRequest", page)


def test_the_policy_lets_our_own_style_and_script_act(page):
    for tag in ("style", "script"):
        body = page.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        assert f"{tag}-src 'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" in page


def test_codes_and_words_name_each_other(page):
    article = page.partition("<article>")[2].partition("</article>")[0]
    tree = Tree(article)
    keys = {attrs["data-k"] for tag, attrs in tree.tags if tag == "li" and "data-k" in attrs}
    marks = [attrs["data-k"].split() for tag, attrs in tree.tags if tag == "mark"]
    assert marks
    assert {key for mark in marks for key in mark} <= keys


def test_findings_rejected_codes_and_facts_are_shown(page, nasty):
    text = " ".join(" ".join(Tree(page).text).split())
    for entry in (*nasty.diagnoses, *nasty.rejected):
        assert entry.code.value in text
    for finding in nasty.findings:
        assert finding.rule in text
    assert "Metformin" in text


def entries(spans):
    found = {}
    for number, (start, end) in enumerate(spans):
        evidence = (Mention(Span("d", start, end, "")),)
        made = Diagnosis(icd10cm("I10"), evidence=evidence) if number % 2 else Rejected(icd10cm("I10"), "no", evidence)
        found[str(number)] = made
    return found


PLACES = st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=8)


@given(st.text(max_size=40), PLACES, st.integers(0, 20), st.integers(0, 20))
def test_any_spans_leave_the_text_whole(text, spans, heading, body):
    length = len(text)
    sections = (Section("plan", min(heading, length), min(max(heading, body), length), length),)
    pieces = "".join(marked(Document("d", text, sections=sections), entries(spans)))
    assert unescape(re.sub(r"</?(?:mark|b)\b[^>]*>", "", pieces)) == text
    assert Tree(pieces).open == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="&<>\"'"), min_size=1, max_size=40), st.data())
def test_a_mark_holds_the_words_of_its_span(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pieces = "".join(marked(Document("d", text), entries([(start, end)])))
    held = re.search(r'<mark class="no" data-k="0">(.*?)</mark>', pieces, re.DOTALL)
    assert held is not None
    assert held[1] == text[start:end]


def test_overlapping_spans_are_cut_at_every_edge():
    document = Document("d", "0123456789")
    pieces = list(marked(document, entries([(0, 6), (3, 9)])))
    assert [re.sub(r"<[^>]+>", "", piece) for piece in pieces] == ["012", "345", "678", "9"]
    assert 'data-k="0 1"' in pieces[1]
    assert "class" not in pieces[1], "words of a reported code are not faint"
    assert "class" in pieces[0]


def test_open_procedures_are_listed_with_what_is_still_possible():
    page = Page().case(Case(Chart("c"), (PartialProcedure("0DTJ?ZZ", "Approach", (("0", "<Open>"), ("4", ""))),)))
    assert "Open procedures" in page
    assert "0DTJ?ZZ" in page
    assert "Approach: 0 &lt;Open&gt;, 4" in page
    assert "Open procedures" not in Page().case(Case(Chart("c")))
