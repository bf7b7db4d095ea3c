from __future__ import annotations

import re
from dataclasses import replace

import pytest

from chartcode.model.case import INFO, Case, Finding, PartialProcedure, Rejected
from chartcode.model.chart import Chart
from chartcode.model.code import icd10cm
from chartcode.report.table import REJECTED, Table, findings, text
from chartcode.report.words import gathered


def flat(shown):
    return " ".join(shown.split())


def test_the_words_of_a_note_are_no_markup(nasty):
    shown = Table(200, colour=False).case(nasty)
    assert "\x1b" not in shown
    assert '"><script>' in shown


def test_colours_where_asked(nasty):
    colourful = Table(200, colour=True).case(nasty)
    assert "\x1b[" in colourful
    plain = re.sub(r"\x1b\[[0-9;]*m", "", colourful)
    assert flat(plain) == flat(Table(200).case(nasty))


@pytest.mark.parametrize("width", [40, 60, 80, 120, 300])
def test_no_line_is_wider_than_asked(width, nasty):
    shown = Table(width).case(nasty)
    assert max(map(len, shown.splitlines())) <= width
    assert all(line == line.rstrip() for line in shown.splitlines())
    for diagnosis in nasty.diagnoses:
        assert diagnosis.code.value in shown, "a code is never cut"


def test_every_part_is_there(nasty):
    shown = flat(Table(300).case(nasty))
    for diagnosis in nasty.diagnoses:
        assert diagnosis.title in shown
    for finding in nasty.findings:
        assert finding.rule in shown
    for remark in nasty.chart.remarks:
        assert remark in shown
    assert "icd10cm FY2026-04-01" in shown


def test_the_leading_diagnosis_is_marked(nasty):
    marked = [line for line in Table(200).case(nasty).splitlines() if line.startswith("\u25b8")]
    assert len(marked) == 1
    assert nasty.diagnoses[0].code.value in marked[0]


def test_a_case_without_codes_says_so():
    assert "no diagnosis to report" in Table(80).case(Case(Chart("n")))


def test_many_rejected_codes_are_counted_not_shown():
    many = [Rejected(icd10cm("I10"), f"reason {number}") for number in range(REJECTED + 3)]
    shown = Table(80).case(Case(Chart("n")).plus(many))
    assert "and 3 more that are not reported" in shown
    assert f"reason {REJECTED}" not in shown
    assert "more that are not" not in Table(80).case(Case(Chart("n")).plus(many[:REJECTED]))


def test_what_is_to_be_checked_has_a_question_mark(nasty):
    first = replace(nasty.diagnoses[0], band="check", confidence=0.51)
    rest = tuple(e for e in nasty.entries if e not in nasty.diagnoses)
    assert "51% ?" in Table(200).case(replace(nasty, entries=(first, *rest)))


def test_open_procedures_are_shown_with_what_is_still_possible():
    case = Case(Chart("c"), (PartialProcedure("0DTJ?ZZ", "Approach", (("0", "Open"), ("4", ""))),))
    out = Table(100).case(case)
    assert "0DTJ?ZZ" in out
    assert "0 Open, 4" in out


def test_absent_books_are_told_in_one_line():
    absent = [
        Finding(
            f"not checked: {what} is not installed; see 'chartcode books install {system}'", rule=rule, severity=INFO
        )
        for what, system, rule in (("the fee schedule", "pfs", "cpt/x"), ("the list", "mue", "ncci/y"))
    ]
    fault = Finding("a fault", rule="claim/z", severity=INFO)
    out = flat("".join(text(part, 120, colour=False) for part in findings([absent[0], fault, absent[1]])))
    assert "not checked, for want of the books pfs, mue → chartcode books install" in out
    assert "2 books" in out
    assert "a fault" in out
    assert gathered((absent[0], fault)) == (absent[0], fault)
