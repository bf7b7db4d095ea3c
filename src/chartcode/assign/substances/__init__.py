"""Drugs and other substances, and what they did: poisoning, adverse effect, underdosing, toxic effect (T36-T65, I.C.19.e).

The Table of Drugs has a row a substance and a column an intent. The row is the drug that the record names; the column is
in the words around it: taken wrongly (by accident unless the record says otherwise), meant, not known, properly taken and
yet harmful, or taken too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from chartcode.assign.causes import of_the_patient
from chartcode.assign.circumstances import surroundings
from chartcode.model.chart import AFFIRMED, CODED_ENTRIES, FAMILY, HISTORICAL, OTHER_PERSON, Chart, Document, Span

ACCIDENTAL, MEANT, ASSAULT, UNDETERMINED, ADVERSE, UNDERDOSED = "123456"
"""The sixth character of T36-T50."""
_SILENT = frozenset(
    (
        "allergies",
        "past medical history",
        "past surgical history",
        "family history",
        "review of systems",
        "social history",
        "immunizations",
    )
)
_TOXINS = frozenset(("T39.01", "T39.09", "T39.1X", "T40.1X", "T40.5X", "T40.8X", "T40.71", "T43.64", "T43.65"))
"""What is poisonous rather than properly taken where the record says "toxicity" alone."""
_ILLICIT = frozenset(("T40.1X", "T40.5X", "T40.8X", "T40.71", "T40.99", "T43.64", "T43.65"))
"""What nobody prescribes: it has no adverse effect in the sense of the classification."""
_QUICK = re.compile(
    r"overdos|ingest|poison|toxic|intoxicat|adverse|side[- ]effect|induced|due to|secondary|caus|because of|reaction|underdos|complian|adheren|tak(?:e|ing)|took|given|drank|inhal|aspirat|"
    r"out of|swallow|suicid|attribut|related|associated|result|in the setting|complication|after starting|stop|discontinu|d/c|held|holding|switched|intoleran|led to|gave h|\bod\b|consumed|"
    r"inject|snort|\bate |lick|miss|skip|afford|quit|hypersens|used|filled|using"
)
"""One of these stands in every way of saying what a drug did; it is asked of a sentence before the expressions are."""
_MEANT = re.compile(
    r"\b(?:suicid\w+ (?:attempt|gesture|intent|overdose|ingestion)|attempt\w*(?: at)? suicide|intentional\w*|in an attempt to (?:kill|harm|hurt|end)|(?:to|wanted to|trying to) (?:kill|harm|hurt) (?:himself|herself|themselves)|"
    r"wanted to die|end (?:his|her) life|self[- ]harm|deliberately|purposel?y|purposefully|suicidal overdose)\b"
)
_DENIED = re.compile(
    r"\b(?:no|not|non|denie[sd]|deny|denying|without|never|unclear (?:if|whether)|rather than)\b[^.;]{0,40}$"
)
_UNKNOWN = re.compile(
    r"\b(?:undetermined intent|intent(?:ion)?s?(?: is| was| of \w+ \w+ is)? (?:unknown|unclear|undetermined)|"
    r"(?:unknown|unclear|undetermined|uncertain|cannot be determined) (?:if|whether)[^.;]{0,30}?(?:intentional|accident\w*|on purpose|suicid\w+))"
)
_FIRST_OF_NO_USE = "T51"
_INHALED = re.compile(r"\b(?:inhal\w+|aspirat\w+|drank|licked)(?: of)?(?: (?:an?|the|some))* $")
_USE = r"(?: (?:use|therapy|treatment|administration|toxicity|ingestion|infusion|injection|medication|level|levels))?"
_OF = (
    r"(?:(?:his|her|their|the|an?|some|recent|long[- ]term|chronic|high[- ]dose|oral|iv|intravenous|inhaled|topical|daily|prior|recently started|newly started|new|prophylactic|prescribed|concomitant|(?:high |low |large |multiple )?doses? of|use of|effects? of|"
    r"administration of|initiation of|treatment with|therapy with|exposure to) |\d+ ?mg )*"
)
_CAUSED = re.compile(
    rf"(?:due to|secondary to|caused by|induced by|because of|attribut(?:ed|able) to|related to|resulting from|as a (?:result|side effect|complication) of|in the setting of|from (?:taking|using|starting)|after (?:starting|taking)) {_OF}$"
)
_STOPPED = re.compile(
    rf"(?:stop\w*|discontinu\w+|d/c'?d|held|holding|switched (?:off )?from|taken off|intoleran\w+ (?:to|of)) {_OF}$"
)
_BECAUSE = (
    r"(?:due to|because of|secondary to|as it caused|because it caused|on account of|after (?:he|she) developed|for)"
)
_FOR = re.compile(
    rf"^(?:,? (?:was|were|has been|had been|is)(?: (?:stopped|discontinued|held|changed))?)?,? {_BECAUSE} "
)
_STOPPED_FOR = re.compile(rf"^,? (?:was|were|has been|had been) (?:stopped|discontinued|held) {_BECAUSE} ")
_REACTED = re.compile(
    rf"(?:adverse (?:drug )?(?:effects?|reactions?|events?)|side[- ]effects?|toxicity|reactions?|hypersensitivity|intoxication) (?:of|to|from|with|due to|secondary to) {_OF}$"
)
_CAUSES = re.compile(
    rf"^{_USE}(?: and \w+)?(?:[- ]induced|[- ](?:related|associated)(?= )|,? (?:which )?(?:caus(?:ed|es|ing)|resulted in|led to|gave (?:him|her)))\b"
)
_TOXIC = re.compile(r"^(?: \w+)? (?:toxicity|intoxication|side[- ]effects?|adverse (?:effect|reaction)|reaction)\b")
_OVERDOSE_BEFORE = re.compile(
    rf"(?:overdos\w+|\bod|poison\w*|ingest\w+|intoxication)(?: (?:of|on|with|from|by|due to|secondary to))? (?:multiple |several |unknown |large |massive |acute |about |approximately |at least |up to |roughly |\d+(?:-\d+)? )*(?:(?:amounts?|quantit\w+|doses?|bottles?|handfuls?|tablets?|pills|number) of )?{_OF}$"
)
_OVERDOSE_AFTER = re.compile(r"^(?: \w+){0,2}? (?:overdos\w+|poisoning|ingestion|od)\b")
_TOOK = re.compile(
    rf"\b(?:took|taken|taking|swallow\w+|ingest\w+|consumed|drank|injected|snorted|overdos\w+ on|ate) (?:an? |the |about |approximately |up to |at least |\d+(?:[- ]\d+)? |unknown |whole |entire |full |several |many |too many |two |three |four |five |six |ten |or |to |large |extra )*"
    rf"(?:(?:amounts?|quantity|quantities|doses?|bottles?|bottle full|handfuls?|tablets?|pills|capsules|tabs) (?:of |full of )?)?{_OF}(?:(?:grand\w+'s|mother's|father's|wife's|husband's|sister's|brother's) )?$"
)
_WRONGLY = re.compile(
    r"\b(?:overdos\w+|accidental\w*|unintentional\w*|by mistake|suicid\w*|too (?:many|much)|handful|whole bottle|entire bottle|poison\w*|wrong (?:drug|medication|dose|pill)|double dose|extra dose)\b"
)
_GIVEN = re.compile(
    rf"\b(?:was|were|been) given (?:an? |the |about |entire |whole |\d+(?:\.\d+)? ?|mg |mcg |units )*(?:of )?{_OF}$"
)
_BY_MISTAKE = re.compile(
    r"\b(?:by mistake|mistaken\w*|accidentally|inadvertently|erroneously|(?:rather than|instead of) (?:the |his |her )?(?:usual |prescribed )?\d|wrong (?:drug|medication|dose|pill))\b"
)
_NOT_TAKEN = re.compile(
    rf"(?:underdos\w+ (?:of|with)|(?:stopped|quit|discontinued) (?:taking|using) |(?:not|n't|never)(?: been)? (?:taking|taken|take|using|used|compliant with|filled)|has not taken|non-?complian\w+ (?:with|to)|non-?adheren\w+ (?:with|to)|"
    rf"ran out of|out of|run out of|miss(?:ed|ing)(?: (?:several|multiple|some|\w+))?(?: doses)?(?: of)?|skipp\w+(?: doses)?(?: of)?|unable to afford|(?:could|can)(?: ?not|n't) afford|(?:took|taken|take)s? (?:himself|herself) off(?: of)?)\s*(?:all |any |most )?(?:of )?{_OF}$"
)
_PHYSICIAN = re.compile(
    r"\b(?:we|i|doctor|physician|provider|dr\.?|by (?:his|her) \w+|will|should|plan|recommend\w*|was (?:stopped|discontinued|held)|instructed|told|advised)\b"
)
_OLD = re.compile(r"\b(?:years? ago|in the past|history of|previous(?:ly)?|prior|as a child|allerg\w+)\b")
_REACH = 110


class Effect(NamedTuple):
    """What a drug did: the code without its seventh character, the column, and the words that say it.

    ``plain`` tells that the words name the effect itself (an adverse effect, an overdose) and need no other condition.
    """

    stem: str
    column: str
    span: Span
    plain: bool


_FIRST_WORD = re.compile(r"(?<![\w-])\w+")


@lru_cache(maxsize=1)
def drugs() -> dict[str, str]:
    """Return the subcategory of each name of the table of this room."""
    stems: dict[str, str] = {}
    text = resources.files(__package__).joinpath("drugs.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            stem, names = line.split("\t")
            stems |= dict.fromkeys(names.split("; "), stem)
    return stems


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(drugs(), key=len, reverse=True):
        first = _FIRST_WORD.match(name)
        found.setdefault(first.group() if first else name, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


def _named(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start, end and subcategory of each drug that a text in small letters names, the longest name of each."""
    names = _by_first_word()
    if names.keys().isdisjoint(_FIRST_WORD.findall(text)):
        return
    last = 0
    for word in _FIRST_WORD.finditer(text):
        start = word.start()
        for name in names.get(word.group(), ()) if start >= last else ():
            end = start + len(name)
            if text.startswith(name, start) and not text[end : end + 1].isalnum():
                last = end
                yield start, end, drugs()[name]
                break


def effects(chart: Chart) -> Iterator[Effect]:
    """Yield what the drugs that a chart names did, in the order in which it tells it."""
    for document in chart.documents:
        if document.kind != CODED_ENTRIES:
            yield from _of_document(document)


def intent(chart: Chart) -> str:
    """Return the column of a poisoning that the chart tells: by accident unless it says otherwise."""
    column = ACCIDENTAL
    for document in chart.documents:
        if document.kind == CODED_ENTRIES:
            continue
        text = surroundings(document).context.small
        for found in _MEANT.finditer(text):
            if (
                document.section_at(found.start()) not in _SILENT
                and not _DENIED.search(text[max(0, found.start() - 60) : found.start()])
                and not _OLD.search(text[max(0, found.start() - 40) : found.end() + 25])
            ):
                return MEANT
        if _UNKNOWN.search(text):
            column = UNDETERMINED
    return column


def _of_document(document: Document) -> Iterator[Effect]:
    context = surroundings(document).context
    text = context.small
    if not _QUICK.search(text):
        return
    poisoned: list[tuple[int, str]] = []
    for start, end, stem in _named(text):
        section = document.section_at(start)
        if section in _SILENT:
            continue
        first, last = context.near(start)
        if not _QUICK.search(text, first, last):
            continue
        before = text[max(first, start - _REACH) : start].replace("\n", " ").replace('"', "")
        after = text[end : min(last, end + 60)].replace("\n", " ")
        column, plain = _column(before, after, stem, text[first:last])
        if (
            not column
            and poisoned
            and poisoned[-1][0] == first
            and re.fullmatch(r".*(?:,|\band\b|\bor\b|\bplus\b|,? with)(?: \w+)? ", before)
        ):
            column, plain = poisoned[-1][1], True  # a list: "overdose of hydroxyzine and trazodone"
        if not column:
            continue
        meant, cue = context.assertion(start, end, section)
        patients = meant in (FAMILY, OTHER_PERSON) and of_the_patient(context, cue, start, end)
        if column != UNDERDOSED and meant not in (AFFIRMED, HISTORICAL) and not patients:
            continue
        if _OLD.search(text[max(first, start - 60) : min(last, end + 40)]):
            continue
        if column in (ACCIDENTAL, MEANT):
            poisoned.append((first, column))
        yield Effect(stem, column, document.span(start, end), plain)


def _column(before: str, after: str, stem: str, sentence: str) -> tuple[str, bool]:
    """Return the column that the words around a drug tell, and whether they name the effect itself; "" for none."""
    if _OVERDOSE_BEFORE.search(before) or _OVERDOSE_AFTER.search(after):
        return ACCIDENTAL, True
    if stem >= _FIRST_OF_NO_USE:  # T51-T65: what nobody takes properly
        taken = _TOOK.search(before) or _INHALED.search(before) or _TOXIC.search(after)
        return (ACCIDENTAL, True) if taken else ("", False)
    if _TOOK.search(before) and _WRONGLY.search(sentence):
        return ACCIDENTAL, True
    if _GIVEN.search(before) and _BY_MISTAKE.search(sentence):
        return ACCIDENTAL, True
    if _TOXIC.search(after) or _REACTED.search(before):
        toxin = stem in _TOXINS and "toxi" in before[-30:] + after[:30]
        return (ACCIDENTAL if toxin else ADVERSE), True
    if _NOT_TAKEN.search(before):
        return ("" if _PHYSICIAN.search(before) else UNDERDOSED), "underdos" in before
    harmed = (
        _CAUSED.search(before)
        or _CAUSES.search(after)
        or (_STOPPED.search(before) and _FOR.search(after))
        or _STOPPED_FOR.search(after)
    )
    if harmed and stem not in _ILLICIT:
        return ADVERSE, False
    return "", False
