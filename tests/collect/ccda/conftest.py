"""A document of CDA, invented; a test fills in its sections."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chartcode.collect import Unreadable, read
from chartcode.model.chart import Chart

T = "2.16.840.1.113883.10.20.22.4."
ICD, SNOMED = "2.16.840.1.113883.6.90", "2.16.840.1.113883.6.96"

PATIENT = """<recordTarget><patientRole><id extension="1"/><patient><administrativeGenderCode code="F"/>
<birthTime value="19610704"/></patient></patientRole></recordTarget>"""
ENCOUNTER = """<componentOf><encompassingEncounter><code code="IMP" codeSystem="2.16.840.1.113883.5.4"/>
<effectiveTime><low value="20260302081500-0500"/><high value="20260306"/></effectiveTime>
<dischargeDispositionCode code="1"/><responsibleParty><assignedEntity>
<id root="2.16.840.1.113883.4.6" extension="1234567893"/></assignedEntity></responsibleParty>
<location><healthCareFacility><location><name>Otter Bay Hospital</name></location></healthCareFacility></location>
</encompassingEncounter></componentOf>"""


def section(code: str, title: str, text: str, *entries: str) -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    said = f'<code code="{code}"/><title>{title}</title><text>{text}</text>'
    return f"<component><section>{said}{inside}</section></component>"


def document(*sections: str, header: str = PATIENT + ENCOUNTER, code: str = "18842-5") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xmlns:sdtc="urn:hl7-org:sdtc"><code code="{code}" codeSystem="2.16.840.1.113883.6.1"/>
    <effectiveTime value="20260306120000"/>{header}<component><structuredBody>{
        "".join(sections)
    }</structuredBody></component></ClinicalDocument>""".encode()


def problem(value: str, inside: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{given}"' for name, given in attributes.items())
    return f"""<observation classCode="OBS" moodCode="EVN"{said}><templateId root="{T}4"/><code code="55607006"/>
    <statusCode code="completed"/>{inside}{value}</observation>"""


def value(code: str = "I10", system: str = ICD, display: str = "Hypertension", inside: str = "") -> str:
    return f'<value xsi:type="CD" code="{code}" codeSystem="{system}" displayName="{display}">{inside}</value>'


@pytest.fixture
def chart() -> Callable[..., Chart]:
    """Read a document of sections; it must be readable."""

    def given(*sections: str, **options: str) -> Chart:
        (found,) = read(document(*sections, **options))
        assert not isinstance(found, Unreadable), str(found)
        return found

    return given
