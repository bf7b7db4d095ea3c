"""Medications that a note names, with dose, route and frequency where it gives them.

Names come from ``drugs.toml``. In a list of medications an unknown name with a dose is taken as well. A word that is
also a laboratory value or a food counts only in such a list, with a dose, or behind a word of giving.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from chartcode.collect import giving
from chartcode.collect.places import Places, touched
from chartcode.collect.words import Found, Phrases, Words
from chartcode.model.chart import AFFIRMED, HYPOTHETICAL, NEGATED, Document, Fact

LISTS = frozenset({"medications", "discharge medications"})
SILENT = frozenset({"allergies", "family history"})
"""Parts whose drug names are no medications of the patient."""

_TAIL = 110
"""How far behind a name its dose may stand, in characters."""

_UNIT = (
    r"(?:milligrams?|micrograms?|mcgs?|mgs?|grams?|gms?|g|meqs?|milliequivalents?"
    r"|international\ units|units?|iu|mls?|ccs?|%|puffs?"
    r"|tab(?:let)?s?|cap(?:sule)?s?|drops?|gtts?|sprays?|patch(?:es)?|scoops?|teaspoons?|tsp|ounces?"
    r"|packs?|vials?|amps?|million\ units)"
)
_DOSE = re.compile(
    rf"""(?<![\w.])(?:\d[\d,]*(?:\.\d+)?|\.\d+|one|two|three|half)(?:\s?(?:-|to|/)\s?\d[\d,.]*)*
    (?:\s*-?\s*{_UNIT}(?:\s?/\s?(?:kg|hr?|hour|day|min|{_UNIT}))*)(?![A-Za-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_STRENGTH = re.compile(
    r"\s{0,2}(?:at\s|of\s|-\s)?(\d[\d,]*(?:\.\d+)?(?:/\d[\d.]*)*)(?![\d%]|\s*(?:years?|days?|weeks?"
    r"|months?|hours?|[:)]))",
    re.IGNORECASE,
)
_ROUTE = re.compile(
    r"""\b(?:p\.?\s?o\b\.?|by\ mouth|oral(?:ly)?|i\.?v\b\.?|intravenous(?:ly)?|i\.m\.|IM\b
    |intramuscular(?:ly)?|sub\s?-?\s?(?:cu|q)\b|subcut(?:aneous(?:ly)?)?|s\.?q\b\.?
    |s\.?c\b\.|sublingual(?:ly)?|s\.l\.|SL\b|topical(?:ly)?|inhaled|inhalation|nebuliz(?:ed|er)
    |per\ rectum|p\.r\.(?!n)|rectal(?:ly)?|transdermal|intranasal(?:ly)?|nasal(?:ly)?|each\ nostril
    |ophthalmic
    |(?:each|both|right|left)\ eyes?|o\.?[us]\.|vaginal(?:ly)?|intrathecal(?:ly)?|per\ (?:g
    |peg)-?\s?tube)(?![A-Za-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_EVERY = re.compile(
    r"""\b(?:q\.?\s?(?:\d+(?:\s?(?:-|to)\s?\d+)?\s?-?(?:h(?:ou)?rs?|hourly|h|days?|weeks?|minutes)?|a\.?m
    |p\.?m|h\.?s|o\.?d|d|day|week|month|h|morning|evening|noon|shift|other\ day)\b\.?
    |b\.?\s?i\.?\s?d\b\.?|t\.?\s?i\.?\s?d\b\.?|q\.?\s?i\.?\s?d\b\.?|(?:once|twice|one\ time|two\ times
    |three\ times|four\ times|\d\ times)(?:\ (?:a|per|each|every))?\s?(?:day|daily|week|weekly|month)
    |(?:every|each)\ (?:other\ )?(?:\w+(?:\ to\ \w+)?\ )?(?:day|morning|evening|night|hours?|week|weeks
    |month|months|bedtime|days|sunday|monday|tuesday|wednesday|thursday|friday|saturday)
    |daily|nightly|weekly|monthly|(?:at|q|before)\ ?(?:bedtime|h\.?s\b\.?)|a\ day|per\ day|with\ meals
    |before\ meals|hourly)""",
    re.IGNORECASE | re.VERBOSE,
)
_NEEDED = re.compile(r"\b(?:p\.?\s?r\.?\s?n\b\.?|as\ needed)", re.IGNORECASE | re.VERBOSE)
_BEFORE = re.compile(
    rf"""(?:(?P<dose>\d[\d,.]*(?:\s?(?:-|to)\s?\d[\d.]*)?\s*-?\s*{_UNIT}(?:\s?/\s?kg)?)(?:\s+(?:bolus
    |dose|drip))?\s+(?:of\s+)?)?
    (?:(?P<route>i\.?v\.?|intravenous|oral|po|p\.o\.|topical|nebulized|subcutaneous|inhaled|intramuscular
    |im|sublingual|supplemental)\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_GIVING = re.compile(
    r"""\b(?:on|taking|takes?|took|given|give|gave|start(?:ed|ing)?|received?|receiving|continued?
    |use[sd]?|using|prescribed?|prescription\ for|refill(?:ed)?|add(?:ed)?|increased?|treated\ with
    |therapy\ with
    |administered|supplement(?:al|ation|ed)?|home|topical|oral|high-dose|low-dose|iv|intravenous|p\.?o\.?
    |p\.o\.|course\ of|tapered?|injected|broad-spectrum|broad\ spectrum|further|long-term|chronic|mild|via
    |units\ of|with)
    \s+(?:(?:the|his|her|some|a|an|any|of|to|all|with)\s+)*(?:\w+\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
_DENIED = re.compile(
    r"\b(?:no|not\s+(?:on|taking|using|given)|denies|never|without|declined|refused|avoid"
    r"|instead\s+of)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_ALLERGIC = re.compile(
    r"\b(?:allerg(?:y|ic|ies)|intoleran(?:t|ce)|sensitiv(?:e|ity)|resistant|reaction"
    r"|anaphyla\w+)\b(?:\s+\w+)?\s+(?:to\s+)?(?:[\w,-]+\s+){0,3}$",
    re.IGNORECASE,
)
_STOPPED_BEFORE = re.compile(
    r"\b(?:stop(?:ped)?|discontinued?|held|hold(?:ing)?|off(?:\s+of)?|d/c(?:'?d)?|weaned|failed"
    r"|previously\s+on)\s+(?:(?:the|his|her|all|of|on)\s+)*(?:\w+\s+)?$",
    re.IGNORECASE,
)
_STOPPED_AFTER = re.compile(
    r"[\w\s,./-]{0,30}?\b(?:was|were|has\ been|is|have\ been)\s+(?:stopped|discontinued|held|tapered\s+off)\b",
    re.IGNORECASE,
)
_NOT_A_DRUG_AFTER = re.compile(
    r"(?:[- ](?:dependent|resistant|requiring|deficien\w+|levels?|resistance|allergy|allergies"
    r"|allergic|sensitivity|saturations?|toxicity|therapy\s+resistant|naive|induced|studies|binding"
    r"|intake|clearance|scan|stain|enema\s+(?:showed|study)|swallow|stones?|channel|score|antibod\w+"
    r"|products)|\s(?:was|is|of)\s+\d|\s+\d+(?:\.\d+)?\s*(?:,|and|\.\s)|\s*:?\s*\d+\.\d\b)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;]\s|\n\s*(?=[A-Z\d-])|\.,")
_NON = re.compile(r"\bnon-?\s?$", re.IGNORECASE)
_BREAK = re.compile(r"\n|;|\.\s+(?=[A-Z0-9])|\.,|,(?=[A-Z])|\b(?:and|but|who|which|because)\b\s(?!\d)")
_UNKNOWN = re.compile(
    r"(?:^|(?<=[\n,;:])|(?<=\.\s)|(?<=\d\.\s\s)|(?<=\band\s))\s{0,3}"
    r"([A-Z][A-Za-z]{2,}(?:[- ][A-Za-z]{2,}){0,2}?)[ ,]{1,2}"
    rf"(?=\d[\d.,/-]*\s*{_UNIT}\b)",
    re.MULTILINE,
)
_NO_NAMES = (
    "take takes taking one two the she he patient with total dose about approximately every for and "
    "increase decrease continue start weight blood pressure temperature last tablet"
)
_NOT_UNKNOWN = frozenset(_NO_NAMES.split())


class Drug(NamedTuple):
    """A drug by its generic name, its class, and whether the word is often something else."""

    generic: str
    kind: str
    doubtful: bool


@cache
def _drugs() -> Phrases[Drug]:
    """Read the drugs, once."""
    table = tomllib.loads(files("chartcode.collect").joinpath("drugs.toml").read_text("utf-8"))
    doubtful = frozenset(table["doubtful"]["names"])
    pairs: list[tuple[str, Drug]] = []
    for kind, rows in table["classes"].items():
        for row in rows:
            generic, _, others = row.partition(" = ")
            names = [generic, *(name.strip() for name in others.split(",") if name.strip())]
            pairs += [(name, Drug(generic, kind, name in doubtful)) for name in names]
    return Phrases.of(pairs)


def named(of: Words) -> list[Found[Drug]]:
    """Return the drug names of a text, whatever is said of them."""
    return list(_drugs().find(of))


def medications(document: Document, drugs: list[Found[Drug]]) -> Iterator[Fact]:
    """Yield the medications of a note.

    Attributes: ``generic``, ``class``, ``dose``, ``route``, ``frequency``, ``as needed``. Status: ``home`` (a list of
    medications), ``discharge``, ``given``, ``ordered``, ``stopped``, or empty. A drug that the
    patient does not take is ``negated``.
    """
    text = document.text
    listed = [(s.body, s.end, s.name) for s in document.sections if s.name in LISTS | SILENT]
    at = 0
    for index, drug in enumerate(drugs):
        while at < len(listed) and listed[at][1] <= drug.start:
            at += 1
        section = listed[at][2] if at < len(listed) and listed[at][0] <= drug.start else ""
        if section in SILENT:
            continue
        limit = drugs[index + 1].start if index + 1 < len(drugs) else len(text)
        fact = _fact(document, drug, section, min(limit, drug.end + _TAIL))
        if fact is not None:
            yield fact
    taken = [(d.start, d.end) for d in drugs]
    for start, end, name in listed:
        if name in LISTS:
            yield from _unknown(document, start, end, name, taken)


def _fact(document: Document, drug: Found[Drug], section: str, limit: int) -> Fact | None:
    """Return the fact of one name, or None if it is no medication here."""
    text = document.text
    value = drug.value
    before = text[max(0, drug.start - 60) : drug.start]
    if _NON.search(before):
        return None
    tail = text[drug.end : limit]
    stop = _BREAK.search(tail)
    tail = tail[: stop.start()] if stop else tail
    details, length = _details(tail, exact=not value.doubtful or section in LISTS)
    lead = _BEFORE.search(before)
    start = drug.start
    if lead and (lead.group("dose") or lead.group("route")):
        start = max(0, drug.start - 60) + lead.start()
        for name in ("dose", "route"):
            if lead.group(name) and lead.group(name).lower() != "supplemental":
                details.setdefault(name, lead.group(name))
    dosed = "dose" in details or "frequency" in details or "route" in details
    if _NOT_A_DRUG_AFTER.match(text, drug.end, drug.end + 30) and not ("frequency" in details or "route" in details):
        return None
    if value.doubtful and section not in LISTS and not dosed and not _GIVING.search(before):
        return None
    sentence = before[max(before.rfind("."), before.rfind("\n")) + 1 :]
    if section not in LISTS and _ALLERGIC.search(sentence):
        return None
    part = document.section_at(drug.start)
    status = {"medications": "home", "discharge medications": "discharge"}.get(section, "")
    assertion = AFFIRMED
    if _STOPPED_BEFORE.search(sentence) or _STOPPED_AFTER.match(text, drug.end, drug.end + 60):
        status = "stopped"
    elif section not in LISTS and _DENIED.search(sentence):
        assertion = HYPOTHETICAL if "avoid" in sentence.lower() else NEGATED
    elif not status:
        status = giving.status(_sentence(text, drug.start), text[drug.end : drug.end + 90], part, dosed=dosed)
    attributes = (("generic", value.generic), ("class", value.kind), *details.items())
    end = drug.end + length
    said = text[start:end].strip(" ,.;")
    return Fact("medication", said, (document.span(start, end),), None, assertion, None, "provider", status, attributes)


def _sentence(text: str, start: int) -> str:
    """Return what stands before a name in its sentence, at most a line or two."""
    before = text[max(0, start - 200) : start]
    ends = [match.end() for match in _SENTENCE.finditer(before)]
    return before[ends[-1] :] if ends else before


def _details(tail: str, *, exact: bool) -> tuple[dict[str, str], int]:
    """Return dose, route, frequency in the words behind a name, and how many characters they take."""
    found: dict[str, str] = {}
    length = 0
    dose = _DOSE.search(tail)
    if dose:
        found["dose"] = dose.group().strip()
        length = dose.end()
    elif exact and (strength := _STRENGTH.match(tail)):
        found["dose"] = strength.group(1)
        length = strength.end()
    for name, pattern in (("route", _ROUTE), ("frequency", _EVERY), ("as needed", _NEEDED)):
        match = pattern.search(tail)
        if match:
            found[name] = "yes" if name == "as needed" else match.group().strip(" ,")
            length = max(length, match.end())
    return found, length


def _unknown(document: Document, start: int, end: int, section: str, taken: Places) -> Iterator[Fact]:
    """Yield the names with a dose in a list of medications that no book of ours knows."""
    for match in _UNKNOWN.finditer(document.text, max(0, start - 3), end):
        name = match.group(1)
        at, stop = match.span(1)
        if name.split()[0].lower() in _NOT_UNKNOWN or touched(taken, at, stop + 3):
            continue
        tail = document.text[stop : min(end, stop + _TAIL)]
        cut = _BREAK.search(tail)
        details, length = _details(tail[: cut.start()] if cut else tail, exact=True)
        span = document.span(at, stop + length)
        status = "discharge" if section == "discharge medications" else "home"
        yield Fact("medication", span.text.strip(" ,.;"), (span,), status=status, attributes=tuple(details.items()))
