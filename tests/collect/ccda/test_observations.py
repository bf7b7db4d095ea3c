from __future__ import annotations

import pytest
from tests.collect.ccda.conftest import T, section


def result(value: str, more: str = "") -> str:
    return f"""<organizer><templateId root="{T}1"/><component><observation classCode="OBS" moodCode="EVN">
    <templateId root="{T}2"/><code code="718-7" codeSystem="2.16.840.1.113883.6.1" displayName="Hemoglobin"/>
    <statusCode code="completed"/><effectiveTime value="20260302"/>{value}{more}</observation></component>
    </organizer>"""


@pytest.mark.parametrize(
    ("value", "said", "unit"),
    [
        ('<value xsi:type="PQ" value="9.10" unit="g/dL"/>', "9.10", "g/dL"),
        ('<value xsi:type="PQ" value="7" unit="1"/>', "7", None),
        ('<value xsi:type="IVL_PQ"><high value="3" unit="mg"/></value>', "<3", "mg"),
        ('<value xsi:type="IVL_PQ"><low value="3" unit="mg" inclusive="true"/></value>', ">=3", "mg"),
        ('<value xsi:type="IVL_PQ"><low value="3"/><high value="5" unit="mg"/></value>', "3-5", "mg"),
        ('<value xsi:type="CD" code="1" displayName="Positive"/>', "Positive", None),
        ('<value xsi:type="ST">trace  only</value>', "trace only", None),
        ('<value xsi:type="INT" value="3"/>', "3", None),
        ('<value xsi:type="BL" value="true"/>', "true", None),
        ('<value xsi:type="RTO"><numerator value="1"/><denominator value="64"/></value>', "1/64", None),
        ('<value xsi:type="PQ"><translation value="6"><originalText>sticks</originalText></translation></value>',
         "6", "sticks"),
    ],
)  # fmt: skip
def test_values_of_every_kind(chart, value, said, unit):
    (fact,) = chart(section("30954-2", "Results", "x", result(value))).facts
    assert (fact.kind, fact.get("value"), fact.get("unit")) == ("lab", said, unit)


def test_range_and_abnormality(chart):
    more = """<interpretationCode code="L"/><referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="12"/>
    <high value="16" unit="g/dL"/></value></observationRange></referenceRange>"""
    (fact,) = chart(
        section("30954-2", "Results", "x", result('<value xsi:type="PQ" value="9" unit="g/dL"/>', more))
    ).facts
    assert (fact.get("abnormal"), fact.get("range")) == ("low", "12-16 g/dL")


def test_vital_signs_and_social_history_by_their_sections(chart):
    weight = result('<value xsi:type="PQ" value="70" unit="kg"/>').replace("718-7", "29463-7")
    smoking = result('<value xsi:type="CD" code="8517006" displayName="Former smoker"/>')
    found = chart(section("8716-3", "Vitals", "x", weight), section("29762-2", "Social history", "x", smoking))
    assert [(f.kind, f.get("name"), f.get("value")) for f in found.facts] == [
        ("vital", "weight", "70"),
        ("social", "Hemoglobin", "Former smoker"),
    ]
