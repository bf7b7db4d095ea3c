"""A patient's record, invented; a test changes what it is about."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from chartcode.collect import Unreadable, read
from chartcode.model.chart import Chart

ICD = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"


def coded(system: str, code: str, display: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def resource(kind: str, id_: str, **fields: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": id_, **fields}


def of_patient(kind: str, id_: str, **fields: Any) -> dict[str, Any]:
    return resource(kind, id_, subject={"reference": "Patient/p"}, **fields)


def patient(**fields: Any) -> dict[str, Any]:
    return resource("Patient", "p", gender="female", birthDate="1961-07-04", **fields)


def encounter(
    id_: str = "e", first: str = "2026-03-02", last: str = "2026-03-06", kind: str = "IMP", **fields: Any
) -> dict[str, Any]:
    period = {"start": f"{first}T08:00:00-05:00", "end": f"{last}T16:00:00-05:00"}
    return of_patient("Encounter", id_, status="finished", **{"class": {"code": kind}}, period=period, **fields)


def bundle(*resources: dict[str, Any]) -> bytes:
    entries = [{"fullUrl": f"https://fhir.example/r4/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def lines(*resources: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(r).encode() + b"\n" for r in resources)


@pytest.fixture
def charts() -> Callable[..., list[Chart]]:
    """Read a bundle of resources; all of it must be readable."""

    def given(*resources: dict[str, Any], **options: Any) -> list[Chart]:
        found = list(read(bundle(*resources), **options))
        assert not [str(one) for one in found if isinstance(one, Unreadable)]
        return [one for one in found if isinstance(one, Chart)]

    return given
