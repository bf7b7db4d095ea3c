"""What the front desk knows of a patient and a clinical record does not say: a CSV, one row for each case.

Names, address and insurance come from registration; Chartcode keeps none of them in its results.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chartcode.model.claim import RELATED, SELF, Address, Circumstances, Party, Person
from chartcode.model.code import Code, icd10cm

COLUMNS = (
    "case", "last", "first", "middle", "born", "sex", "address", "city", "state", "zip", "member", "group", "payer",
    "relationship", "subscriber_last", "subscriber_first", "subscriber_born", "subscriber_sex", "subscriber_address",
    "subscriber_city", "subscriber_state", "subscriber_zip", "authorization", "original", "frequency",
    "admission_type", "admission_source", "admission_hour", "discharge_hour", "admitting_diagnosis", "reason_for_visit",
    "onset", "last_period", "accident", "accident_state", "related", "occurrences",
)  # fmt: skip
"""The columns, of which ``case`` alone must be there."""

_RELATIONSHIPS = {"self": SELF, "spouse": "01", "child": "19", "other": "G8", "employee": "20", "unknown": "21"}


class BadRegistration(ValueError):  # noqa: N818 - named as one would say it
    """A row or column cannot be used; the message names the place, never the content."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One row: the patient, the subscriber, and what was asked at the door."""

    case: str
    subscriber: Person
    patient: Person | None = None
    payer: str = ""
    reasons: tuple[Code, ...] = ()
    admitting: Code | None = None
    said: Mapping[str, str] = field(default_factory=dict, repr=False)
    circumstances: Circumstances = field(default_factory=Circumstances)


def registrations(text: str) -> dict[str, Registration]:
    """Return the registrations of a CSV by the case's id.

    Raises:
        BadRegistration: a column is unknown or a value cannot be read.
    """
    rows = csv.DictReader(text.splitlines())
    names = tuple((name or "").strip().lower() for name in rows.fieldnames or ())
    if "case" not in names:
        raise BadRegistration("there is no column 'case'; the first line names the columns")
    for name in names:
        if name not in COLUMNS:
            raise BadRegistration(f"there is no column {name!r}; there are {', '.join(COLUMNS)}")
    rows.fieldnames = names
    found: dict[str, Registration] = {}
    for number, row in enumerate(rows, start=2):
        said = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        if said["case"] in found:
            raise BadRegistration(f"line {number}: the case stands in an earlier line too")
        found[said["case"]] = _registration(said, number)
    return found


def _registration(said: dict[str, str], line: int) -> Registration:
    given = said.get("relationship", "").lower() or "self"
    relationship = _RELATIONSHIPS.get(given, given.upper())
    if len(relationship) != 2:
        raise BadRegistration(f"line {line}: the relationship is one of {', '.join(_RELATIONSHIPS)}, or its code")
    own = _person(said, "", line)
    codes = _codes(said, "reason_for_visit", line), next(iter(_codes(said, "admitting_diagnosis", line)), None)
    if relationship == SELF:
        insured, how = _insured(own, said, SELF), _circumstances(said, line)
        return Registration(said["case"], insured, None, said.get("payer", ""), *codes, said, how)
    subscriber = _insured(_person(said, "subscriber_", line), said, "")
    patient = Person(own.party, own.born, own.sex, relationship)
    how = _circumstances(said, line)
    return Registration(said["case"], subscriber, patient, said.get("payer", ""), *codes, said, how)


def _circumstances(said: dict[str, str], line: int) -> Circumstances:
    """Read how it came about: days, kinds of accident, and occurrence codes such as ``01:2026-05-01``."""
    onset, last_period, accident = (_day(said.get(key, ""), line, key) for key in ("onset", "last_period", "accident"))
    kinds = {word: kind for kind, word in RELATED.items()}
    related = re.split(r"[\s,;]+", said.get("related", "").lower().strip()) if said.get("related") else []
    if unknown := [word for word in related if word not in kinds]:
        raise BadRegistration(f"line {line}: related has {len(unknown)} words that are none of {', '.join(kinds)}")
    occurrences = []
    for value in re.split(r"[\s,;]+", said.get("occurrences", "")):
        code, _, when = value.partition(":")
        day = _day(when, line, "occurrences")
        if value and (not re.fullmatch(r"[0-9A-Z]{2}", code) or day is None):
            raise BadRegistration(
                f"line {line}: occurrences has what is no code with its day; write it like 01:2026-05-01"
            )
        if day is not None:
            occurrences.append((code, day))
    state = said.get("accident_state", "").upper()[:2]
    return Circumstances(onset, last_period, accident, tuple(kinds[w] for w in related), state, tuple(occurrences))


def _insured(person: Person, said: dict[str, str], relationship: str) -> Person:
    party, member = person.party, said.get("member", "")
    insured = Party(
        party.name, party.first, party.middle, person=True, id=member, id_kind="MI" if member else "",
        address=party.address,
    )  # fmt: skip
    return Person(insured, person.born, person.sex, relationship, said.get("group", ""))


def _person(said: dict[str, str], prefix: str, line: int) -> Person:
    def of(key: str) -> str:
        return said.get(f"{prefix}{key}", "")

    lines = (of("address"),) if of("address") else ()
    at = Address(lines, of("city"), of("state").upper(), re.sub(r"\D", "", of("zip"))) if lines or of("city") else None
    born = _day(of("born"), line, f"{prefix}born")
    sex = of("sex").upper()[:1]
    middle = "" if prefix else of("middle")
    return Person(Party(of("last"), of("first"), middle, person=True, address=at), born, sex if sex in "FM" else "U")


def _codes(said: dict[str, str], column: str, line: int) -> tuple[Code, ...]:
    try:
        return tuple(icd10cm(value) for value in re.split(r"[\s,;]+", said.get(column, "")) if value)
    except ValueError:
        raise BadRegistration(f"line {line}: {column} has what is no ICD-10-CM code; write it like R50.9") from None


def _day(value: str, line: int, column: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise BadRegistration(f"line {line}: {column} is not a day; write it as YYYY-MM-DD") from None
