"""Words that look like a diagnosis and are none: an abbreviation that means something else where it stands."""

from __future__ import annotations

import re

from chartcode.model.chart import Document

_ENGLISH = frozenset(
    ("ai", "aids", "all", "as", "cap", "dish", "does", "dress",
     "gave", "hit", "is", "it", "lad", "map", "met", "or", "pad",
     "pet", "pop", "rad", "sad", "sids", "slap")
)  # fmt: skip
"""Abbreviations that are English words when they are not written in capitals."""
_FLANK = re.compile(r"[^.;]{0,60}\btender|[^.;]{0,30}\b(?:flank|percussion)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\W{0,4}\d{2,3}\s?%")
_INSULIN = re.compile(
    r"\W{0,3}(?:insulin|human|[\d/]+|units?\b|b\.?i\.?d|q\.?\s?(?:a\.?m|h\.?s|d)|in the)", re.IGNORECASE
)
_VACCINE = re.compile(
    r"\s+(?:vaccin\w*|immuni[sz]ation|shot|booster|toxoid|titer|immune|immunity|non-?immune)\b", re.IGNORECASE
)
"""What a vaccine is against is not what the patient has."""
_HER = re.compile(r"\bher\W{0,3}$", re.IGNORECASE)
_LIMB = re.compile(r"(?:left upper extremity|upper extremity (?:and|was|is)\b.*\bleft|lue)", re.IGNORECASE)
"""A limb alone is no disease, though "LUE" has the form of lues."""
_CARDIOPLEGIA = re.compile(r"cardiopleg|\bdiastolic\b", re.IGNORECASE)
"""The heart is arrested to be operated on."""
_NAME = 8
_NEAR = 70


def misread(document: Document, start: int, end: int) -> bool:
    """Tell whether a passage that a phrase matched does not mean what the phrase means."""
    text = document.text
    words = text[start:end]
    low = words.lower()
    if low.startswith("accessory muscle"):  # of respiration, in use
        return True
    if low in _ENGLISH:
        return words == low and any(c.islower() for c in text[max(0, start - _NEAR) : end + _NEAR].replace(low, ""))
    if _VACCINE.match(text, end, end + _NEAR) or _LIMB.fullmatch(low):
        return True
    if "arrest" in low and _CARDIOPLEGIA.search(text, max(0, start - _NEAR), end + _NEAR):
        return True
    if low.startswith("2") and low.endswith(("positive", "negative")):  # the name begins with "her", a small word
        return _HER.search(text, max(0, start - _NAME), start) is None
    # The costovertebral angle is named where it is tender, insulin by its units, a saturation in percent.
    behind = {"cva": _FLANK, "nph": _INSULIN, "ras": _PERCENT}.get(low)
    return behind is not None and behind.match(text, end, end + _NEAR) is not None
