from __future__ import annotations

import json
from dataclasses import replace

import pytest

from chartcode.model import notation
from chartcode.model.case import Decision
from chartcode.pipeline import recheck
from chartcode.report.html import Page
from chartcode.report.jsonl import Lines
from chartcode.report.proof import proof
from chartcode.report.table import Table, text

NAPKIN = "outpatient 2026-05-01, F 67\ndx E11.9\ndx E10.9\n"


@pytest.fixture
def case(desk):
    return recheck(notation.one(NAPKIN), desk)


def test_the_table_shows_codes_titles_and_findings(case):
    shown = Table(120).case(case)
    assert "Type 2 diabetes mellitus without complications" in shown
    assert "icd10cm/excludes1" in shown


def test_an_accepted_finding_says_why(case, desk):
    decided = case.plus([Decision("override", "icd10cm/excludes1", "two diseases, see page 3", "me")])
    shown = Table(200).case(recheck(decided, desk))
    assert "accepted: two diseases, see page 3" in shown


def test_lines_are_json(case):
    writer = Lines()
    tree = json.loads(writer.head() + writer.case(case) + writer.tail())
    assert [d["code"] for d in tree["diagnoses"]] == ["E11.9", "E10.9"]


def test_the_page_is_whole_and_escaped(case):
    odd = replace(case, chart=replace(case.chart, id="<b>&amp;", remarks=("<script>x</script>",)))
    writer = Page()
    page = writer.head() + writer.case(odd) + writer.tail()
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert "<script>x" not in page
    assert "<b>&amp;" not in page


def test_a_proof_of_a_code_and_of_a_category(case):
    assert "E11.9" in text(proof(case, "E11.9"), 100, colour=False)
    assert "E10.9" in text(proof(case, "E10"), 100, colour=False)
    assert proof(case, "Z00.00") is None
