from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chartcode.collect import chart_from_text
from chartcode.collect.kinds import KINDS
from chartcode.collect.titles import title
from chartcode.model.chart import SETTINGS

BODY = "\nCHIEF COMPLAINT: Wrist pain.\nIMPRESSION: Fracture of the distal left radius.\n"


@pytest.mark.parametrize(
    ("line", "kind", "setting"),
    [
        ("EMERGENCY DEPARTMENT NOTE", "ed note", "ed"),
        ("Emergency Room Visit", "ed note", "ed"),
        ("** ED Physician Note **", "ed note", "ed"),
        ("DISCHARGE SUMMARY:", "discharge summary", "inpatient"),
        ("ED Discharge Summary", "ed note", "ed"),
        ("Office Visit", "office visit", "outpatient"),
        ("Clinic follow-up note", "office visit", "outpatient"),
        ("OPERATIVE REPORT", "operative note", None),
        ("PROCEDURE NOTE", "procedure note", None),
        ("RADIOLOGY REPORT", "radiology report", None),
        ("SURGICAL PATHOLOGY REPORT", "pathology report", None),
        ("Consultation", "consult", None),
        ("HISTORY AND PHYSICAL", "history and physical", None),
        ("Progress Note", "progress note", None),
    ],
)
def test_titles(line, kind, setting):
    assert title(f"\n  {line}{BODY}") == (kind, setting)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "CHIEF COMPLAINT: Cough",
        "She came to the emergency department.",
        "Discharge summary was sent to her doctor.",
    ],
)
def test_what_is_no_title(line):
    assert title(line + BODY) is None


def test_a_title_settles_kind_and_setting():
    chart = chart_from_text("EMERGENCY DEPARTMENT NOTE" + BODY, "n")
    assert (chart.documents[0].kind, chart.encounter.setting) == ("ed note", "ed")
    assert not any("setting" in remark for remark in chart.remarks)


def test_a_title_overrules_an_option_and_says_so():
    chart = chart_from_text("DISCHARGE SUMMARY" + BODY, "n", setting="outpatient")
    assert chart.encounter.setting == "inpatient"
    assert any("its title" in remark for remark in chart.remarks)


def test_who_bills_is_not_for_the_title_to_say():
    assert chart_from_text("OFFICE VISIT" + BODY, "n", setting="professional").encounter.setting == "professional"


@given(st.text(max_size=200))
def test_any_text_is_asked(text):
    found = title(text)
    assert found is None or (found.kind in KINDS and found.setting in (*SETTINGS, None))
