from __future__ import annotations

from datetime import date

import pytest

from chartcode import impact
from chartcode.collect.text import chart_from_text
from chartcode.model.case import Case, Diagnosis
from chartcode.model.code import ICD10CM, Code
from chartcode.pipeline import Coder

ONE, OTHER = date(2024, 10, 1), date(2025, 10, 1)
NOTE = """Office visit, 2025-08-12. 45-year-old woman.

ASSESSMENT: Multiple sclerosis. Hypertension.
"""


@pytest.fixture(scope="module")
def chart():
    return chart_from_text(NOTE, id="a")


def test_a_chart_is_coded_by_both_releases_whatever_its_day(desk, chart):
    (effect,) = impact.effects([chart], desk, ONE, OTHER)
    assert effect.chart == "a"
    assert [before for before, _ in effect.codes] == ["G35"]
    assert effect.codes[0][1].startswith("G35.")
    (back,) = impact.effects([chart], desk, OTHER, ONE)
    assert [after for _, after in back.codes] == ["G35"]


def test_a_chart_that_a_release_does_not_touch_has_no_effect(desk):
    plain = chart_from_text("ASSESSMENT: Hypertension.\n", id="b")
    (effect,) = impact.effects([plain], desk, ONE, OTHER)
    assert not effect
    assert effect == impact.Effect("b")


def test_a_saved_case_has_its_codes_looked_up_and_its_rules_run_again(desk, chart):
    saved = Coder(desk)(chart, today=date(2025, 8, 12))
    without_text = Case(saved.chart, (Diagnosis(Code(ICD10CM, "G35")), Diagnosis(Code(ICD10CM, "I10"))), saved.mode)
    (effect,) = impact.effects([without_text], desk, ONE, OTHER)
    assert effect.codes == (("G35", "G35.D"),)
    assert dict(effect.rules)
    assert all(count for _, count in effect.rules)


def test_groups_that_change_are_told(desk):
    saved = Case(chart_from_text("x", id="c"), (Diagnosis(Code(ICD10CM, "G35")),))
    (effect,) = impact.effects([saved], desk, ONE, OTHER)
    assert [(system, after) for system, _, after in effect.groups] in ([], [("CMS-HCC", "")])


def test_stale_codes_of_a_template_are_found_with_their_lines(desk):
    text = "Superbill, vitamin B12\nG35\tMS\ng35 I10\nE7253, E72.53 (0DTJ4ZZ)\nX2AH336\n"
    found = list(impact.stale(text, desk, ONE, OTHER))
    assert [(one.line, one.code) for one in found] == [(2, "G35"), (4, "E72.53"), (4, "E72.53"), (5, "X2AH336")]
    assert found[0].instead[0] == "G35.A"
    assert found[1].instead == ("E72.530", "E72.538", "E72.539")
    assert list(impact.stale(text, desk, OTHER, OTHER)) == []


def test_a_day_without_books_is_refused(desk, chart):
    with pytest.raises(LookupError, match="no ICD-10-CM release"):
        list(impact.effects([chart], desk, ONE, date(2035, 10, 1)))


def test_stale_services_are_found_where_releases_of_both_days_are_installed(desk, monkeypatch):
    class Listing:
        def __init__(self, *codes):
            self.codes = codes

        def valid(self, code):
            return code in self.codes

    before, after = desk.at(ONE), desk.at(OTHER)
    monkeypatch.setitem(vars(before), "hcpcs", Listing("J9999", "G0001"))
    monkeypatch.setitem(vars(after), "hcpcs", Listing("G0001"))
    text = "G0001 yes\nJ9999 no\n99213\n"
    assert list(impact.stale(text, desk, ONE, OTHER)) == []
    monkeypatch.setattr(type(desk), "release", lambda _shelf, system, day: day if system == "hcpcs" else None)
    assert list(impact.stale(text, desk, ONE, OTHER)) == [impact.Stale(2, "J9999", ())]
