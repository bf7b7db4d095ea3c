"""Cases of claims in FHIR: what a Claim bills, as the diagnoses and lines of a case that rules can check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcode.model.case import ADMITTING, FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Diagnosis, Entry, Procedure
from chartcode.model.chart import CODED_ENTRIES, Chart, Fact
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS

BY = "claim"
POA = ("Y", "N", "U", "W", "1")
_LAST = 10_000
"""The rank of a diagnosis that has none."""


def cases_of_claims(chart: Chart) -> Iterator[Case]:
    """Yield the case of each claim that a chart holds; of an ExplanationOfBenefit only where there is no Claim.

    Codes of other systems than the claim's own (SNOMED CT, say) are no part of the case; the chart says how many.
    """
    chart = _unwritten(chart)
    found: dict[str, list[Fact]] = {}
    for fact in chart.facts:
        if fact.get("category") == BY:
            found.setdefault((fact.get("at") or "").partition(".")[0], []).append(fact)
    claims = {name: facts for name, facts in found.items() if name.startswith("Claim")} or found
    for number, facts in enumerate(claims.values()):
        id = chart.id if not number else f"{chart.id}-{number + 1}"  # noqa: A001 - Chart.id
        listed = [f for f in facts if f.kind == "diagnosis" and f.code and f.code.system == ICD10CM]
        lines = [f for f in facts if f.kind == "procedure" and f.code and f.code.system in (CPT, HCPCS, ICD10PCS)]
        left = len(facts) - len(listed) - len(lines)
        told = (f"{left} codes of other systems are not checked",) if left else ()
        entries = (*_diagnoses(listed, inpatient=chart.encounter.setting == "inpatient"), *_lines(lines, listed))
        if entries:
            yield Case(replace(chart, id=id, remarks=(*chart.remarks, *told)), entries)


def _unwritten(chart: Chart) -> Chart:
    """Return the chart without the page of its coded entries, which is no record that could support a code."""
    written = tuple(document for document in chart.documents if document.kind != CODED_ENTRIES)
    names = {document.id for document in written}
    facts = (replace(f, evidence=tuple(s for s in f.evidence if s.document in names)) for f in chart.facts)
    return replace(chart, documents=written, facts=tuple(facts))


def _diagnoses(facts: list[Fact], *, inpatient: bool) -> Iterator[Entry]:
    first = PRINCIPAL if inpatient else FIRST_LISTED
    ordered = sorted(facts, key=lambda f: (f.get("role") == "external cause", f.get("role") != "principal", _rank(f)))
    for fact in ordered:
        if fact.code is None or fact.get("role") == "reason for visit":
            continue
        poa = fact.get("poa")
        if fact.get("role") == "admitting":
            yield Diagnosis(fact.code, ADMITTING, by=BY)
            continue
        yield Diagnosis(fact.code, first, poa if poa in POA else None, by=BY)
        first = SECONDARY


def _lines(facts: list[Fact], listed: list[Fact]) -> Iterator[Entry]:
    by_rank = {fact.get("rank"): fact.code.value for fact in listed if fact.code}
    for fact in facts:
        if fact.code is None:
            continue
        yield Procedure(
            fact.code,
            tuple((fact.get("modifiers") or "").split()),
            _units(fact.get("units")),
            fact.on,
            by=BY,
            pointers=tuple(by_rank[p] for p in (fact.get("pointers") or "").split() if p in by_rank),
        )


def _rank(fact: Fact) -> int:
    rank = fact.get("rank") or ""
    return int(rank) if rank.isascii() and rank.isdigit() else _LAST


def _units(said: str | None) -> int:
    """Return whole units; a claim without them means one."""
    try:
        return max(int(float(said or 1)), 1)
    except (ValueError, OverflowError):
        return 1
