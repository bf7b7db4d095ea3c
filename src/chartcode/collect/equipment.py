"""Equipment and devices that a note names: what the patient wears, carries, is connected to, or was given inside."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from chartcode.collect.places import places, within
from chartcode.collect.words import Found, Phrases, Words
from chartcode.model.chart import AFFIRMED, NEGATED, Document, Fact

_DOUBTFUL = "doubtful"
_SILENT = frozenset({"family history", "allergies"})

_USING = re.compile(
    r"""(?:\#?\d[\d./]*(?:-|\s)?(?:french|fr|mm|cm|gauge|inch|liters?|l|lead|hole|holed)?\b[\w\s-]{0,12}
    |\b(?:on|via|by|with|using|uses?|used|wear(?:s|ing)?|applied|placed?|plac(?:ed|ement|ing)|insert(?:ed
    |ion)|
    remov(?:ed|al)|has|had|have|secured|fixed|held|required?|given|titanium|internal|fixation|walking
    |home|supplemental|through|into)\s+(?:[\w-]+\s+){0,3})$""",
    re.IGNORECASE | re.VERBOSE,
)
_ABSENT = re.compile(
    r"\b(?:no|without|denies|not\s+(?:have|wear|use|need|require)|off|never)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)
_DONE_BEFORE = re.compile(
    r"""\b(?:(?P<removed>remov\w*|discontinu\w*|pulled|extubat\w*|explant\w*|took\s+out)
    |(?P<placed>plac(?:ed|ement\s+of|ing|e)|insert(?:ed|ion\s+of|ing)|implant(?:ed|ation\s+of)|applied|apply|application\s+of
      |fitted|deployed|fixed\s+with|secured\s+with|closed\s+with)
    |(?P<ordered>order(?:ed)?|prescri\w+|will\s+need|needs?|provide[ds]?|dispens\w+|arrange\w*|recommend\w*|start(?:ed)?\s+on)
    |(?P<used>us(?:es|ing|ed|e)|wears?|wearing|ambulat\w+\s+with|walks?\s+with|on|has|with))
    \s+(?:[\w#.-]+\s+){0,3}$""",
    re.IGNORECASE | re.VERBOSE,
)
_DONE_AFTER = re.compile(
    r"[\w\s,-]{0,30}?\b(?:was|were|is|are|has\s+been)\s+(?:(?:then|also|subsequently|successfully)\s+)?(?:(?P<removed>removed"
    r"|discontinued|pulled|withdrawn)|(?P<placed>placed|inserted|applied|implanted|deployed|positioned|secured|left)"
    r"|(?P<ordered>ordered|prescribed|recommended|provided|dispensed))\b",
    re.IGNORECASE,
)
_NOT_EQUIPMENT_AFTER = re.compile(
    r"[\s-]*(?:saturations?|sats?\b|sat\b|was\s+9\d|9\d|pocket\s+infection|reactive|cell|dependence"
    r"|consumption|requirement)",
    re.IGNORECASE,
)


@cache
def _devices() -> tuple[Phrases[str], frozenset[str]]:
    """Read the devices by phrase, and the doubtful phrases, once."""
    table = tomllib.loads(files("chartcode.collect").joinpath("devices.toml").read_text("utf-8"))["kinds"]
    doubtful = frozenset(table.pop(_DOUBTFUL))
    return Phrases.of((phrase, kind) for kind, phrases in table.items() for phrase in phrases), doubtful


def devices(of: Words) -> list[Found[str]]:
    """Return the names of equipment in a text, whatever is said of them."""
    return list(_devices()[0].find(of))


def equipment(document: Document, of: Words) -> Iterator[Fact]:
    """Yield the equipment of a note; attribute ``class`` says what it is for. What is absent is ``negated``.

    Status: ``placed``, ``removed``, ``ordered``, ``used``, or empty where the sentence does not tell.
    """
    text = document.text
    devices, doubtful = _devices()
    silent = places(document.sections, _SILENT)
    for found in devices.find(of):
        if within(silent, found.start):
            continue
        before = text[max(0, found.start - 50) : found.start]
        said = text[found.start : found.end]
        if said.lower() in doubtful and not _USING.search(before):
            continue
        if _NOT_EQUIPMENT_AFTER.match(text, found.end, found.end + 25):
            continue
        sentence = before[max(before.rfind("."), before.rfind("\n")) + 1 :]
        assertion = NEGATED if _ABSENT.search(sentence) else AFFIRMED
        span = document.span(found.start, found.end)
        status = _status(sentence, text[found.end : found.end + 60]) if assertion == AFFIRMED else ""
        attributes = (("class", found.value),)
        yield Fact("equipment", said, (span,), assertion=assertion, status=status, attributes=attributes)


def _status(before: str, after: str) -> str:
    """Return ``placed``, ``removed``, ``ordered``, ``used`` or nothing, by the verb behind the name, else before it."""
    found = _DONE_AFTER.match(after) or _DONE_BEFORE.search(before)
    return found.lastgroup or "" if found else ""
