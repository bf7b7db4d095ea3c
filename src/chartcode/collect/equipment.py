"""Equipment and devices that a note names: what the patient wears, carries, is connected to, or was given inside."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from chartcode.collect.places import places, within
from chartcode.collect.words import Phrases, Words
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


def equipment(document: Document, of: Words) -> Iterator[Fact]:
    """Yield the equipment of a note; attribute ``class`` says what it is for. What is absent is ``negated``."""
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
        yield Fact("equipment", said, (span,), assertion=assertion, attributes=(("class", found.value),))
