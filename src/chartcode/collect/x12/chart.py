"""A claim -> a chart: its encounter, its patient, and everything that it reports as facts.

A fact of a claim is what was billed, by a coder; it is no documentation. Codes have no words here: a claim carries
none, and titles are the books'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from chartcode.collect.sheet import Entry, sheet
from chartcode.collect.x12.claim import INSTITUTIONAL, Claim, Line
from chartcode.collect.x12.values import quantity
from chartcode.model.chart import (
    ED,
    INPATIENT,
    NEGATED,
    OUTPATIENT,
    PROFESSIONAL,
    Chart,
    Document,
    Encounter,
    Fact,
    Patient,
)
from chartcode.model.code import NDC, REVENUE, Code

_EMERGENCY = "045"
"""Revenue codes of the emergency room begin so."""

_STILL_A_PATIENT = "30"
_VOID = "8"
_AGAIN = {"7": "the claim replaces an earlier one", _VOID: "the claim voids an earlier one; nothing of it stands"}
"""Frequency codes (CLM05-3) of claims that are not the first."""

_SECTIONS = {
    "principal": "principal diagnosis",
    "admitting": "admission diagnosis",
    "reason for visit": "reason for visit",
}


def chart_of_claim(claim: Claim, id: str = "") -> Chart:  # noqa: A002 - Chart.id
    """Return the chart of a claim, its entries set down so that each fact has words, and the biller's notes."""
    chart = unwritten(claim, id)
    on = chart.encounter.on
    entries, facts = sheet(
        "entries", [Entry(_section(fact), fact, fact.get("modifiers") or "") for fact in chart.facts], on
    )
    documents = [entries] if entries else []
    if claim.notes:
        documents.append(Document("claim notes", "\n".join(claim.notes), "claim note", (), on, "coder"))
    return replace(chart, documents=tuple(documents), facts=facts)


def unwritten(claim: Claim, id: str = "") -> Chart:  # noqa: A002 - Chart.id
    """Return the chart of a claim without any document: for rules, a claim is no record to look for evidence in."""
    encounter, facts, remarks = _encounter(claim), tuple(_facts(claim)), list(claim.remarks)
    if claim.frequency in _AGAIN:
        remarks.append(_AGAIN[claim.frequency])
    if claim.frequency == _VOID:
        facts = tuple(replace(fact, status="cancelled", assertion=NEGATED) for fact in facts)
    if claim.accident:
        remarks.append(f"the claim is for an accident on {claim.accident.isoformat()}")
    return Chart(id or claim.id, (), _patient(claim, encounter.first), encounter, facts, tuple(remarks))


def _section(fact: Fact) -> str:
    if fact.kind != "diagnosis":
        return "medications" if fact.kind == "medication" else "procedure"
    return _SECTIONS.get(fact.get("role") or "", "secondary diagnoses")


def setting(claim: Claim) -> str:
    """Return the setting by the claim's form and its type of bill (UB-04 form locator 4).

    The second digit of the type of bill is 1 for inpatient (Part A) and 8 for swing beds; 65 and 66 are intermediate
    care.
    """
    if claim.kind != INSTITUTIONAL:
        return PROFESSIONAL
    code = claim.facility_code
    if (code[:1] in ("1", "2", "4", "5") and code[1:2] in ("1", "8")) or code in ("65", "66"):
        return INPATIENT
    return ED if any(line.revenue.zfill(4).startswith(_EMERGENCY) for line in claim.lines) else OUTPATIENT


def _encounter(claim: Claim) -> Encounter:
    where = setting(claim)
    served = [on for line in claim.lines for on in (line.first, line.last) if on]
    if where == INPATIENT:
        first = claim.admitted or claim.first or min(served, default=None)
        last = None if claim.disposition == _STILL_A_PATIENT else claim.last or max(served, default=None)
    else:
        first, last = claim.first or min(served, default=None), claim.last or max(served, default=None)
    if first and last and last < first:
        claim.remarks.append("the claim's last day is before its first and was left out")
        last = None
    return Encounter(
        where, first, last, claim.disposition.zfill(2) if claim.disposition else None, claim.payer or None,
        claim.facility or claim.billing or None, claim.provider or None,
    )  # fmt: skip


def _patient(claim: Claim, on: date | None) -> Patient:
    born = claim.born
    if born is None or on is None or on < born:
        return Patient(claim.sex, None, born)
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return Patient(claim.sex, years, born, None if years else (on - born).days)


def _facts(claim: Claim) -> Iterator[Fact]:
    for position, listed in enumerate(claim.diagnoses, start=1):
        yield _billed(
            "diagnosis", str(listed.code), listed.code, None, category="claim", role=listed.role, rank=str(position),
            poa=listed.poa, drg=claim.drg if listed.role == "principal" else "", at=listed.at,
        )  # fmt: skip
    for operation in claim.operations:
        role = "principal" if operation.principal else "other"
        yield _billed(
            "procedure", str(operation.code), operation.code, operation.on, category="claim", role=role, at=operation.at
        )
    for number, line in enumerate(claim.lines, start=1):
        yield from _line(line, number, claim)


def _line(line: Line, number: int, claim: Claim) -> Iterator[Fact]:
    code = line.code or (Code(REVENUE, line.revenue) if line.revenue else None)
    if code is not None or line.description:
        text = line.description or (str(code) if line.code else f"revenue code {line.revenue}")
        place = line.place or ("" if claim.kind == INSTITUTIONAL else claim.facility_code)
        until = line.last.isoformat() if line.last and line.last != line.first else ""
        yield _billed(
            "procedure", text, code, line.first, line=str(number), modifiers=" ".join(line.modifiers),
            units=quantity(line.quantity), unit=line.unit, charge=line.charge, place=place, revenue=line.revenue,
            pointers=" ".join(map(str, line.pointers)), until=until, ndc=line.ndc, clinician=line.provider,
            control=line.control, at=line.at,
        )  # fmt: skip
    if line.ndc:
        yield _billed(
            "medication", f"drug {line.ndc}", Code(NDC, line.ndc), line.first, line=str(number), dose=line.ndc_quantity,
            at=line.at,
        )  # fmt: skip


def _billed(kind: str, text: str, code: Code | None, on: date | None, **attributes: str) -> Fact:
    said = tuple((name, value) for name, value in attributes.items() if value)
    return Fact(kind, text, (), code, on=on, author="coder", status="billed", attributes=said)
