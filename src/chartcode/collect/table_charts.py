"""The rows of one encounter -> its chart: documents, coded facts, and what the columns say of patient and stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from chartcode.collect.dates import read_day
from chartcode.collect.disagreements import told
from chartcode.collect.kinds import KINDS
from chartcode.collect.note import chart_from_text
from chartcode.collect.sheet import Entry, sheet
from chartcode.collect.silence import completed
from chartcode.collect.source import Source
from chartcode.collect.table_columns import meanings, normal
from chartcode.collect.table_entries import Record, day_of, entries
from chartcode.collect.titles import title
from chartcode.collect.together import GAPS, together
from chartcode.model.chart import INPATIENT, Chart, Encounter, Fact, Patient

SHEET = "coded entries"
"""The id of the document on which coded facts are set down."""

_AGE = re.compile(r"(\d{1,3})(?:\.\d+)?(?:\s*(?:y|yr|years?).*)?", re.IGNORECASE)
_SEX = {"f": "F", "female": "F", "woman": "F", "2": "F", "m": "M", "male": "M", "man": "M", "1": "M"}
_SAME = ("kind", "text", "code", "assertion", "on", "status")


def chart(id: str, records: Sequence[Record], source: Source, remarks: tuple[str, ...] = ()) -> Chart | None:  # noqa: A002
    """Return the chart of some rows, or None where they hold neither text nor facts.

    What a column says of the encounter goes before what a note's text says, and that before the caller's options.
    """
    said: list[str] = []
    encounter, setting = _encounter(records, said)
    patient = _patient(records, encounter.on, said)
    notes = [note for record in records if (note := _note(record, id, records, setting))]
    listed = _listed(records, encounter.on)
    page, facts = sheet(SHEET, listed, encounter.on)
    if not notes and page is None:
        return None
    made = together(id, notes) if notes else Chart(id)
    if page is not None:
        author = "coder" if all(entry.fact.author == "coder" for entry in listed) else "provider"
        made = replace(made, documents=(*made.documents, replace(page, author=author)), facts=(*made.facts, *facts))
    known = setting is not None or bool(notes)
    whole = replace(
        made,
        encounter=_over(encounter, made.encounter, setting),
        patient=_known(patient, made.patient),
        remarks=(*remarks, *said, *(r for r in made.remarks if r not in GAPS)),
    )
    return completed(whole, source.silent, setting_known=known)


def _note(record: Record, id: str, records: Sequence[Record], setting: str | None) -> Chart | None:  # noqa: A002
    """Return the chart of the note in a row."""
    text = record.get("text")
    if not text.strip():
        return None
    several = sum(bool(r.get("text").strip()) for r in records) > 1
    name = record.get("document") or (f"{id}, {record.place}" if several else id)
    day = record.day("date", "first")
    called = title(normal(record.get("kind")))
    made = chart_from_text(text, name, setting=setting or (called.setting if called else None), day=day)
    document = replace(made.documents[0], kind=_kind(record.get("kind")) or made.documents[0].kind)
    document = replace(document, on=record.day("date") or document.on, author=_author(record.get("author")))
    facts = (
        tuple(replace(f, author=document.author) for f in made.facts) if document.author != "provider" else made.facts
    )
    return replace(made, documents=(document,), facts=facts)


def _kind(written: str) -> str:
    """Return the kind of document that a cell names, or nothing."""
    words = normal(written)
    named = title(words)
    return named.kind if named else next((kind for kind in KINDS if kind in words), "")


def _author(written: str) -> str:
    words = normal(written)
    for role, signs in _ROLES.items():
        if any(sign in words for sign in signs):
            return role
    return "provider"


_ROLES = {
    "nurse": ("nurse", "nursing", " rn", "lpn"),
    "coder": ("coder", "coding", "him"),
    "patient": ("patient",),
    "device": ("device", "monitor"),
}


def _listed(records: Sequence[Record], on: date | None) -> list[Entry]:
    """Return the coded facts of the rows, each once, diagnoses in the order of their rank."""
    seen: set[object] = set()
    found: list[Entry] = []
    for record in records:
        for entry in entries(record, on):
            key = (*(getattr(entry.fact, name) for name in _SAME), _but_place(entry.fact))
            if key not in seen:
                seen.add(key)
                found.append(entry)
    return sorted(found, key=lambda entry: _rank(entry.fact))


def _but_place(fact: Fact) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in fact.attributes if name != "at")


def _rank(fact: Fact) -> int:
    rank = fact.get("rank") or ""
    return int(rank) if fact.kind == "diagnosis" and rank.isdigit() else 999 if fact.kind == "diagnosis" else 1000


def _said(records: Sequence[Record], name: str, field: str, read: Callable[[str], str], remarks: list[str]) -> str:
    """Return what the rows say of a field, the first where they differ, and remark that they do."""
    given = [(r.place, value) for r in records if r.get(field) and (value := read(r.get(field)))]
    if not given:
        return ""
    remarks += [r.replace("the documents differ", "the rows differ") for r in told(name, given, given[0][1])]
    return given[0][1]


def _iso(written: str) -> str:
    day = day_of(written)
    return day.isoformat() if day else ""


def _encounter(records: Sequence[Record], remarks: list[str]) -> tuple[Encounter, str | None]:
    """Return what the columns say of the encounter, and its setting where they say it."""
    words = meanings("settings")
    setting = _said(records, "the setting", "setting", lambda w: words.get(normal(w), ""), remarks) or None
    first = read_day(_said(records, "the first day", "first", _iso, remarks))
    last = read_day(_said(records, "the last day", "last", _iso, remarks))
    if first is None and last is None:
        first = min((day for r in records if (day := r.day("date"))), default=None)
    code = _said(records, "the discharge disposition", "disposition", lambda w: w.strip(), remarks)
    disposition = code.zfill(2) if code.isdigit() and len(code) <= 2 else None
    payer = _said(records, "the payer", "payer", str.strip, remarks)
    facility = _said(records, "the facility", "facility", str.strip, [])
    provider = _said(records, "the provider", "provider", str.strip, [])
    specialty = _said(records, "the specialty", "specialty", str.strip, [])
    last = None if setting != INPATIENT and last == first else last
    return Encounter(
        setting or "", first, last, disposition, payer or None, facility or None, provider or None, specialty or None
    ), setting


def _over(said: Encounter, found: Encounter, setting: str | None) -> Encounter:
    """Return the encounter of the columns, with the notes' words where they are silent."""
    days = (said.first, said.last) if said.first or said.last else (found.first, found.last)
    return Encounter(
        setting or found.setting,
        days[0],
        days[1] or (found.last if days[0] == found.first else None),
        said.disposition or found.disposition,
        said.payer or found.payer,
        said.facility or found.facility,
        said.provider or found.provider,
        said.specialty or found.specialty,
    )


def _patient(records: Sequence[Record], on: date | None, remarks: list[str]) -> Patient:
    sex = _said(records, "the patient's sex", "sex", lambda w: _SEX.get(w.strip().lower(), ""), remarks)
    sex = sex or _said(records, "the patient's sex", "female", lambda w: {"1": "F", "0": "M"}.get(w.strip(), ""), [])
    born = read_day(_said(records, "the patient's day of birth", "born", _iso, remarks))
    age = _AGE.fullmatch(_said(records, "the patient's age", "age", str.strip, remarks))
    years = int(age[1]) if age else None
    days = None
    if born and on and on >= born:
        years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        days = (on - born).days if years < 1 else None
    number = _said(records, "the patient's number", "patient", str.strip, remarks) or None
    return Patient(sex or None, years, born, days, number)


def _known(said: Patient, found: Patient) -> Patient:
    return Patient(
        said.sex or found.sex,
        said.age if said.age is not None else found.age,
        said.born or found.born,
        said.age_days if said.age is not None else found.age_days,
        said.id or found.id,
    )
