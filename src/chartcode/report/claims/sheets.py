"""Claims as filled data sheets: which value stands in which box of the CMS-1500 (02/12) and the UB-04.

Numbers of boxes are the forms'; labels and layout are our own, for the forms' art is not ours. A claim with more
lines than a form takes continues on further sheets; the total stands on the last (NUCC instruction manual, item 28;
NUBC, form locator 42 line 23).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from chartcode.model.claim import (
    ADMITTING,
    ATTENDING,
    AUTO,
    EMPLOYMENT,
    EXTERNAL,
    FACILITY,
    OPERATING,
    OTHER,
    REASON,
    REFERRING,
    RENDERING,
    SELF,
    Address,
    Claim,
    Line,
    Party,
    Person,
)

CMS1500_LINES = 6
UB04_LINES = 22
LETTERS = "ABCDEFGHIJKL"
"""How a CMS-1500 names the diagnoses that its lines point to."""

_RELATIONSHIPS = {SELF: "self", "01": "spouse", "19": "child"}


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its number on the form, a short label, what stands in it, and its share of the row."""

    number: str
    label: str
    value: str
    width: float = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines of service: headings with their shares of the width, and rows of values."""

    heads: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; ``notes`` are the claim's gaps and remarks."""

    title: str
    parts: tuple[tuple[Box, ...] | Grid, ...]
    notes: tuple[str, ...] = ()

    def value(self, number: str) -> str:
        """Return what stands in a box.

        Raises:
            KeyError: the sheet has no such box.
        """
        for part in self.parts:
            for box in part if isinstance(part, tuple) else ():
                if box.number == number:
                    return box.value
        raise KeyError(f"the sheet has no box {number}")


_Parts: TypeAlias = Callable[[Claim, Sequence[Line], tuple[int, int]], Iterator[tuple[Box, ...] | Grid]]
"""What lays out one sheet: the claim, the lines that stand on it, which sheet of how many."""


def cms1500(claim: Claim) -> Iterator[Sheet]:
    """Yield the sheets of a professional claim."""
    yield from _sheets("CMS-1500 data sheet", claim, CMS1500_LINES, _cms1500)


def ub04(claim: Claim) -> Iterator[Sheet]:
    """Yield the sheets of an institutional claim."""
    yield from _sheets("UB-04 data sheet", claim, UB04_LINES, _ub04)


def _sheets(title: str, claim: Claim, room: int, parts: _Parts) -> Iterator[Sheet]:
    chunks = [claim.lines[n : n + room] for n in range(0, max(len(claim.lines), 1), room)]
    for number, lines in enumerate(chunks, start=1):
        told = f"{title}, claim {claim.id}" + (f", page {number} of {len(chunks)}" if len(chunks) > 1 else "")
        last = number == len(chunks)
        notes = [f"gap: {gap}" for gap in claim.gaps] + list(claim.remarks) if last else []
        place = (number, len(chunks))
        yield Sheet(told, tuple(parts(claim, lines, place)), tuple(notes))


def _cms1500(claim: Claim, lines: Sequence[Line], place: tuple[int, int]) -> Iterator[tuple[Box, ...] | Grid]:
    patient, insured, who = claim.treated, claim.subscriber, claim.person(RENDERING)
    referring, where, to = claim.person(REFERRING), claim.person(FACILITY), claim.pay_to or claim.billing
    yield (Box("", "payer", claim.payer.called, 2), Box("1a", "member number", insured.party.id, 1))
    yield (
        Box("2", "patient", _last_first(patient.party), 2), Box("3", "patient born, sex", _born(patient)),
        Box("4", "insured", _last_first(insured.party), 2),
    )  # fmt: skip
    yield (
        Box("5", "patient's address", _where(patient.party.address), 2),
        Box("6", "relation to insured", _RELATIONSHIPS.get(patient.relationship, "other")),
        Box("7", "insured's address", _where(insured.party.address), 2),
    )  # fmt: skip
    how = claim.circumstances
    yield tuple(
        Box(
            f"10{letter}",
            label,
            _yes(kind in how.related) + (f" {how.state}" if kind == AUTO and how.state else ""),
        )
        for letter, label, kind in (
            ("a", "by employment", EMPLOYMENT),
            ("b", "auto accident", AUTO),
            ("c", "other accident", OTHER),
        )
    )
    yield (
        Box("11", "insured's group", insured.group), Box("11a", "insured born, sex", _born(insured)),
        Box("12", "patient's signature", "signature on file" if claim.release == "Y" else ""),
        Box("13", "insured's signature", "signature on file" if claim.benefits == "Y" else ""),
    )  # fmt: skip
    yield (
        Box("14", "onset (431), last period (484)", _qualified((how.onset, "431"), (how.last_period, "484"))),
        Box("15", "other day: accident (439)", _qualified((how.accident, "439"))),
    )
    yield (
        Box("17", "referring provider", referring.called if referring else "", 2),
        Box("17b", "NPI", referring.id if referring else ""),
        Box("22", "resubmission code, original", f"{claim.frequency} {claim.original}" if claim.original else ""),
        Box("23", "authorization", claim.authorization),
    )  # fmt: skip
    codes = [str(d.code).replace(".", "") for d in claim.pointed] + [""] * 12
    for start in (0, 6):
        yield tuple(Box(f"21{LETTERS[n]}", "diagnosis", codes[n]) for n in range(start, start + 6))
    heads = (("24A from", 1.1), ("to", 1.1), ("B place", 0.6), ("D code", 0.9), ("modifiers", 1.2), ("E points", 0.8),
             ("F charge", 1), ("G units", 0.7), ("J rendering NPI", 1.3))  # fmt: skip
    yield Grid(heads, tuple(_cms_line(line, claim, who) for line in lines))
    total = _dollars(claim.charge) if place[0] == place[1] else "continued"
    yield (
        Box("25", "tax number", f"{claim.billing.tax_id} {_TAX.get(claim.billing.tax_kind, '')}".strip()),
        Box("26", "patient's account", claim.id), Box("27", "assignment", "yes" if claim.assignment == "A" else "no"),
        Box("28", "total charge", total),
    )  # fmt: skip
    yield (
        Box("31", "provider's signature", who.called if who else "", 1),
        Box("32", "service facility", _block(where), 1.5), Box("32a", "NPI", where.id if where else "", 0.7),
        Box("33", "billing provider", f"{claim.billing.called}, {_where(to.address)}", 1.5),
        Box("33a", "NPI", claim.billing.id, 0.7),
    )  # fmt: skip


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _qualified(*days: tuple[date | None, str]) -> str:
    """Return the first known day with its qualifier, as the form has them."""
    return next((f"{_day(day)} {qualifier}" for day, qualifier in days if day), "")


_TAX = {"EI": "EIN", "SY": "SSN"}


def _cms_line(line: Line, claim: Claim, who: Party | None) -> tuple[str, ...]:
    pointers = "".join(LETTERS[p - 1] for p in line.pointers if 0 < p <= len(LETTERS))
    return (
        _day(line.first), _day(line.last or line.first), line.place or claim.facility_code, str(line.code or ""),
        " ".join(line.modifiers), pointers, _dollars(line.charge), _plain(line.quantity), who.id if who else "",
    )  # fmt: skip


def _ub04(claim: Claim, lines: Sequence[Line], place: tuple[int, int]) -> Iterator[tuple[Box, ...] | Grid]:
    patient, insured = claim.treated, claim.subscriber
    attending, operating = claim.person(ATTENDING), claim.person(OPERATING)
    yield (
        Box("1", "billing provider", _block(claim.billing), 3), Box("3a", "patient's control number", claim.id, 1.2),
        Box("4", "type of bill", f"0{claim.facility_code}{claim.frequency}", 0.8),
    )  # fmt: skip
    yield (
        Box("5", "tax number", claim.billing.tax_id),
        Box("6", "from, through", f"{_day(claim.first)} {_day(claim.last)}", 1.4),
        Box("8", "patient", _last_first(patient.party), 2), Box("9", "address", _where(patient.party.address), 2.4),
    )  # fmt: skip
    yield (
        Box("10", "born", _day(patient.born)), Box("11", "sex", patient.sex),
        Box("12", "admitted", _day(claim.admitted)),
        Box("13", "hour", claim.admission_hour[:2]), Box("14", "type", claim.admission_type),
        Box("15", "origin", claim.admission_source), Box("16", "hour left", claim.discharge_hour[:2]),
        Box("17", "status", claim.disposition),
    )  # fmt: skip
    told = [f"{code} {_day(on)}" for code, on in claim.circumstances.occurrences]
    numbers = [f"3{column}{row}" for row in "ab" for column in "1234"]
    places = [Box(n, "occurrence", v) for n, v in zip(numbers, [*told, *[""] * len(numbers)], strict=False)]
    yield (Box("29", "state", claim.circumstances.state, 0.6), *places)
    if rest := told[len(numbers) :]:
        yield (Box("31+", "further occurrences (electronic claim)", "; ".join(rest)),)
    heads = (("42 revenue", 0.8), ("43 description", 1.8), ("44 code", 1.4), ("45 day", 1), ("46 units", 0.7),
             ("47 charge", 1.1))  # fmt: skip
    total = _dollars(claim.charge) if place[0] == place[1] else "continued"
    page = ("0001", f"page {place[0]} of {place[1]}", "", "", "total", total)
    yield Grid(heads, (*(_ub_line(line) for line in lines), page))
    yield (
        Box("50", "payer", claim.payer.called, 2), Box("51", "payer's number", claim.payer.id),
        Box("56", "NPI", claim.billing.id), Box("63", "authorization", claim.authorization),
        Box("64", "original claim", claim.original),
    )  # fmt: skip
    yield (
        Box("58", "insured", _last_first(insured.party), 2),
        Box("59", "relation", _RELATIONSHIPS.get(patient.relationship, "other")),
        Box("60", "member number", insured.party.id, 1.2), Box("62", "group", insured.group),
    )  # fmt: skip
    listed = [f"{str(d.code).replace('.', '')} {d.poa}".strip() for d in claim.pointed]
    numbers = ["67", *(f"67{letter}" for letter in "ABCDEFGHIJKLMNOPQ")]
    boxes = [Box(n, "diagnosis, POA", v) for n, v in zip(numbers, [*listed, *[""] * 18], strict=False)]
    yield tuple(boxes[:9])
    yield tuple(boxes[9:])
    if len(listed) > len(numbers):
        yield (Box("67+", "further diagnoses (electronic claim)", "; ".join(listed[len(numbers) :])),)
    yield (
        Box("69", "admitting", _of(claim, ADMITTING)), Box("70", "reasons for visit", _of(claim, REASON), 1.5),
        Box("71", "DRG", claim.drg, 0.7), Box("72", "external causes", _of(claim, EXTERNAL), 2.5),
    )  # fmt: skip
    done = [f"{o.code} {_day(o.on)}".strip() for o in claim.operations] + [""] * 6
    yield tuple(Box(f"74{letter}", "procedure, day", v) for letter, v in zip(("", *"abcde"), done, strict=False))
    rest = done[6:]
    if any(rest):
        yield (Box("74+", "further procedures (electronic claim)", "; ".join(filter(None, rest))),)
    yield (
        Box("76", "attending", _named(attending)), Box("77", "operating", _named(operating)),
    )  # fmt: skip


def _ub_line(line: Line) -> tuple[str, ...]:
    code = " ".join((str(line.code or ""), *line.modifiers)).strip()
    return (
        line.revenue, line.description or (f"NDC {line.ndc}" if line.ndc else ""), code, _day(line.first),
        _plain(line.quantity), _dollars(line.charge),
    )  # fmt: skip


def _of(claim: Claim, role: str) -> str:
    found = [f"{str(d.code).replace('.', '')} {d.poa}".strip() for d in claim.diagnoses if d.role == role]
    return ", ".join(found)


def _named(of: Party | None) -> str:
    return f"{_last_first(of)}, NPI {of.id}" if of else ""


def _last_first(of: Party) -> str:
    return ", ".join(filter(None, (of.name, " ".join(filter(None, (of.first, of.middle))))))


def _block(of: Party | None) -> str:
    return ", ".join(filter(None, (of.called, _where(of.address)))) if of else ""


def _where(at: Address | None) -> str:
    if at is None:
        return ""
    return ", ".join(filter(None, (*at.lines, at.city, f"{at.state} {at.zip}".strip())))


def _born(of: Person) -> str:
    return f"{_day(of.born)} {of.sex}".strip()


def _day(of: date | None) -> str:
    return f"{of:%m/%d/%Y}" if of else ""


def _dollars(value: Decimal | None) -> str:
    return "" if value is None else f"{value:,.2f}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
