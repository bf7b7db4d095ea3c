"""From a case to the notation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chartcode.model.case import ADMITTING, MENTIONS, Case, Decision, Diagnosis, Procedure, Visit
from chartcode.model.chart import AFFIRMED, Fact
from chartcode.model.code import ICD10CM
from chartcode.model.notation import visit
from chartcode.model.notation.line import Line
from chartcode.model.notation.page import PROVIDER, Page, note_lines
from chartcode.model.notation.reading import NAME, with_roles


def write(case: Case) -> str:
    """Return a case in the notation, ending with a line break.

    A case that was read from the notation comes back unchanged: ``one(write(one(text))) == one(text)``.
    """
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield _head(case)
    notes = [line for document in case.chart.documents for line in note_lines(document)]
    yield from notes
    yield from map(_fact, case.chart.facts)
    page = Page(Line(line, 0) for line in notes)
    told = [entry for entry in case.entries if isinstance(entry, Diagnosis) and entry.role != ADMITTING]
    untold = with_roles([replace(diagnosis, role="") for diagnosis in told], case.chart.encounter.setting)
    for entry in case.entries:
        if isinstance(entry, Diagnosis):
            yield _diagnosis(entry, page, role=list(untold) != told)
        elif isinstance(entry, Procedure):
            yield _procedure(entry, page)
        elif isinstance(entry, Visit):
            yield _joined("visit", visit.write(entry), *page.quotes(entry.evidence))
        elif isinstance(entry, Decision):
            yield _decision(entry, page)


def _joined(*words: str | None) -> str:
    return " ".join(word for word in words if word)


def _head(case: Case) -> str:
    encounter, patient = case.chart.encounter, case.chart.patient
    items = [_joined(encounter.setting, *(day.isoformat() for day in (encounter.first, encounter.last) if day))]
    if patient.sex:
        items.append(_joined(patient.sex, None if patient.age is None else str(patient.age)))
    elif patient.age is not None:
        items.append(f"age {patient.age}")
    if patient.age_days is not None:
        items.append(f"age {patient.age_days} days")
    if patient.born:
        items.append(f"born {patient.born.isoformat()}")
    named = {name: getattr(encounter, name) for name in ("disposition", "payer", "facility", "provider", "specialty")}
    items += [f"{name} {value.replace(',', ' ')}" for name, value in named.items() if value]
    if case.chart.id != NAME:
        items.append(f"id {case.chart.id.replace(',', ' ')}")
    if case.mode == MENTIONS:
        items.append(MENTIONS)
    return ", ".join(items)


def _diagnosis(diagnosis: Diagnosis, page: Page, *, role: bool) -> str:
    return _joined(
        "admit dx" if diagnosis.role == ADMITTING else "dx",
        diagnosis.code.value,
        diagnosis.role if role and diagnosis.role != ADMITTING else "",
        f"poa {diagnosis.poa}" if diagnosis.poa else "",
        *page.quotes(diagnosis.evidence),
    )


def _procedure(procedure: Procedure, page: Page) -> str:
    return _joined(
        "px",
        procedure.code.value,
        f"x{procedure.units}" if procedure.units != 1 else "",
        *(f"-{modifier}" for modifier in procedure.modifiers),
        f"@{procedure.on.isoformat()}" if procedure.on else "",
        *(("->", *procedure.pointers) if procedure.pointers else ()),
        *page.quotes(procedure.evidence),
    )


def _decision(decision: Decision, page: Page) -> str:
    return _joined(
        "decision",
        decision.act,
        decision.about,
        f"@{decision.on.isoformat()}" if decision.on else "",
        f"by {decision.who}" if decision.who else "",
        f"because {_plain(decision.why)}" if decision.why else "",
        *page.quotes(decision.evidence),
    )


def _fact(fact: Fact) -> str:
    pairs = [(name, value) for name, value in (("status", fact.status),) if value]
    if fact.assertion != AFFIRMED:
        pairs.append(("assertion", fact.assertion))
    if fact.author != PROVIDER:
        pairs.append(("author", fact.author))
    if fact.on:
        pairs.append(("on", fact.on.isoformat()))
    if fact.code:
        pairs.append(("code", fact.code.value if fact.code.system == ICD10CM else f"{fact.code.system} {fact.code}"))
    pairs += fact.attributes
    verb = "med" if fact.kind == "medication" else fact.kind
    return "; ".join([f"{verb} {_plain(fact.text)}", *(f"{name}: {_plain(value)}" for name, value in pairs)])


def _plain(words: str) -> str:
    """Return words on one line, without the characters that part a fact or begin a quotation."""
    return " ".join(words.split()).replace(";", ",").replace('"', "'")
