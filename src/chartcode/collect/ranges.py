"""Which way a value lies that a note does not call high or low: by adult reference intervals (``ranges.toml``)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from chartcode.model.chart import Fact, Patient

ADULT = 18
INTERVAL = "interval"
"""The attribute that says which interval made a value high or low, so that nobody takes it for the note's own word."""

_NUMBER = re.compile(r"[<>]?\s*(\d[\d,]*(?:\.\d+)?)\s*%?")
_PRESSURE = re.compile(r"(\d{2,3})\s*(?:/|over)\s*(\d{2,3})")


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("chartcode.collect").joinpath("ranges.toml").read_text("utf-8"))


def judged(fact: Fact, patient: Patient) -> Fact:
    """Return a laboratory value or vital sign of an adult with ``abnormal``, if its interval says high or low.

    What the note itself calls it stands. A value within its interval gets nothing: the note did not call it normal.
    """
    if fact.get("abnormal") or patient.age is None or patient.age < ADULT:
        return fact
    name, value = fact.get("name") or "", fact.get("value") or ""
    if fact.kind == "lab":
        found = _lab(name, value, patient.sex)
    elif name == "blood pressure" and (pressure := _PRESSURE.match(value)):
        found = _worst(*pressure.groups())
    else:
        unit = f" {fact.get('unit')}" if name == "temperature" else ""
        found = _side(_interval("vitals", name + unit, None), value)
    if found is None:
        return fact
    word, (low, high) = found
    said = (("abnormal", word), (INTERVAL, f"{low:g} to {high:g}" if low else f"up to {high:g}"))
    return replace(fact, attributes=(*fact.attributes, *said))


def _lab(name: str, value: str, sex: str | None) -> tuple[str, tuple[float, float]] | None:
    scale = _table()["scales"].get(name)
    number = _number(value)
    if scale and number is not None and number > scale["above"]:
        value = str(number / scale["by"])
    return _side(_interval("labs", name, sex), value)


def _interval(table: str, name: str, sex: str | None) -> tuple[float, float] | None:
    row = _table()[table].get(name)
    row = row.get(sex or "") if isinstance(row, dict) else row
    return (row[0], row[1]) if row else None


def _number(value: str) -> float | None:
    match = _NUMBER.fullmatch(value.strip())
    return float(match[1].replace(",", "")) if match else None


def _side(interval: tuple[float, float] | None, value: str) -> tuple[str, tuple[float, float]] | None:
    number = _number(value)
    if interval is None or number is None:
        return None
    return ("low", interval) if number < interval[0] else ("high", interval) if number > interval[1] else None


def _worst(systolic: str, diastolic: str) -> tuple[str, tuple[float, float]] | None:
    """Return what a blood pressure is by its systolic value; by the diastolic one it can only be high."""
    below = _side(_interval("vitals", "diastolic", None), diastolic)
    return _side(_interval("vitals", "systolic", None), systolic) or (below if below and below[0] == "high" else None)
