"""What the record carries as coded facts: procedures, drugs and equipment by their numbers, vaccines by CVX.

A fact counts where it was done in the encounter: an entry of another day, or of none, tells of the patient's past.
Orders are no services, whatever their code: what came of them is told by another fact or by the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chartcode.assign.services.line import Line
from chartcode.books import starter
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED, Encounter, Fact
from chartcode.model.code import CPT, CVX, HCPCS

_KINDS = ("procedure", "immunization", "medication", "equipment")
_PAYER = "payer"
_NOT_DONE = frozenset(("not-done", "cancelled", "entered-in-error", "stopped", "preparation", "planned", "active"))


def lines(case: Case, told: Iterable[Line]) -> Iterator[Line]:
    """Yield the services of coded facts that the words of the record did not give."""
    known = {one.code for one in told}
    for fact in case.chart.facts:
        number = _number(fact)
        if number is None or number in known or not _done(fact, case.chart.encounter):
            continue
        known.add(number)
        yield Line(
            number,
            [Mention(fact.evidence[0], term=number, author=fact.author)],
            modifiers=tuple((fact.get("modifiers") or "").split()),
            units=_units(fact),
            titled=True,
            reasons=[
                "coded so in the record" if fact.code and fact.code.value == number else f"vaccine CVX {fact.code}"
            ],
        )


def _number(fact: Fact) -> str | None:
    """Return the number of a service that a fact is coded with, or None."""
    if fact.code is None or fact.kind not in _KINDS:
        return None
    if fact.code.system in (CPT, HCPCS):
        number = fact.code.value.upper()
        visit = number.isdigit() and 99202 <= int(number) <= 99499
        return None if visit else number
    if fact.code.system == CVX and fact.kind == "immunization":
        return starter.vaccines().get(fact.code.value.zfill(2))
    return None


def _done(fact: Fact, encounter: Encounter) -> bool:
    first, last = encounter.first or encounter.last, encounter.last or encounter.first
    if not fact.evidence or fact.assertion != AFFIRMED or fact.author == _PAYER or fact.status.lower() in _NOT_DONE:
        return False
    return fact.on is not None and first is not None and last is not None and first <= fact.on <= last


def _units(fact: Fact) -> int:
    units = fact.get("units") or ""
    return max(1, int(float(units))) if units.replace(".", "", 1).isdigit() else 1
