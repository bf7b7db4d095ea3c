"""Laboratory values: name, value, unit, and whether the note calls it high, low, positive or negative."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from chartcode.collect.places import places, within
from chartcode.collect.words import Phrases, Words
from chartcode.model.chart import Document, Fact

_SILENT = frozenset({"medications", "discharge medications", "family history", "allergies"})

_UNIT = (
    r"%|mg\s?/\s?dl|g\s?/\s?dl|gm/dl|mmol/l|meq/l|ng/ml|ng/dl|pg/ml|mcg/dl|u/l|iu/l|units/l|k(?:/u?l)?\b(?!\s?\d)|mm/hr|mm|million|thousand|mg%"
    r"|miu/ml|uiu/ml|ml/min|mg/l|g/l|umol/l|x?\s?10\^\d{1,2}/u?l|cells/u?l|/ul\b"
)
_VALUE = re.compile(
    rf"""[\s:=,-]{{0,3}}(?:\((?!\d)[^)\n]{{1,15}}\)[\s:,]{{0,2}})?
    (?:(?:level|levels|count|value|result|results|was|is|are|were|of|at|has|have|had|been|came|back|today
    |noted|found|showed|shows|reveals?|revealed|to|be|with|a|an|the|currently|now|again
    |approximately|about|only|initially|on|admission|estimated|up|down|total|serum|slightly|mildly|still
    |also|test|his|her|for|by|drawn|greater\ than|less\ than|screen|and|elevated\ at|low\ at|stable\ at
    |normal\ at)[\s:,=]{{1,3}}){{0,6}}
    (?:(?P<v>[<>]?\s?\d{{1,6}}(?:,\d{{3}})?(?:\.\d{{1,3}})?(?:\s?(?:-
    |to)\s?\d{{1,3}}(?:\.\d+)?(?=\s?%))?)(?![\d/+]|-\d|\s?(?:mg|mcg|meq|units?|grams?|tablets?)\s+(?:p\.?o|daily
    |b\.?i|t\.?i|q|iv|a\ day|orally|twice|once)|:\d|\s(?:years?|weeks?|months?|days?|hours?)\b)
      \s{{0,3}}(?P<u>{_UNIT})?
    |(?P<w>within\ normal\ limits|normal|negative|positive|elevated|high|low|pending|unremarkable
    |nonreactive|reactive|trace|no\ growth|undetectable|therapeutic)\b)
    \s?(?P<f>\((?:H|L|high|low|elevated)\)|\b[HL]\b(?=[\s,;.]))?(?:\s{{1,3}}(?P<after>{_UNIT})(?![A-Za-z]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_FLAG_BEFORE = re.compile(
    r"\b(?P<w>elevated|increased|high|low|decreased|normal|positive|negative)\s+(?:serum\s+)?$", re.IGNORECASE
)
_FLAGS = {
    "high": ("high", "elevated", "increased", "h"),
    "low": ("low", "decreased", "l"),
    "positive": ("positive", "reactive"),
    "negative": ("negative", "nonreactive", "no growth"),
    "normal": ("normal", "within normal limits", "unremarkable"),
}
_FLAG = {said: flag for flag, words in _FLAGS.items() for said in words}
_ABBREVIATED = "na cl cr pt ck ef ph hb alt ast ana mag ua bun cea heme crit phos anc plt"
_CAPITALS = frozenset(_ABBREVIATED.split())
"""Abbreviations that are words or parts of words in small letters."""

_AS_WORDS = frozenset(
    (
        "urinalysis",
        "urine culture",
        "blood culture",
        "sputum culture",
        "stool guaiac",
        "drug screen",
        "pregnancy test",
        "rapid strep",
        "rpr",
        "hiv test",
        "hepatitis b surface antigen",
        "influenza test",
    )
)
"""Tests whose result is a word: a number behind their name is none."""


@cache
def _tests() -> Phrases[str]:
    """Read the tests, once."""
    table = tomllib.loads(files("chartcode.collect").joinpath("labs.toml").read_text("utf-8"))["names"]
    return Phrases.of((phrase, name) for name, phrases in table.items() for phrase in phrases)


def labs(document: Document, of: Words) -> Iterator[Fact]:
    """Yield laboratory values; attributes ``name``, ``value``, ``unit``, ``abnormal`` (high, low, positive, ...)."""
    text = document.text
    silent = places(document.sections, _SILENT)
    for found in _tests().find(of):
        if found.after == found.first + 1 and of.lower[found.first] in _CAPITALS and not text[found.start].isupper():
            continue
        match = _VALUE.match(text, found.end, found.end + 90)
        if match is None or within(silent, found.start):
            continue
        number, word, flag = match.group("v"), match.group("w"), match.group("f")
        if number and found.value in _AS_WORDS:
            continue
        before = _FLAG_BEFORE.search(text, max(0, found.start - 25), found.start)
        said = (flag or word or (before.group("w") if before else "")).strip("()").lower()
        end = found.start + len(text[found.start : match.end()].rstrip(" ,\t\r\n"))
        span = document.span(found.start, end)
        attributes = [("name", found.value), ("value", (number or word or "").strip())]
        if unit := match.group("u") or match.group("after"):
            attributes.append(("unit", unit.strip()))
        if said in _FLAG:
            attributes.append(("abnormal", _FLAG[said]))
        yield Fact("lab", span.text, (span,), attributes=tuple(attributes))
