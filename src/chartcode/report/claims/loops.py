"""The loops of an 837 below its header: 2000A billing provider, 2000B subscriber, 2000C patient, 2300 claim, 2400 line.

Each loop is written in the order of its guide; segments that were carried from a claim that was read stand where the
guide has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from chartcode.model.claim import (
    ADMITTING,
    ATTENDING,
    EXTERNAL,
    PRINCIPAL,
    PROFESSIONAL,
    REASON,
    SECONDARY,
    Circumstances,
    Claim,
    Line,
    Listed,
    Operation,
    Party,
    Person,
)
from chartcode.model.code import ICD9CM
from chartcode.report.claims.segments import TERMINATOR, Joined, Raw, segment

Rows = Iterator[str]

_CLAIM = ("CLM", "DTP", "CL1", "PWK", "CN1", "AMT", "REF", "K3", "NTE", "CR1", "CR2", "CRC", "HI", "QTY", "HCP")
_LINE = ("LX", "SV1", "SV2", "SV5", "PWK", "CR1", "CR3", "CRC", "DTP", "QTY", "MEA", "CN1", "REF", "AMT", "K3", "NTE",
         "PS1", "HCP", "LIN", "CTP")  # fmt: skip
_PARTY = ("PRV", "CUR", "NM1", "N2", "N3", "N4", "DMG", "REF", "PER")
_TAIL = ("SVD", "LQ", "NM1", "LIN")
"""Segments that begin a loop below a line."""

_ROLES = {PRINCIPAL: "BK", SECONDARY: "BF", ADMITTING: "BJ", REASON: "PR", EXTERNAL: "BN"}
_PRV = {ATTENDING: "AT", "85": "BI"}
_PER_SEGMENT = 12


def in_order(rows: Iterable[str], order: tuple[str, ...]) -> list[str]:
    """Return the segments of a loop in its guide's order; those of one name keep theirs."""
    return sorted(rows, key=lambda row: order.index(name) if (name := _name(row)) in order else len(order))


def _name(row: str) -> str:
    return row.split("*", 1)[0].rstrip(TERMINATOR)


def _carried(rows: Iterable[str]) -> Rows:
    for row in rows:
        yield row + TERMINATOR


def billing_loops(billing: Party, pay_to: Party | None) -> Rows:
    """Yield 2000A and 2010AA, 2010AB."""
    rows = list(_party("85", billing))
    # the specialty and the currency stand before the name in this loop alone
    yield from in_order(rows, _PARTY)
    if pay_to is not None:
        yield from _party("87", pay_to)


def subscriber_loops(of: Person, payer: Party, *, dependents: bool) -> Rows:
    """Yield 2000B, 2010BA and 2010BB."""
    own = "" if dependents else of.relationship
    yield segment("SBR", of.order, own, of.group, of.group_name, "", "", "", "", of.filing)
    above = [row for row in of.carried if _name(row) == "PAT"]
    yield from _carried(above)
    yield from in_order([*_party("IL", of.party), *_born(of)], _PARTY)
    if payer != Party():
        yield from _party("PR", payer)
    yield from _carried(row for row in of.carried if row not in above)


def patient_loops(of: Person) -> Rows:
    """Yield 2000C and 2010CA."""
    if not any(_name(row) == "PAT" for row in of.carried):
        yield segment("PAT", of.relationship)
    yield from _carried(of.carried)
    yield from in_order([*_party("QC", of.party), *_born(of)], _PARTY)


def _born(of: Person) -> Rows:
    if of.born is not None:
        yield segment("DMG", "D8", of.born, of.sex or "U")


def _party(role: str, of: Party) -> Rows:
    kind = "1" if of.person else "2"
    name = (of.name[:60], of.first[:35], of.middle[:25], "", of.suffix[:10])
    yield segment("NM1", role, kind, *name, of.id_kind if of.id else "", of.id)
    rows: list[str] = []
    if of.taxonomy:
        rows.append(segment("PRV", _PRV.get(role, "PE"), "PXC", of.taxonomy))
    if of.address is not None:
        at = of.address
        if at.lines:
            rows.append(segment("N3", *(line[:55] for line in at.lines[:2])))
        rows.append(segment("N4", at.city[:30], at.state, at.zip, at.country))
    if of.tax_id:
        rows.append(segment("REF", of.tax_kind or "EI", of.tax_id))
    rows += [segment("REF", kind, value) for kind, value in of.references]
    if of.phone:
        rows.append(segment("PER", "IC", of.contact[:60], "TE", of.phone))
    yield from in_order([*rows, *_carried(of.carried)], _PARTY)


def claim_loops(claim: Claim) -> Rows:
    """Yield 2300 with its people (2310), what was carried of other payers (2320), and the lines (2400)."""
    start = next((n for n, row in enumerate(claim.carried) if _name(row) == "SBR"), len(claim.carried))
    own, others = claim.carried[:start], claim.carried[start:]
    yield from in_order([*_claim(claim), *_carried(own)], _CLAIM)
    for role, party in claim.people:
        yield from _party(role, party)
    yield from _carried(others)
    for number, line in enumerate(claim.lines, start=1):
        yield from _line(line, number, claim.kind)


def _claim(claim: Claim) -> Rows:
    professional = claim.kind == PROFESSIONAL
    place = Joined(claim.facility_code, "B" if professional else "A", claim.frequency)
    said = (claim.signature, claim.assignment, claim.benefits, claim.release)
    yield segment("CLM", claim.id, _money(claim.charge), "", "", place, *said, *_further(claim))
    if professional:
        yield from _days(claim.circumstances)
    elif claim.circumstances.state:
        yield segment("REF", "LU", claim.circumstances.state)
    if not professional:
        if claim.discharge_hour:
            yield segment("DTP", "096", "TM", claim.discharge_hour)
        if claim.first:
            yield segment("DTP", "434", "RD8", f"{claim.first:%Y%m%d}-{claim.last or claim.first:%Y%m%d}")
        if claim.admitted:
            hour = claim.admission_hour
            yield segment("DTP", "435", "DT" if hour else "D8", f"{claim.admitted:%Y%m%d}{hour}")
        if claim.admission_type or claim.admission_source or claim.disposition:
            yield segment("CL1", claim.admission_type, claim.admission_source, claim.disposition)
    if claim.original:
        yield segment("REF", "F8", claim.original)
    if claim.authorization:
        yield segment("REF", "G1", claim.authorization)
    yield from _information(claim)


def _further(claim: Claim) -> list[Joined]:
    """Return the elements of CLM from the tenth on: the eleventh says of which accidents the claim is (CLM11)."""
    found: list[Joined] = [Raw(text) for text in claim.further]
    how = claim.circumstances
    if how.related and claim.kind == PROFESSIONAL:
        found += [Raw("")] * (2 - len(found))
        found[1] = Joined(*[*how.related, "", "", ""][:3], how.state)
    return found


def _days(how: Circumstances) -> Rows:
    """Yield since when the patient is ill or pregnant, and when the accident was."""
    for qualifier, day in (("431", how.onset), ("484", how.last_period), ("439", how.accident)):
        if day is not None:
            yield segment("DTP", qualifier, "D8", day)


def _money(value: Decimal | None) -> object:
    return Decimal(0) if value is None else value


def _information(claim: Claim) -> Rows:
    """Yield HI: a professional claim's diagnoses in one, an institutional claim's by what they are."""
    if claim.kind == PROFESSIONAL:
        yield from _hi([_diagnosis(d) for d in claim.diagnoses if d.role in (PRINCIPAL, SECONDARY)])
        return
    for role in (PRINCIPAL, ADMITTING, REASON, EXTERNAL):
        yield from _hi([_diagnosis(d) for d in claim.diagnoses if d.role == role])
    if claim.drg:
        yield segment("HI", Joined("DR", claim.drg))
    yield from _hi([_diagnosis(d) for d in claim.diagnoses if d.role == SECONDARY])
    yield from _hi([_operation(o, "R") for o in claim.operations[:1]])
    yield from _hi([_operation(o, "Q") for o in claim.operations[1:]])
    yield from _hi([Joined("BH", code, "D8", day) for code, day in claim.circumstances.occurrences])


def _hi(composites: list[Joined]) -> Rows:
    for n in range(0, len(composites), _PER_SEGMENT):
        yield segment("HI", *composites[n : n + _PER_SEGMENT])


def _diagnosis(listed: Listed) -> Joined:
    qualifier = _ROLES[listed.role] if listed.code.system == ICD9CM else f"A{_ROLES[listed.role]}"
    return Joined(qualifier, listed.code.value.replace(".", ""), *([""] * 6 if listed.poa else []), listed.poa)


def _operation(operation: Operation, place: str) -> Joined:
    qualifier = f"B{place}" if operation.code.system == ICD9CM else f"BB{place}"
    when = ("D8", operation.on) if operation.on else ()
    return Joined(qualifier, operation.code.value.replace(".", ""), *when)


def _line(line: Line, number: int, kind: str) -> Rows:
    start = next((n for n, row in enumerate(line.carried) if _below(row)), len(line.carried))
    own, below = line.carried[:start], line.carried[start:]
    yield from in_order([*_service(line, number, kind), *_carried(own)], _LINE)
    yield from _carried(below)


def _below(row: str) -> bool:
    return _name(row) in _TAIL or row.startswith(("REF*XZ", "REF*VY"))


def _service(line: Line, number: int, kind: str) -> Rows:
    yield segment("LX", number)
    charge, quantity, further = _money(line.charge), line.quantity, map(Raw, line.further)
    code: object = ""
    if line.code is not None:
        names = {"HIPPS": "HP", "HIEC": "IV", "jurisdiction specific": "ER", "ABC codes": "WK"}
        modifiers = [*line.modifiers, *[""] * 4][:4]
        code = Joined(names.get(line.code.system, "HC"), line.code.value, *modifiers, line.description)
    if kind == PROFESSIONAL or line.pointers:  # some institutional claims have professional lines, and keep them
        pointers = Joined(*line.pointers)
        yield segment("SV1", code, charge, line.unit, quantity, line.place, "", pointers, *further)
    else:
        yield segment("SV2", line.revenue, code, charge, line.unit, quantity, *further)
    if line.first:
        two = line.last is not None and line.last != line.first
        days = f"{line.first:%Y%m%d}-{line.last:%Y%m%d}" if two else f"{line.first:%Y%m%d}"
        yield segment("DTP", "472", "RD8" if two else "D8", days)
    if line.control:
        yield segment("REF", "6R", line.control)
    if line.ndc:
        yield segment("LIN", "", "N4", line.ndc)
        if line.ndc_quantity is not None:
            yield segment("CTP", "", "", "", line.ndc_quantity, Joined(line.ndc_unit))
