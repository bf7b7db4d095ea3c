"""What the front desk knows of a patient and a clinical record does not say: a CSV, one row for each case.

Names, address and insurance come from registration; Chartcode keeps none of them in its results.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from chartcode.model.claim import SELF, Address, Party, Person
from chartcode.model.code import Code, icd10cm

COLUMNS = (
    "case", "last", "first", "middle", "born", "sex", "address", "city", "state", "zip", "member", "group", "payer",
    "relationship", "subscriber_last", "subscriber_first", "subscriber_born", "subscriber_sex", "subscriber_address",
    "subscriber_city", "subscriber_state", "subscriber_zip", "authorization", "original", "frequency",
    "admission_type", "admission_source", "admission_hour", "discharge_hour", "admitting_diagnosis", "reason_for_visit",
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
        return Registration(said["case"], _insured(own, said, SELF), None, said.get("payer", ""), *codes, said)
    subscriber = _insured(_person(said, "subscriber_", line), said, "")
    patient = Person(own.party, own.born, own.sex, relationship)
    return Registration(said["case"], subscriber, patient, said.get("payer", ""), *codes, said)


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
