"""Therapy: whose it is (GP, GO, GN), which evaluation, and timed treatment by the eight-minute rule.

Medicare Claims Processing Manual, chapter 5, 20.2 and 20.3: the minutes of all timed services of a day are added up; a
unit is fifteen minutes, the last one from eight on; it goes to the service of which most minutes are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import VISIT, Passage, Reading

PHYSICAL, OCCUPATIONAL, SPEECH = "GP", "GO", "GN"
_UNIT, _LAST = 15, 8
_MINUTES = re.compile(r"\b(\d{1,3})\s*-?\s*(?:minutes?|mins?)\b", re.IGNORECASE)
_DISCIPLINES = (
    (OCCUPATIONAL, re.compile(r"\boccupational therap\w+|\bOT (?:initial|daily|evaluation|note|treatment)|\bOTR\b|\bhand therap\w+", re.IGNORECASE)),
    (SPEECH, re.compile(r"\bspeech(?:[- ]language)? (?:therap|patholog)\w+|\bSLP\b|\bspeech[- ]language patholog\w+", re.IGNORECASE)),
    (PHYSICAL, re.compile(r"\bphysical therap\w+|\bPT (?:initial|daily|evaluation|note|treatment)|\bDPT\b", re.IGNORECASE)),
)  # fmt: skip
_HEAD = 400
"""Characters at the top of a note that tell whose it is."""
_BY_CODE = {
    OCCUPATIONAL: frozenset(("97165", "97166", "97167", "97168")),
    SPEECH: frozenset(("92507", "92508", "92521", "92522", "92523", "92524", "92526", "97129", "97130")),
}
_SPEECH = _BY_CODE[SPEECH] | {"92597", "92610"}
_EVALUATIONS = {
    "97161": ("97161", "97162", "97163"), "97162": ("97161", "97162", "97163"), "97163": ("97161", "97162", "97163"),
    "97165": ("97165", "97166", "97167"), "97166": ("97165", "97166", "97167"), "97167": ("97165", "97166", "97167"),
}  # fmt: skip
_COMPLEXITY = re.compile(r"\b(low|moderate|high)[- ]complexity\b|\bcomplexity\W{1,3}(?:is )?(low|moderate|high)\b", re.IGNORECASE)  # fmt: skip
_LEVELS = ("low", "moderate", "high")


def discipline(reading: Reading) -> str | None:
    """Return whose note a therapist's is by its first words, or None where they name no therapy."""
    head = reading.document.text[:_HEAD]
    found = [(m.start(), name) for name, pattern in _DISCIPLINES if (m := pattern.search(head))]
    return min(found)[1] if found else None


_REFERRED = re.compile(
    r"\b(?:referred|referral) (?:to|for) (?:skilled )?(?:outpatient )?(physical|occupational) therapy\b|\bskilled (physical|occupational) therapy (?:intervention|services?|to|for|in order)\b",
    re.IGNORECASE,
)
_GOALS = re.compile(r"\b(?:short|long)[- ]term goals?\b|\bgoals? to be (?:met|completed|achieved)\b", re.IGNORECASE)
_PROMISE = re.compile(r"\btreatment plan\b|\bplan of care\b|\bprognosis\b|\brehab\w* potential\b|\bwould benefit\b", re.IGNORECASE)  # fmt: skip
_LATER = re.compile(r"\bdischarge(?:d from)? (?:summary|physical|occupational|therapy)|\bre-?evaluation\b|\bsessions? (?:completed|attended)|\bgoals? (?:have been|has been|was|were) met\b", re.IGNORECASE)  # fmt: skip
_FIRST = {"physical": "97162", "occupational": "97166"}


def evaluation(reading: Reading) -> list[Line]:
    """Return the first evaluation that a therapist's note is by how it is built: a referral, goals, and a plan."""
    text = reading.document.text
    said = _REFERRED.search(text)
    if said is None or not (_GOALS.search(text) and _PROMISE.search(text)) or _LATER.search(text):
        return []
    document = reading.document
    passage = Passage(document, VISIT, document.section_at(said.start()), *said.span(), (), [], {})
    code = _FIRST[(said[1] or said[2]).lower()]
    made = line(code, passage, said.span(), "a therapist's first evaluation", sure=False, marks=frozenset(("therapy",)))
    if not _COMPLEXITY.search(text):
        made.reasons.append("its complexity is not told: moderate stands in")
    return [made]


def treated(lines: Iterable[Line], reading: Reading) -> list[Line]:
    """Return a note's lines with those of therapy judged: evaluation, units by minutes, GP, GO or GN."""
    every = list(lines)
    if not any(one.code in _EVALUATIONS for one in every):
        every += evaluation(reading)
    ours = [one for one in every if "therapy" in one.marks or one.code in _SPEECH]
    if not ours:
        return every
    own = discipline(reading)
    level = _COMPLEXITY.search(reading.document.text)
    for one in ours:
        if level and one.code in _EVALUATIONS:
            one.code = _EVALUATIONS[one.code][_LEVELS.index((level[1] or level[2]).lower())]
            one.reasons.append(f"{(level[1] or level[2]).lower()} complexity is stated")
        one.modifiers = (*one.modifiers, *_whose(one.code, own))
    timed = [one for one in ours if "time" in one.marks]
    if any(_minutes(one) for one in timed):
        _count(timed)
    return [one for one in every if one.units]


def _whose(code: str, own: str | None) -> tuple[str, ...]:
    """Return the modifier of a service: a code that belongs to one profession is its own, others are the note's.

    A study of voice or swallowing has none where no speech therapist's note tells it: a physician does it too.
    """
    named = next((name for name, codes in _BY_CODE.items() if code in codes), None)
    if named is None and code in _SPEECH:
        return (SPEECH,) if own == SPEECH else ()
    return (named or own or PHYSICAL,)


def _minutes(one: Line) -> int:
    """Return the minutes that stand behind a service's words in its sentence, else before them; 0 for none."""
    for passage, mention in zip(one.passages, one.mentions, strict=False):
        text, at = passage.text, mention.span.end - passage.start
        behind, before = _MINUTES.search(text, at), list(_MINUTES.finditer(text, 0, mention.span.start - passage.start))
        found = behind or (before[-1] if before else None) or _MINUTES.search(text)
        if found:
            return int(found[1])
    return 0


def _count(timed: list[Line]) -> None:
    """Set the units of timed services of one day, in place; one that reaches none keeps none."""
    minutes = [_minutes(one) for one in timed]
    total = sum(minutes)
    units = (total + _UNIT - _LAST) // _UNIT
    shares = [m // _UNIT for m in minutes]
    left = sorted(range(len(timed)), key=lambda n: -(minutes[n] % _UNIT))
    for n in left[: max(0, units - sum(shares))]:
        shares[n] += 1
    for one, spent, share in zip(timed, minutes, shares, strict=True):
        one.units = share
        one.reasons.append(f"{spent} of {total} timed minutes, {units} units in all: {share}")
