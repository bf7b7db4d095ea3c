"""Diagnoses, procedures, charges and allergies: DG1, DRG's neighbours PR1 and FT1, PRB, PV2, PDA, AL1, IAM.

Tables: 0052 diagnosis type, 0206 action code, 0287 problem action, 0063 and 0127 allergen type, 0128 severity,
0017 transaction type (HL7 v2.8, chapters 6, 3 and 12).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from chartcode.collect.hl7v2.values import (
    Coded,
    coded,
    day,
    diagnosis_by_shape,
    element,
    fact,
    moment,
    name,
    procedure_by_shape,
    role_of,
)
from chartcode.model.chart import AFFIRMED, HISTORICAL, NEGATED, POSSIBLE, Fact
from chartcode.model.code import NDC
from chartcode.wire.hl7v2 import Segment

DELETED = "deleted"
"""The status of a fact that its sender has taken back; its assertion is then ``negated``, so that nobody codes it."""

ENCOUNTER_DIAGNOSIS, WORKING, PROBLEM = "encounter diagnosis", "working diagnosis", "problem list"

_TYPES = {"A": "admitting", "W": "working", "F": "final"}
_SEVERITIES = {"SV": "severe", "MO": "moderate", "MI": "mild", "U": ""}
_ALLERGENS = {"DA": "drug", "FA": "food", "MA": "miscellaneous", "MC": "contraindication", "EA": "environment",
              "AA": "animal", "PA": "plant", "LA": "pollen", "DRUG": "drug", "FOOD": "food"}  # fmt: skip
_NOT_CHARGED = ("PY", "AJ", "CO", "PA")
"""Payments, adjustments and co-payments: money, and no service."""


def _diagnosis(of: Segment) -> Iterator[Fact]:
    kind = of.get(6).upper()[:1]
    what, on = coded(of, 3, of.get(2)), day(of, 5)
    if what.code is None and not of.get(3, 3):
        what = replace(what, code=diagnosis_by_shape(of.get(3), on))
    written = of.get(4) or what.text
    if written:
        rank, gone = of.get(15), of.get(21) == "D"
        role = _TYPES.get(kind, "")
        yield fact(
            "diagnosis", of, replace(what, text=written), of.get(5),
            author="coder" if kind == "F" and not of.raw(16) else role_of(of, 16),
            status=DELETED if gone else role, assertion=NEGATED if gone else AFFIRMED,
            category=WORKING if role == "working" else ENCOUNTER_DIAGNOSIS,
            role=("principal" if rank == "1" else "secondary") if kind == "F" and rank else role,
            rank=rank, poa=of.get(26).upper(), clinician=name(of, 16), id=of.get(20),
        )  # fmt: skip


def _procedure(of: Segment) -> Iterator[Fact]:
    what = coded(of, 3, of.get(2))
    if what.code is None and not of.get(3, 3):
        what = replace(what, code=procedure_by_shape(of.get(3)))
    written = of.get(4) or what.text
    if written:
        yield fact(
            "procedure", of, replace(what, text=written), of.get(5),
            status=DELETED if of.get(20) == "D" else "done", assertion=NEGATED if of.get(20) == "D" else AFFIRMED,
            priority=of.get(14), minutes=of.get(7),
            modifiers=_modifiers(of, 16), clinician=name(of, 12) or name(of, 11), id=of.get(19),
            for_diagnosis=_named(coded(of, 15)),
        )  # fmt: skip


def _charge(of: Segment) -> Iterator[Fact]:
    """Yield the service of a transaction, and the diagnoses that it is charged for."""
    kind = of.get(6).upper()
    if kind in _NOT_CHARGED:
        return
    service = coded(of, 25) or coded(of, 7)
    if service and service.code is None and of.raw(25) and not of.get(25, 3):
        service = replace(service, code=procedure_by_shape(of.get(25)))
    on = of.get(4)
    if service:
        drug = service.code is not None and service.code.system == NDC
        yield fact(
            "medication" if drug else "procedure", of, replace(service, text=of.get(8) or service.text), on,
            author="coder", status="credited" if kind == "CD" else "charged",
            assertion=NEGATED if kind == "CD" else AFFIRMED, units=of.get(10), charge=of.get(11),
            unit_charge=of.get(12), modifiers=_modifiers(of, 26), charge_code=of.get(7) if of.raw(25) else "",
            ndc="" if drug else of.get(29) or of.get(43),
            clinician=name(of, 20), diagnoses=", ".join(filter(None, (_value(d) for d in _diagnoses(of)))),
        )  # fmt: skip
    for what in _diagnoses(of):
        yield fact(
            "diagnosis", of, what, on, author="coder", status="credited" if kind == "CD" else "charged",
            assertion=NEGATED if kind == "CD" else AFFIRMED, category="charge",
        )  # fmt: skip


def _diagnoses(of: Segment) -> Iterator[Coded]:
    """Yield the diagnoses of a transaction, FT1-19."""
    on = day(of, 4)
    for repetition in of.repetitions(19):
        what = element(of, repetition)
        if what and what.code is None and not of.part(repetition, 3):
            what = replace(what, code=diagnosis_by_shape(of.part(repetition), on))
        if what:
            yield what


def _problem(of: Segment) -> Iterator[Fact]:
    """Yield a problem of the list; what was resolved is past, what was not confirmed is possible."""
    what = coded(of, 3)
    if not what:
        return
    cycle, confirmed = of.get(14), (of.get(13) or of.get(13, 2)).upper()
    assertion = AFFIRMED
    if confirmed[:1] in ("P", "D", "S", "R") or confirmed in ("UNCONFIRMED", "WORKING"):
        assertion = POSSIBLE
    if of.raw(9) or (of.get(14, 2) or cycle).casefold() in ("resolved", "inactive", "remission", "r", "in"):
        assertion = HISTORICAL
    gone = of.get(1).upper() == "DE" or "DELETED" in (cycle.upper(), confirmed)
    yield fact(
        "diagnosis", of, what, of.get(16) or of.get(7), status=DELETED if gone else "",
        assertion=NEGATED if gone else assertion, category=PROBLEM, id=of.get(4), abatement=_iso(of, 9),
    )  # fmt: skip


def _reason(of: Segment) -> Iterator[Fact]:
    """Yield why the patient was admitted, PV2-3."""
    what = coded(of, 3)
    if what:
        yield fact("diagnosis", of, what, status="admitting", category=ENCOUNTER_DIAGNOSIS, role="admitting")


def _death(of: Segment) -> Iterator[Fact]:
    """Yield the causes of death, PDA-1."""
    for repetition in of.repetitions(1):
        what = element(of, repetition)
        if what:
            yield fact("diagnosis", of, what, of.get(4), status="final", category="cause of death")


def _allergy(of: Segment) -> Iterator[Fact]:
    what = coded(of, 3)
    if what:
        yield fact(
            "allergy", of, what, of.get(6), type=_allergen(of, 2), severity=_severity(of, 4),
            reaction=_reactions(of),
        )  # fmt: skip


def _intolerance(of: Segment) -> Iterator[Fact]:
    """Yield an adverse reaction of IAM, which may be taken back or inactive."""
    what = coded(of, 3)
    if what:
        status = of.get(17).upper()
        past = status in ("I", "IN", "INACTIVE", "R", "RESOLVED")
        doubtful = status[:1] in ("P", "S", "U") or status == "D"
        gone = of.get(6).upper() == "D"
        yield fact(
            "allergy", of, what, of.get(11) or of.get(13), status=DELETED if gone else "",
            assertion=NEGATED if gone else HISTORICAL if past else POSSIBLE if doubtful else AFFIRMED,
            type=_allergen(of, 2),
            severity=_severity(of, 4), reaction=_reactions(of),
        )  # fmt: skip


READERS: dict[str, Callable[[Segment], Iterator[Fact]]] = {
    "DG1": _diagnosis,
    "PR1": _procedure,
    "FT1": _charge,
    "PRB": _problem,
    "PV2": _reason,
    "PDA": _death,
    "AL1": _allergy,
    "IAM": _intolerance,
}


def _modifiers(of: Segment, number: int) -> str:
    return " ".join(filter(None, (of.part(r).upper() for r in of.repetitions(number))))


def _allergen(of: Segment, number: int) -> str:
    return _ALLERGENS.get(of.get(number).upper(), "") or of.get(number, 2)


def _reactions(of: Segment) -> str:
    return ", ".join(filter(None, (element(of, r).text for r in of.repetitions(5))))


def _severity(of: Segment, number: int) -> str:
    return _SEVERITIES.get(of.get(number).upper(), of.get(number, 2))


def _named(what: Coded) -> str:
    return f"{what.text} ({what.code})" if what.code and what.text != what.code.value else what.text


def _value(what: Coded) -> str:
    return what.code.value if what.code else what.text


def _iso(of: Segment, number: int) -> str:
    on = moment(of.get(number))[0]
    return on.isoformat() if on else of.get(number)
