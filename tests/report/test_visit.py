"""A visit as people read it: in the table, in the proof, on the page."""

from __future__ import annotations

import pytest

from chartcode.model.case import CHECK, Case, Element, Finding, Mention, Visit
from chartcode.model.chart import Chart, Document, Span
from chartcode.report import visit
from chartcode.report.html import Page
from chartcode.report.proof import proof
from chartcode.report.table import Table, text

NOTE = Document("n", "Hypertension <worse>. Start lisinopril.", "office visit")
WORSE = Mention(Span("n", 0, 20, "Hypertension <worse>"), section="assessment")
DRUG = Mention(Span("n", 22, 38, "Start lisinopril"), section="plan")
SEEN = Visit(
    "moderate",
    "99214",
    "moderate",
    "straightforward",
    "moderate",
    (WORSE, DRUG),
    "office",
    "established",
    "mdm",
    elements=(
        Element("problems", "moderate", ("a chronic illness that gets worse",), (WORSE,)),
        Element("data", "straightforward"),
        Element("risk", "moderate", ("a prescription drug is started",), (DRUG,)),
    ),
    modifiers=("25",),
    band=CHECK,
    reasons=("two of three elements are at least moderate",),
    changes=("with risk low in place of moderate the level is low",),
)
CASE = Case(Chart("c", (NOTE,)), (SEEN, Finding("look at it", (SEEN,), rule="evidence/visit_level")))


@pytest.mark.parametrize(
    ("seen", "title", "number"),
    [
        (SEEN, "moderate, office visit, established", "99214-25"),
        (Visit("high", "99291", service="critical_care"), "high, critical care", "99291"),
        (Visit("cannot_tell", service="emergency"), "level cannot be told, emergency visit", "no number"),
        (
            Visit("not_applicable", "99396", service="preventive", status="new"),
            "no level, preventive visit, new",
            "99396",
        ),
        (Visit("low"), "low", "no number"),
    ],
)
def test_a_visit_has_a_title_and_a_number(seen, title, number):
    assert visit.title(seen) == title
    assert visit.number(seen) == number


def test_the_table_shows_the_level_and_each_element_with_its_words():
    shown = Table(width=120).case(CASE)
    assert "visit  99214-25  moderate, office visit, established ?" in shown
    assert "problems moderate: a chronic illness that gets worse  Hypertension <worse>" in shown
    assert "data straightforward" in shown


@pytest.mark.parametrize("asked", ["99214", "9921", "visit", "VISIT"])
def test_the_proof_is_found_by_number_and_by_word(asked):
    shown = text(proof(CASE, asked), 120, colour=False)
    for words in ("a prescription drug is started", "Start lisinopril", "two of three", visit.LEARN, "look at it"):
        assert words in shown


def test_without_a_visit_nobody_speaks_of_one():
    assert proof(Case(Chart("c")), "visit") is None
    assert not list(visit.lines(Case(Chart("c"))))
    assert visit.proof(Case(Chart("c"))) is None


def test_the_page_marks_the_words_of_the_visit_and_escapes_them():
    page = Page().case(CASE)
    assert "<h2>Visit</h2>" in page
    assert "99214-25" in page
    assert "Hypertension &lt;worse&gt;" in page
    assert "<worse>" not in page
    assert visit.LEARN in page
