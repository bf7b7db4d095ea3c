from __future__ import annotations

import pytest

from chartcode.model.case import Case, Diagnosis, Mention, PartialProcedure, Rival
from chartcode.model.chart import Chart, Document, Span
from chartcode.model.code import icd10cm
from chartcode.report.proof import AROUND, proof
from chartcode.report.table import text


def shown(case, code, checked=(), width=300):
    made = proof(case, code, checked)
    return None if made is None else " ".join(text(made, width, colour=False).split())


def test_the_words_stand_in_their_sentence(nasty):
    out = shown(nasty, "I10")
    assert "2. Hypertension [bold red]loud[/bold red] :smile:" in out
    mention = nasty.diagnoses[nasty.diagnosis_codes.index("I10")].evidence[0]
    assert f"characters {mention.span.start}-{mention.span.end}" in out


def test_a_denied_code_shows_its_cue(nasty):
    out = shown(nasty, "R07.9")
    assert "not reported: negated" in out
    assert "negated by 'denies'" in out


def test_rules_without_a_finding_are_passed(nasty):
    out = shown(nasty, "I10", ["icd10cm/excludes1", "icd10cm/duplicate", "claim/pointer"])
    assert "passed 3 rules" in out
    assert "2 icd10cm, 1 claim" in out


def test_rules_of_other_systems_are_not_passed(nasty):
    assert "passed" not in shown(nasty, "I10", ["icd10pcs/repeated", "cpt/bundled", "ncci/units_of_day"])


@pytest.mark.parametrize("code", ["Z99.89", "I1X", "R07.91"])
def test_what_no_entry_speaks_of(code, nasty):
    assert proof(nasty, code) is None


def test_a_rival_that_lost_is_found_by_its_own_code():
    lost = Rival(icd10cm("E11.9"), "E11.42 says more")
    case = Case(Chart("n")).plus([Diagnosis(icd10cm("E11.42"), rivals=(lost,))])
    assert shown(case, "E11.9") == "E11.9 lost against E11.42: E11.42 says more"


def test_a_long_line_is_cut_around_the_words():
    record = "x" * 300 + " gout " + "y" * 300
    at = record.index("gout")
    mention = Mention(Span("d", at, at + 4, "gout"))
    chart = Chart("n", (Document("d", record),))
    out = shown(Case(chart).plus([Diagnosis(icd10cm("M10.9"), evidence=(mention,))]), "M10.9", width=1000)
    assert "gout" in out
    assert out.count("x") <= AROUND + 5
    assert out.count("y") <= AROUND + 5


def test_without_the_record_the_quotation_serves():
    mention = Mention(Span("d", 5, 9, "gout"))
    case = Case(Chart("n")).plus([Diagnosis(icd10cm("M10.9"), evidence=(mention,))])
    assert "gout" in shown(case, "M10.9")


def test_an_open_procedure_is_shown_with_what_is_still_possible():
    case = Case(Chart("c"), (PartialProcedure("0DTJ?ZZ", "Approach", (("0", "Open"), ("4", "")), path=("a", "b")),))
    out = shown(case, "0DTJ")
    assert "0DTJ?ZZ open: Approach" in out
    assert "a > b" in out
    assert "still possible 0 Open 4" in out
