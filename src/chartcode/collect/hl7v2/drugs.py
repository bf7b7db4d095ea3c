"""Medications and immunisations: RXO (ordered), RXE (encoded), RXD (dispensed), RXG (to be given), RXA (given).

Tables: 0322 completion status, 0323 action code, 0162 route (HL7 v2.8, chapter 4A).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from chartcode.collect.hl7v2.problems import DELETED
from chartcode.collect.hl7v2.values import Coded, coded, element, fact
from chartcode.model.chart import AFFIRMED, NEGATED, Fact
from chartcode.model.code import CVX
from chartcode.wire.hl7v2 import Segment

_ROUTES = {"PO": "oral", "IV": "intravenous", "IM": "intramuscular", "SC": "subcutaneous", "SQ": "subcutaneous",
           "TD": "transdermal", "IH": "inhalation", "PR": "rectal", "SL": "sublingual", "TP": "topical",
           "NS": "nasal", "OP": "ophthalmic", "OT": "otic", "VG": "vaginal", "ID": "intradermal"}  # fmt: skip
_NONE_GIVEN = ("998",)
"""CVX: no vaccine administered."""


@dataclass(frozen=True, slots=True)
class _Form:
    """Where a segment keeps what a drug fact says; 0 where it does not."""

    status: str
    code: int
    least: int
    most: int = 0
    unit: int = 0
    form: int = 0
    day: int = 0
    directions: int = 0
    quantity: int = 0
    refills: int = 0


_FORMS = {
    "RXO": _Form("ordered", 1, 2, 3, 4, 5, directions=7, quantity=11, refills=13),
    "RXE": _Form("ordered", 2, 3, 4, 5, 6, directions=7, quantity=10, refills=12),
    "RXD": _Form("dispensed", 2, 4, 0, 5, 6, day=3, directions=9),
    "RXG": _Form("ordered", 4, 5, 6, 7, 8, directions=13),
    "RXA": _Form("given", 5, 6, 0, 7, 8, day=3),
}
SEGMENTS = frozenset(_FORMS)


@dataclass(frozen=True, slots=True)
class Order:
    """What stands around a drug: when, how often, if it was cancelled, if the message is one of vaccines (VXU)."""

    on: str = ""
    frequency: str = ""
    cancelled: bool = False
    vaccines: bool = False


def drug(of: Segment, order: Order) -> Fact | None:
    """Return the fact of one RX segment, or None where it names no drug."""
    form = _FORMS[of.name]
    what = coded(of, form.code)
    if not what or what.given in _NONE_GIVEN:
        return None
    least, most = of.get(form.least), of.get(form.most) if form.most else ""
    unit = of.get(form.unit, 2) or of.get(form.unit)
    amount = f"{least}-{most}" if least and most and least != most else least or most
    if amount in ("999", "0"):  # RXA: unknown, by the standard
        amount = ""
    directions = of.repetitions(form.directions) if form.directions else []
    said = "; ".join(filter(None, (element(of, r).text for r in directions)))
    status, assertion = form.status, AFFIRMED
    if order.cancelled:
        status, assertion = "cancelled", NEGATED
    if of.name == "RXA":
        status, assertion = _given(of, status)
    return fact(
        "immunization" if order.vaccines or _vaccine(what) else "medication",
        of, _worded(what), of.get(form.day) if form.day else order.on,
        author="nurse" if of.name in ("RXA", "RXG") else "provider", status=status, assertion=assertion,
        dose=f"{amount} {unit}".strip() if amount else "", form=coded(of, form.form).text if form.form else "",
        frequency=order.frequency if of.name != "RXA" else "", directions=said,
        quantity=of.get(form.quantity) if form.quantity else "",
        refills=of.get(form.refills) if form.refills else "", strength=_strength(of),
        lot=of.get(15) if of.name == "RXA" else "", refusal=coded(of, 18).text if of.name == "RXA" else "",
        source=coded(of, 9).text if of.name == "RXA" else "",
    )  # fmt: skip


def routed(of: Fact, route: Segment) -> Fact:
    """Return a drug fact with the route (RXR) that follows it."""
    way, site = coded(route, 1), coded(route, 2)
    added = (("route", _ROUTES.get(way.given.upper(), way.text)), ("site", site.text))
    return replace(of, attributes=(*(a for a in added if a[1]), *of.attributes))


def frequency(timing: Segment) -> str:
    """Return how often, from TQ1-3 (v2.5 on) or the second component of ORC-7 or RXE-1: ``BID``."""
    return timing.get(3) if timing.name == "TQ1" else timing.get(7 if timing.name == "ORC" else 1, 2)


def _given(of: Segment, status: str) -> tuple[str, str]:
    if of.get(21).upper() == "D":
        return DELETED, NEGATED
    completion = of.get(20).upper()
    if completion == "RE":
        return "refused", NEGATED
    if completion == "NA":
        return "not given", NEGATED
    return ("partly given" if completion == "PA" else status), AFFIRMED


def _vaccine(what: Coded) -> bool:
    return (what.code is not None and what.code.system == CVX) or any(other.startswith(CVX) for other in what.others)


def _worded(what: Coded) -> Coded:
    return replace(what, text=" ".join(what.text.split()))


def _strength(of: Segment) -> str:
    at = {"RXO": 18, "RXE": 25, "RXD": 16, "RXA": 13}.get(of.name)
    if at is None or not of.raw(at):
        return ""
    unit = of.get(at + 1, 2) or of.get(at + 1)
    return f"{of.get(at)} {unit}".strip()
