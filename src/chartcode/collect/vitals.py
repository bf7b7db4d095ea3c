"""Vital signs and body measures, with their values and units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcode.collect.places import places, within
from chartcode.collect.words import Phrases, Words
from chartcode.model.chart import Document, Fact

_LEAD = (
    r"[\s:=,]{0,3}(?:\(?[A-Z]{1,4}\)?[\s:]{1,2})?(?:(?:is|was|of|at|were|today|about|approximately"
    r"|reading|measured|noted|to|be|currently|on|admission|exam|rate|room|air|pressure|level|index"
    r"|has|been|stable|right|left|arm|sitting|standing|supine|index|mass|body|ideal|current|her|his"
    r"|now|the|a|recorded|as|oral|orally|tympanic|rectal|axillary|max|maximum"
    r"|home)[\s:,=-]{1,3}){0,6}"
)


class _Sign(NamedTuple):
    """How a vital sign is read: its name, the pattern behind its label, its unit, and the values that are possible."""

    name: str
    value: re.Pattern[str]
    unit: str
    low: float
    high: float


def _pattern(tail: str) -> re.Pattern[str]:
    """Return the pattern of a value behind a label."""
    return re.compile(_LEAD + tail, re.IGNORECASE)


_NUMBER = r"(?P<v>\d{1,3}(?:\.\d{1,2})?)"
_BP = _Sign("blood pressure", _pattern(r"(?P<v>\d{2,3}\s?(?:/|over)\s?\d{2,3})"), "mm Hg", 30, 300)
_PULSE = _Sign("pulse", _pattern(_NUMBER + r"(?!\s?[/%])"), "/min", 20, 300)
_RESP = _Sign("respirations", _pattern(_NUMBER + r"(?!\s?[/%])"), "/min", 4, 120)
_TEMP = _Sign("temperature", _pattern(_NUMBER + r"(?:\s{0,2}(?:degrees?\s{0,2})?\u00b0?(?P<u>[FC])\b)?"), "", 30, 110)
_SAT = _Sign(
    "oxygen saturation",
    _pattern(r"(?:(?:greater|more)\sthan\s)?(?P<v>\d{2,3})(?:\s?-\s?\d{2,3})?\s?%?(?!\s?/)"),
    "%",
    40,
    100,
)
_HEIGHT = _Sign(
    "height",
    _pattern(
        r"(?P<v>\d(?:\s?(?:feet|foot|ft)\.?|\s?['\u2019])\s{0,2}(?:and\s)?(?:\d{1,2}(?:[\s-]\d/\d"
        r"|\.\d)?\s?(?:inch(?:es)?|in\b\.?|\"|\u201d|'')?)?|\d{2,3}(?:\.\d+)?)\s?(?P<u>cm|centimeters"
        r"|in(?:ches)?\b|m\b)?"
    ),
    "",
    0,
    300,
)
_WEIGHT = _Sign(
    "weight",
    _pattern(r"(?P<v>\d{1,3}(?:[\s-]\d/\d|\.\d{1,3})?)\s?-?(?P<u>pounds?|lbs?|kilograms?|kgs?|kilos?|grams?|g\b)?"),
    "",
    0.3,
    900,
)
_BMI = _Sign("body mass index", _pattern(r"(?P<v>\d{2}(?:\.\d{1,2})?)"), "kg/m2", 8, 99)

_LABELS: dict[_Sign, str] = {
    _BP: "blood pressure|bp|b p|blood pressures",
    _PULSE: "pulse|heart rate|hr|pulse rate|pulses of|p",
    _RESP: "respirations|respiratory rate|respiration|rr|resp|respiratory rates|resp rate",
    _TEMP: "temperature|temp|t|temperature max|tmax",
    _SAT: (
        "oxygen saturation|o2 saturation|o2 sat|o2 sats|spo2|sao2|saturation|saturations|sat|sats|pulse "
        "ox|pulse oximetry|oxygen saturations|oxygen sats|o2 saturations|saturating|pulse "
        "oximeter|oxygen sat"
    ),
    _HEIGHT: "height|ht|tall",
    _WEIGHT: "weight|wt|weighs|weighed|weighing|body weight",
    _BMI: "bmi|body mass index",
}
_PHRASES = Phrases.of((label, sign) for sign, labels in _LABELS.items() for label in labels.split("|"))
_SHORT = frozenset({"p", "t"})
_METRIC = {
    "pound": "lb",
    "lb": "lb",
    "kilo": "kg",
    "kg": "kg",
    "gram": "g",
    "g": "g",
    "cm": "cm",
    "centi": "cm",
    "in": "in",
    "m": "m",
}
_SILENT = frozenset({"family history", "allergies"})


def vitals(document: Document, of: Words) -> Iterator[Fact]:
    """Yield vital signs; attributes ``name``, ``value``, ``unit``. Values that no living body has are left out."""
    text = document.text
    silent = places(document.sections, _SILENT)
    for found in _PHRASES.find(of):
        sign = found.value
        label = of.lower[found.first]
        if label in _SHORT and (not text[found.start].isupper() or text[found.end : found.end + 1] not in (" ", ":")):
            continue
        match = sign.value.match(text, found.end, found.end + 90)
        if match is None or within(silent, found.start):
            continue
        said = match.group("v").strip()
        number = float(re.split(r"[^\d.]", said)[0] or 0)
        if not sign.low <= number <= sign.high or (label in _SHORT and not _plausible(sign, number)):
            continue
        unit = sign.unit or _unit(sign, match.groupdict().get("u"), number, said)
        if sign is _HEIGHT and not unit:
            continue
        end = found.start + len(text[found.start : match.end()].rstrip(" ,\t\r\n"))
        span = document.span(found.start, end)
        attributes = [("name", sign.name), ("value", said), *([("unit", unit)] if unit else [])]
        yield Fact("vital", span.text, (span,), attributes=tuple(attributes))


def _plausible(sign: _Sign, number: float) -> bool:
    """Tell whether a number behind a one-letter label can be this sign."""
    return 95 <= number <= 107 or 35 <= number <= 42 if sign is _TEMP else 40 <= number <= 200


def _unit(sign: _Sign, said: str | None, number: float, value: str) -> str:
    """Return the unit as said, or the one that the number can only have."""
    if sign is _TEMP:
        return (said or ("F" if number > 80 else "C")).upper()
    if sign is _HEIGHT and not value.replace(".", "").isdigit():
        return "ft in"
    word = (said or "").lower().rstrip(".")
    return next((unit for start, unit in _METRIC.items() if word.startswith(start)), "") if word else ""
