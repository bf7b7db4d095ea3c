"""Documents of one stay that contradict each other."""

from __future__ import annotations

from datetime import date

import pytest

from chartcode.model.case import Case, Diagnosis, Mention
from chartcode.model.chart import AFFIRMED, NEGATED, Chart, Encounter, Span
from chartcode.model.code import ICD10CM, Code
from chartcode.validate import chosen


def mention(document, assertion, section, term="pneumonia"):
    return Mention(Span(document, 0, 9, "pneumonia"), term, assertion, section)


@pytest.mark.parametrize(
    ("document", "section", "term", "found"),
    [
        ("consult", "assessment", "pneumonia", 1),
        ("consult", "review of systems", "pneumonia", 0),
        ("consult", "assessment", "sepsis", 0),
        ("summary", "assessment", "pneumonia", 0),
    ],
)
def test_a_denial_in_the_conclusions_of_another_document_is_asked_about(document, section, term, found, books):
    said = mention("summary", AFFIRMED, "discharge diagnosis")
    denied = mention(document, NEGATED, section, term)
    chart = Chart("x", encounter=Encounter("inpatient", date(2026, 5, 1), date(2026, 5, 3)))
    case = Case(chart, (said, denied, Diagnosis(Code(ICD10CM, "J18.9"), evidence=(said,))))
    (rule,) = chosen(["evidence/conflicting"])
    assert len(list(rule(case, books))) == found
