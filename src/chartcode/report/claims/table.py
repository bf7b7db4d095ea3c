"""Claims -> CSV: one row for each line, what holds for the whole claim repeated, so that a spreadsheet can sort it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from chartcode.model.claim import ATTENDING, FACILITY, RELATED, RENDERING, Claim, Line

CLAIM = (
    "claim", "kind", "frequency", "facility_code", "from", "through", "admitted", "discharge_status", "drg",
    "billing_name", "billing_npi", "billing_tax_id", "provider_name", "provider_npi", "facility_npi", "payer_name",
    "payer_id", "member", "patient_last", "patient_first", "patient_born", "patient_sex", "total_charge",
    "diagnoses", "present_on_admission", "admitting", "reasons_for_visit", "external_causes", "procedures",
    "onset", "last_period", "accident", "related", "accident_state", "occurrences",
)  # fmt: skip
"""Columns of the claim; lists are parted by semicolons."""

LINE = ("line", "revenue", "system", "code", "modifiers", "first", "last", "quantity", "unit", "charge", "pointers",
        "place", "ndc")  # fmt: skip
TOLD = ("gaps", "remarks")
COLUMNS = (*CLAIM, *LINE, *TOLD)


def table(claims: Sequence[Claim]) -> str:
    """Return the claims as CSV with a heading; a claim without lines has one row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for claim in claims:
        common, told = list(_claim(claim)), [_safe("; ".join(claim.gaps)), _safe("; ".join(claim.remarks))]
        for number, line in enumerate(claim.lines, start=1):
            writer.writerow([*common, *_line(line, number), *told])
        if not claim.lines:
            writer.writerow([*common, *[""] * len(LINE), *told])
    return out.getvalue()


def _claim(claim: Claim) -> Iterator[str]:
    who = claim.person(RENDERING) or claim.person(ATTENDING)
    where, treated, how = claim.person(FACILITY), claim.treated, claim.circumstances
    said = (
        claim.id, claim.kind, claim.frequency, claim.facility_code, claim.first, claim.last, claim.admitted,
        claim.disposition, claim.drg, claim.billing.called, claim.billing.id, claim.billing.tax_id,
        who.called if who else "", who.id if who else "", where.id if where else "", claim.payer.called, claim.payer.id,
        claim.subscriber.party.id, treated.party.name, treated.party.first, treated.born, treated.sex, claim.charge,
        ";".join(str(d.code) for d in claim.pointed),
        ";".join(d.poa for d in claim.pointed) if claim.inpatient else "",
        *(";".join(str(d.code) for d in claim.diagnoses if d.role == role)
          for role in ("admitting", "reason for visit", "external cause")),
        ";".join(f"{o.code} {o.on or ''}".strip() for o in claim.operations), how.onset, how.last_period, how.accident,
        ";".join(RELATED[kind] for kind in how.related), how.state, ";".join(f"{c} {on}" for c, on in how.occurrences),
    )  # fmt: skip
    for value in said:
        yield _safe("" if value is None else str(value))


def _line(line: Line, number: int) -> Iterator[str]:
    code = line.code
    said = (
        number, line.revenue, code.system if code else "", code, " ".join(line.modifiers), line.first, line.last,
        line.quantity, line.unit, line.charge, " ".join(map(str, line.pointers)), line.place, line.ndc,
    )  # fmt: skip
    for value in said:
        yield _safe("" if value is None else str(value))


def _safe(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t") else value
