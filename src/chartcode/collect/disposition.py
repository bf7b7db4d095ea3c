"""Where the patient went: the discharge status as on a claim, two digits (UB-04 form locator 17, NUBC)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcode.model.chart import Section

_TO = (
    r"(?:discharge[ds]?|transfer(?:red|s)?|sent|released|disposition|going|go|dispo|placed|placement"
    r"|return(?:ed)?|admitted)\W{1,3}(?:\w+\W+){0,9}?(?:to\W+|in\W+|at\W+|with\W+|under\W+|:\W*)?"
)

_STATUSES: tuple[tuple[str, str], ...] = (
    ("20", (
        r"(?:patient|he|she|who|and|subsequently|infant|was)\s+(?:\w+\s+){0,2}?(?:expired"
        r"|was pronounced dead|pronounced dead|died)\b(?!\s+(?:of|from|at age|in \d{4}))"
        r"|\bdisposition\W+(?:expired|deceased|death|morgue)|cause of death"
    )),
    ("07", r"\bagainst\s+(?:medical|my|our)\s+advice\b|\b(?:left|signed out)\s+ama\b|\bAMA\b"),
    ("50", _TO + (
        r"(?:\w+\W+){0,3}?(?:home\s+(?:with\s+|on\s+|under\s+)?hospice|hospice\s+(?:care\s+)?at\s+home"
        r"|home\s+hospice)"
    )),
    ("51", _TO + r"(?:\w+\W+){0,3}?(?:inpatient\s+hospice|hospice)"),
    ("62", _TO + (
        r"(?:\w+\W+){0,5}?(?:inpatient\s+rehab\w*|acute\s+rehab\w*|rehabilitation\s+(?:hospital|unit"
        r"|center|facility)|rehab\s+(?:hospital|unit|center|facility)|rehab\b)"
    )),
    ("63", _TO + r"(?:\w+\W+){0,5}?(?:long[- ]term\s+acute\s+care|ltach?\b|kindred|select\s+specialty)"),
    ("03", _TO + (
        r"(?:\w+\W+){0,5}?(?:skilled\s+nursing|snf\b|skilled\s+facility|extended\s+care\s+facility|ecf\b"
        r"|transitional\s+care)"
    )),
    ("65", _TO + (
        r"(?:\w+\W+){0,5}?(?:psychiatric\s+(?:hospital|facility|unit)|inpatient\s+psych\w*"
        r"|behavioral\s+health)"
    )),
    ("43", _TO + r"(?:\w+\W+){0,3}?(?:va\s+hospital|veterans?\W+(?:\w+\W+)?hospital)"),
    ("21", _TO + r"(?:\w+\W+){0,3}?(?:jail|prison|police\s+custody|correctional|law\s+enforcement)"),
    ("04", _TO + r"(?:\w+\W+){0,4}?(?:nursing\s+home|intermediate\s+care|custodial\s+care|long[- ]term\s+care)"),
    ("02", (
        r"\btransfer(?:red|s)?\s+(?:\w+\s+){0,4}?to\s+(?:\w+\s+){0,4}?(?:another\s+hospital|hospital\b"
        r"|medical\s+center|tertiary\s+care|higher\s+level\s+of\s+care)"
    )),
    ("06", _TO + (
        r"(?:home\W+)(?:\w+\W+){0,6}?(?:home\s+health|visiting\s+nurse|home\s+nursing|vna\b|home\s+care"
        r"|home\s+iv|home\s+physical\s+therapy)|\bhome\s+health\s+(?:care|nurs\w+|services|aide|agency"
        r"|therapy)\b"
    )),
    ("01", _TO + (
        r"(?:\w+\W+){0,3}?(?:home|his\s+home|her\s+home|parents|family|mother|group\s+home"
        r"|assisted\s+living|shelter|self[- ]care|apartment)\b|\bhome\s+(?:in\s+(?:stable|good)|today)"
        r"|\bdischarge\s+home\b"
    )),
)  # fmt: skip
_PATTERNS = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _STATUSES)
_NEAR = re.compile(
    r"\b(?:discharg|transfer|disposition|dispo\b|expired|pronounced|died|cause of death"
    r"|against (?:medical|my|our) advice|\bama\b|hospice|sent home|released|home health|going home"
    r"|go home)",
    re.IGNORECASE,
)
_PARTS = (
    "disposition",
    "condition",
    "discharge instructions",
    "follow-up",
    "hospital course",
    "emergency department course",
    "plan",
    "assessment and plan",
    "",
)
_STORY = frozenset({"hospital course", "emergency department course", "plan", "assessment and plan", ""})
_STEP = 160
_MOST = 12
"""The most places of one part that are asked."""


def disposition(text: str, sections: Iterable[Section]) -> str | None:
    """Return the discharge status, or None where the note does not say it.

    The part headed disposition is asked first, then the discharge parts, then the end of the course. Codes: 01 home,
    02 another hospital, 03 skilled nursing, 04 intermediate care, 06 home health, 07 against advice, 20 expired, 21
    court or law, 43 federal hospital, 50 hospice at home, 51 hospice facility, 62 rehabilitation, 63 long-term care
    hospital, 65 psychiatric hospital.
    """
    parts = sorted((s for s in sections if s.name in _PARTS), key=lambda s: _PARTS.index(s.name))
    for part in parts:
        if part.name == "disposition":
            found = _status("disposition: " + text[part.body : part.end][: 3 * _STEP])
            if found:
                return found
    for part in parts:
        near = list(_NEAR.finditer(text, part.body, part.end))
        for match in near[-_MOST:][::-1] if part.name in _STORY else near[:_MOST]:
            found = _status(text[max(part.body, match.start() - 40) : min(part.end, match.end() + _STEP)])
            if found:
                return found
    return None


def _status(words: str) -> str | None:
    """Return the status that some words say: the gravest first."""
    return next((code for code, pattern in _PATTERNS if pattern.search(words[: 3 * _STEP])), None)
