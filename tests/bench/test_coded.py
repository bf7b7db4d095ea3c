from __future__ import annotations

import json

from bench import coded
from chartcode.collect import read

XML = b"""<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><component>
<structuredBody><component><section><code code="11450-4"/><title>Problems</title><text>Gout</text><entry><observation>
<templateId root="2.16.840.1.113883.10.20.22.4.4"/><value xsi:type="CD" code="90560007"
codeSystem="2.16.840.1.113883.6.96" displayName="Gout"><translation code="M10.9" codeSystem="2.16.840.1.113883.6.90"/>
<qualifier><value code="7771000"/></qualifier></value></observation></entry></section></component></structuredBody>
</component></ClinicalDocument>"""


def test_codes_of_problems_with_translations_and_without_qualifiers():
    assert coded.in_xml(XML) == {"90560007": 1, "M109": 1}
    assert coded.in_charts(read(XML)) == {"90560007": 1, "M109": 1}


def test_codes_of_resources():
    concept = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M10.9"}]}
    tree = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": {"resourceType": "Condition", "code": concept}},
            {
                "resource": {
                    "resourceType": "ExplanationOfBenefit",
                    "diagnosis": [{"diagnosisCodeableConcept": concept}],
                }
            },
            {"resource": {"resourceType": "Procedure", "code": concept}},
        ],
    }
    data = json.dumps(tree).encode()
    assert coded.in_json(data) == coded.in_json(data + b"\n") == {"M109": 2}
    assert coded.in_charts(read(data)) == {"M109": 2}
