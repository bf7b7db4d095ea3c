"""A claim -> a coded case that the rules can judge: diagnoses in order, procedures with what they point to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcode.collect.x12.chart import unwritten
from chartcode.collect.x12.claim import Claim, Listed
from chartcode.collect.x12.values import units
from chartcode.model.case import ADMITTING, FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Diagnosis, Entry, Procedure
from chartcode.model.chart import INPATIENT, Chart

BY = "claim"
"""What an entry of a claim names as the engine that it came from."""

_ON_THE_LIST = ("principal", "secondary", "external cause")


def case_of_claim(claim: Claim, id: str = "") -> Case:  # noqa: A002 - Chart.id
    """Return the case that a claim reports.

    The first diagnosis is the principal one of a stay, else first-listed. An admitting diagnosis keeps its role;
    reasons for a visit are facts of the chart only, since they repeat the list. A service line's pointers become the
    codes that they point to; one that points to nothing is remarked.
    """
    chart = unwritten(claim, id)
    remarks: list[str] = []
    entries = (*_diagnoses(claim, chart.encounter.setting), *_procedures(claim, remarks))
    return Case(_with(chart, remarks), entries)


def _with(chart: Chart, remarks: list[str]) -> Chart:
    return replace(chart, remarks=(*chart.remarks, *remarks)) if remarks else chart


def listed(claim: Claim) -> list[Listed]:
    """Return the diagnoses to which service lines may point, the principal one first."""
    found = [d for d in claim.diagnoses if d.role in _ON_THE_LIST]
    return sorted(found, key=lambda d: d.role == "external cause")


def _diagnoses(claim: Claim, setting: str) -> Iterator[Diagnosis]:
    first = PRINCIPAL if setting == INPATIENT else FIRST_LISTED
    for n, found in enumerate(listed(claim)):
        yield Diagnosis(found.code, SECONDARY if n else first, found.poa or None, by=BY)
    for found in claim.diagnoses:
        if found.role == "admitting":
            yield Diagnosis(found.code, ADMITTING, by=BY)


def _procedures(claim: Claim, remarks: list[str]) -> Iterator[Entry]:
    for operation in claim.operations:
        yield Procedure(operation.code, on=operation.on, by=BY)
    codes = [str(d.code) for d in listed(claim)]
    for number, line in enumerate(claim.lines, start=1):
        if line.code is None:
            continue
        pointed = tuple(codes[p - 1] for p in line.pointers if 1 <= p <= len(codes))
        if len(pointed) < len(line.pointers):
            remarks.append(f"service line {number} points to a diagnosis that the claim does not have")
        yield Procedure(
            line.code,
            line.modifiers,
            max(units(line.quantity), 1),
            line.first,
            pointers=tuple(dict.fromkeys(pointed)),
            by=BY,
        )
