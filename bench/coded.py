"""Coded diagnoses counted twice: in the bytes of a record by XPath and by JSON, and in the charts read from it.

The first count knows nothing of our readers: every code on a condition, a billed diagnosis, a relative's condition, a
conclusion or a reason for a visit (FHIR), and on the value of a problem observation, or of any observation whose value
is coded in ICD (C-CDA), translations included, qualifiers not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from chartcode.collect import Unreadable
from chartcode.model.chart import Chart, Fact

_PROBLEM = "2.16.840.1.113883.10.20.22.4.4"
_ICD = ("2.16.840.1.113883.6.90", "2.16.840.1.113883.6.103", "2.16.840.1.113883.6.3", "2.16.840.1.113883.6.104")
_VALUES = (
    "//*[local-name()='observation'][*[local-name()='templateId'][@root='{problem}']]/*[local-name()='value']"
    " | //*[local-name()='observation']/*[local-name()='value'][descendant-or-self::*[{icd}]]"
)
_CODED = "(. | .//*[local-name()='translation'])[not(ancestor::*[local-name()='qualifier'])][@code]"


def in_xml(data: bytes) -> Counter[str]:
    """Return the codes of the diagnoses in a C-CDA, each as often as it stands there."""
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    icd = " or ".join(f"@codeSystem='{oid}'" for oid in _ICD)
    values = etree.XPath(_VALUES.format(problem=_PROBLEM, icd=icd))(root)
    coded = etree.XPath(_CODED)
    return Counter(_bare(one.get("code")) for value in _elements(values) for one in _elements(coded(value)))


def _elements(found: Any) -> list[Any]:  # noqa: ANN401 - an XPath may give anything
    assert isinstance(found, list)
    return found


def in_json(data: bytes) -> Counter[str]:
    """Return the codes of the diagnoses in FHIR, a document or a resource a line, each as often as it stands there."""
    text = data.decode("utf-8-sig")
    try:
        trees = [json.loads(text)]
    except ValueError:
        trees = [json.loads(line) for line in text.splitlines() if line.strip()]
    return Counter(_bare(code) for tree in trees for code in _walked(tree))


_CONCEPTS = {
    "Condition": (("code",),),
    "Claim": (("diagnosis", "diagnosisCodeableConcept"),),
    "ExplanationOfBenefit": (("diagnosis", "diagnosisCodeableConcept"),),
    "FamilyMemberHistory": (("condition", "code"),),
    "DiagnosticReport": (("conclusionCode",),),
    "Encounter": (("reasonCode",),),
}
"""Where a resource has the codes of conditions."""


def _walked(tree: Any) -> Iterator[str]:  # noqa: ANN401 - JSON is of every kind
    if isinstance(tree, list):
        for one in tree:
            yield from _walked(one)
    elif isinstance(tree, dict):
        for way in _CONCEPTS.get(tree.get("resourceType", ""), ()):
            yield from (code for concept in _at(tree, way) for code in _codes(concept))
        for value in tree.values():
            yield from _walked(value)


def _at(tree: Any, way: tuple[str, ...]) -> Iterator[Any]:  # noqa: ANN401 - JSON is of every kind
    if not way:
        yield from tree if isinstance(tree, list) else [tree]
        return
    for one in tree if isinstance(tree, list) else [tree]:
        if way[0] in one:
            yield from _at(one[way[0]], way[1:])


def _codes(concept: Any) -> Iterator[str]:  # noqa: ANN401 - whatever stands in the field
    for one in (concept or {}).get("coding", []):
        if one.get("code"):
            yield one["code"]


def in_charts(charts: Iterable[Chart | Unreadable]) -> Counter[str]:
    """Return the codes of the diagnoses and of the relatives' conditions in charts."""
    found: Counter[str] = Counter()
    for chart in charts:
        for fact in () if isinstance(chart, Unreadable) else chart.facts:
            if fact.kind in ("diagnosis", "family"):
                for code in _of(fact):
                    found[code] += _times(fact)
    return found


def _of(fact: Fact) -> list[str]:
    return [_bare(one.rpartition(" ")[2]) for one in (fact.get("coding") or "").split("; ") if one]


def _times(fact: Fact) -> int:
    """Return how many entries of the record a fact stands for."""
    also = fact.get("also")
    return 1 + (also.count(", ") + 1 if also else 0)


def _bare(code: str) -> str:
    return code.replace(".", "").strip().upper()
