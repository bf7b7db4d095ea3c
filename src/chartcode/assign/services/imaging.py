"""What picks the number of an imaging study beside its region: contrast, and the number of views."""

from __future__ import annotations

import re

WITHOUT, WITH, BOTH = "+wo", "+w", "+wwo"

_BOTH = re.compile(
    r"\bw\s?(?:&|and|/)\s?w\s?/?o\b|\bwithout (?:and|followed by|then) with\b|\bwith and without\b|\bwith & without\b|\bpre-? ?and post-?\s?(?:contrast|gadolinium|iv)"
    r"|\bbefore and after\b.{0,60}(?:contrast|gadolinium|magnevist)|\bwithout and with\b|\bpre- and post",
    re.IGNORECASE,
)
_WITHOUT = re.compile(
    r"\b(?:without|w/o|no|non-?|absence of|lack of)\s?(?:the use of |administration of |any |iv |i\.v\. |intravenous |oral )*(?:contrast|gadolinium|enhance\w*)|\bunenhanced\b|\bnoncontrast\w*",
    re.IGNORECASE,
)
_WITH = re.compile(
    r"\b(?:with|after|following|post|status post|using)\s(?:the )?(?:administration of |injection of |intravenous injection of |uneventful |iv |i\.v\. |intravenous |oral and |[\d.]+ ?(?:cc|ml) (?:of )?)*(?:nonionic |non-ionic )?(?:iv |intravenous )?(?:contrast|gadolinium|magnevist|omnipaque|optiray|isovue|visipaque)"
    r"|\b(?:iv|intravenous) contrast (?:was|material|enhanc)|\bcontrast[- ]enhanced|\bpost-?contrast|\b(?:cc|ml) of (?:optiray|omnipaque|isovue|visipaque|magnevist|nonionic)",
    re.IGNORECASE,
)
_NUMBER = {"one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 5}
_VIEWS = re.compile(
    r"\b(one|single|two|three|four|five|six|[1-6])[- ]?(?:views?|projections?|images?)\b", re.IGNORECASE
)
_TWO = re.compile(r"\b(?:pa|ap|frontal) (?:and|&) (?:left |right )?lat\w*|\bpa/lat\w*|\bap/lat\w*", re.IGNORECASE)
_THREE = re.compile(
    r"\b(?:pa|ap|frontal),? (?:lateral,? and oblique|oblique,? and lateral|lateral,? oblique)", re.IGNORECASE
)


def contrast_and_views(text: str) -> list[str]:
    """Return marks (``+w``, ``+wo``, ``+wwo``, ``+2v``) for the contrast and the views that a sentence gives."""
    found = []
    if _BOTH.search(text):
        found.append(BOTH)
    elif _WITHOUT.search(text):
        found.append(WITHOUT)
    elif _WITH.search(text):
        found.append(WITH)
    if _THREE.search(text):
        found.append("+3v")
    elif _TWO.search(text):
        found.append("+2v")
    for match in _VIEWS.finditer(text):
        word = match[1].lower()
        found.append(f"+{min(5, int(word) if word.isdigit() else _NUMBER[word])}v")
    return found
