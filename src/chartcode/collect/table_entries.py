"""The cells of a row -> facts: diagnoses and procedures by their columns, drugs, results, allergies, devices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from chartcode.collect.coding import coding
from chartcode.collect.dates import read_day
from chartcode.collect.sheet import Entry
from chartcode.collect.table_columns import Column, meanings
from chartcode.model.chart import AFFIRMED, FACT_KINDS, HISTORICAL, Fact
from chartcode.model.code import (
    CPT,
    CVX,
    HCPCS,
    ICD9CM,
    ICD10CM,
    ICD10PCS,
    LOINC,
    NDC,
    RXNORM,
    Code,
    dotted,
    looks_like_icd10cm,
)

ENCOUNTER, ADMISSION, PROBLEMS = "encounter diagnosis", "admission diagnosis", "problem list"
"""The categories of coded diagnoses that the engine ``structured`` knows."""

_LIST = re.compile(r"\s*[;|,]\s*|\s+")
_ICD9 = re.compile(r"(?:\d{3}|V\d{2}|E\d{3})\.?\d{0,2}", re.IGNORECASE)
_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_CPT = re.compile(r"(\d{4}[0-9A-Z]|[A-Z]\d{4})((?:[- ][0-9A-Z]{2})*)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\D.*)?|(\d{2})-?([A-Za-z]{3})-?(\d{4})(?:\D.*)?")
_ICD10_BEGAN = date(2015, 10, 1)
_BY_SYSTEM = {
    ICD10CM: "diagnosis",
    ICD9CM: "diagnosis",
    ICD10PCS: "procedure",
    CPT: "procedure",
    HCPCS: "procedure",
    RXNORM: "medication",
    NDC: "medication",
    LOINC: "lab",
    CVX: "immunization",
}
_KIND_WORDS = {
    "condition": "diagnosis",
    "problem": "diagnosis",
    "dx": "diagnosis",
    "drug": "medication",
    "medicationrequest": "medication",
    "observation": "lab",
    "result": "lab",
    "vital sign": "vital",
    "device": "equipment",
    "supply": "equipment",
    "vaccine": "immunization",
    "immunisation": "immunization",
}
_SECTIONS = {
    "diagnosis": "diagnosis",
    "procedure": "procedure",
    "medication": "medications",
    "equipment": "other",
    "lab": "labs",
    "vital": "vitals",
    "allergy": "allergies",
    "social": "social history",
    "family": "family history",
    "order": "plan",
    "immunization": "immunizations",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row: the line by which a person finds it (``line 17``), and what it says of each column that is known."""

    place: str
    cells: tuple[tuple[Column, str], ...] = field(repr=False)

    def get(self, name: str, number: int = 0) -> str:
        """Return the first value of a field, of this number if one is asked for; empty where there is none."""
        return next((v for c, v in self.cells if c.field == name and (not number or c.number == number)), "")

    def all(self, name: str) -> Iterator[tuple[int, str]]:
        """Yield the values of a field with their numbers, in the order of the columns."""
        for column, value in self.cells:
            if column.field == name and value:
                yield column.number, value

    def day(self, *names: str) -> date | None:
        """Return the first of these fields that is a day."""
        return next((day for name in names if (day := day_of(self.get(name)))), None)


def day_of(written: str) -> date | None:
    """Return the day that a cell says, with or without the time.

    >>> day_of("2026-03-04 10:15:00"), day_of("20260304"), day_of("04MAR2026"), day_of("soon")
    (datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), None)
    """
    compact = _COMPACT.fullmatch(written.strip())
    if compact is None:
        return read_day(written)
    year, month, day, second, name, third = compact.groups()
    return read_day(f"{year}-{month}-{day}" if year else f"{second} {name} {third}")


def entries(record: Record, on: date | None) -> Iterator[Entry]:
    """Yield the facts of a row, each with its section; ``on`` is the day of the encounter, if it is known."""
    yield from _diagnoses(record, on)
    yield from _procedures(record)
    for kind, name in _THINGS.items():
        if record.get(name):
            yield _entry(_thing(record, kind, record.get(name)), record)
    if not any(record.get(f) for f in ("dx", "principal", "admitting", "procedure", *_THINGS.values())) and (
        record.get("code") or record.get("fact")
    ):
        yield from _generic(record)


_THINGS = {
    "medication": "drug",
    "lab": "test",
    "vital": "vital",
    "allergy": "allergen",
    "equipment": "device",
    "immunization": "vaccine",
}


def _diagnoses(record: Record, on: date | None) -> Iterator[Entry]:
    nine = record.get("dx_version").strip().startswith("9") or (on is not None and on < _ICD10_BEGAN)
    found = [("principal", 0, v) for _, v in record.all("principal")]
    found += [("admitting", 0, v) for _, v in record.all("admitting")]
    found += [("", number, v) for number, v in record.all("dx")]
    for role, number, written in found:
        words = record.get("dx_text", number) if not role else ""
        many = _pieces(written)
        for value in many:
            code = _diagnosis_code(value, nine)
            said = words or (record.get("name") if len(found) == 1 else "")
            text = said if said and len(many) == 1 else value
            poa = record.get("poa", number).upper() if not role and len(many) == 1 else ""
            rank = record.get("rank") if number == 0 and not role else str(number or "")
            category = ADMISSION if role == "admitting" else ENCOUNTER
            told = {"poa": poa, "role": role, "rank": rank, "category": category}
            yield _entry(_fact(record, "diagnosis", text, code, "coder", **told), record)
    if not found:
        for _, words in record.all("dx_text"):
            category = PROBLEMS if record.get("status") else ENCOUNTER
            fact = _fact(record, "diagnosis", words, None, record.get("author") or "provider", category=category)
            yield _entry(fact, record)


def _pieces(written: str) -> list[str]:
    """Return the codes of a cell: several if all that stands there are codes."""
    pieces = [piece for piece in _LIST.split(written.strip()) if piece]
    coded = len(pieces) > 1 and all(looks_like_icd10cm(p) or _ICD9.fullmatch(p) or _PCS.fullmatch(p) for p in pieces)
    return pieces if coded else [written.strip()]


def _diagnosis_code(written: str, nine: bool) -> Code | None:
    if nine and _ICD9.fullmatch(written):
        return Code(ICD9CM, written.upper())
    if looks_like_icd10cm(written):
        return Code(ICD10CM, dotted(written))
    return Code(ICD9CM, written.upper()) if _ICD9.fullmatch(written) else None


def _procedures(record: Record) -> Iterator[Entry]:
    for number, written in record.all("procedure"):
        for value in _pieces(written):
            code, behind = _procedure_code(value)
            modifiers = " ".join((*behind, *(v for _, v in record.all("modifier"))))
            text = record.get("procedure_text", number) or value
            fact = _fact(
                record, "procedure", text, code, "coder",
                on=record.get("procedure_date", number), modifiers=modifiers, units=record.get("units"),
            )  # fmt: skip
            yield _entry(fact, record)
    if not record.get("procedure"):
        for _, words in record.all("procedure_text"):
            yield _entry(_fact(record, "procedure", words, None, record.get("author") or "provider"), record)


def _procedure_code(written: str) -> tuple[Code | None, list[str]]:
    upper = written.strip().upper()
    if line := _CPT.fullmatch(upper):
        return Code(HCPCS if line[1][0].isalpha() else CPT, line[1]), re.findall(r"[0-9A-Z]{2}", line[2])
    if _PCS.fullmatch(upper):
        return Code(ICD10PCS, upper), []
    return None, []


def _thing(record: Record, kind: str, text: str) -> Fact:
    """Return a drug, a result, an allergy, a device or a vaccine."""
    dose = " ".join(v for v in (record.get("dose"), record.get("dose_unit")) if v)
    code = None
    if record.get("code") and record.get("system"):
        known = coding(record.get("system"), record.get("code"))
        code = Code(known.system, known.value)
    flag = record.get("abnormal")
    said = {
        "medication": {"dose": dose, "route": record.get("route"), "frequency": record.get("frequency")},
        "immunization": {"dose": dose, "route": record.get("route")},
        "allergy": {"reaction": record.get("reaction")},
        "diagnosis": {"category": PROBLEMS if record.get("fact").strip().lower() == "problem" else ENCOUNTER},
    }
    if kind in ("lab", "vital", "social"):
        measured = {"name": text, "value": record.get("value"), "unit": record.get("unit")}
        said[kind] = {**measured, "abnormal": _FLAGS.get(flag.lower(), flag)}
    return _fact(record, kind, text, code, record.get("author") or "provider", **said.get(kind, {}))


_STOPPED = ("discontinued", "stopped", "inactive", "completed", "cancelled", "held")
_FLAGS = {"h": "high", "l": "low", "hh": "high", "ll": "low", "a": "abnormal", "n": "normal", "pos": "positive"}


def _generic(record: Record) -> Iterator[Entry]:
    """Yield the fact of a row that names a code, its system and what it is."""
    known = coding(record.get("system"), record.get("code")) if record.get("code") else None
    written = record.get("fact").strip().lower()
    if known and not known.system:
        shape = _diagnosis_code(known.value, nine=False) if looks_like_icd10cm(known.value) else None
        shape = shape or _procedure_code(known.value)[0]
        known = known._replace(system=shape.system, value=shape.value) if shape else known
    kind = written if written in FACT_KINDS else _KIND_WORDS.get(written, "")
    kind = kind or _BY_SYSTEM.get(known.system if known else "", "diagnosis")
    text = record.get("name") or record.get("dx_text") or (known.value if known else "")
    if text:
        made = _thing(record, kind, text)
        code = Code(known.system or "unknown system", known.value) if known else None
        yield _entry(replace(made, code=code), record)


def _fact(record: Record, kind: str, text: str, code: Code | None, author: str, on: str = "", **said: str) -> Fact:
    word = record.get("assertion").strip().lower()
    status = record.get("status").strip().lower()
    assertion = meanings("assertions").get(word, AFFIRMED)
    if assertion == AFFIRMED and kind == "diagnosis" and status in ("resolved", "inactive"):
        assertion = HISTORICAL
    if kind == "medication" and status in _STOPPED:
        status = "stopped"
    attributes = [(name, value.strip()) for name, value in said.items() if value.strip()]
    day = day_of(on) if on else record.day("date") if kind not in ("diagnosis", "procedure") else None
    return Fact(
        kind, " ".join(text.split()), (), code, assertion, day, author, status, (*attributes, ("at", record.place))
    )


def _entry(fact: Fact, record: Record) -> Entry:
    role = fact.get("role")
    section = {"principal": "principal diagnosis", "admitting": "admission diagnosis"}.get(role or "")
    section = section or ("problem list" if fact.get("category") == PROBLEMS else "")
    section = section or ("secondary diagnoses" if fact.kind == "diagnosis" and record.get("principal") else "")
    value = " ".join(v for n in ("dose", "route", "frequency", "value", "unit", "reaction") if (v := fact.get(n)))
    poa = f"POA {fact.get('poa')}" if fact.get("poa") else ""
    return Entry(section or _SECTIONS[fact.kind], fact, " ".join(part for part in (value, poa) if part))
