"""Numbers and addresses of a person: telephone, mail, web, social security, records, accounts, licences, devices.

Safe Harbor (A) to (R): (D) telephone, (E) fax, (F) mail, (G) social security, (H) medical record, (I) health plan,
(J) account, (K) certificate and licence, (L) vehicle, (M) device, (N) URL, (O) IP address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.deidentify.findings import EMAIL, NUMBER, PHONE, URL, Finding

_MAIL = re.compile(r"\b[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}\b")
_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\")\]]{3,200}", re.IGNORECASE)
_IP = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)")
_MAC = re.compile(r"\b(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}\b", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w.$/-])(?:\+?1[-. ]?)?(?:\(\d{3}\)\s?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?![\d-])",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"\b(?:phone|telephone|tel|fax|cell|mobile|pager|beeper|call(?:ed)?(?:\s+(?:him|her|me|us|them))?(?:\s+at)?|reached?(?:\s+\w+)?\s+at|extension|ext|number\s+is)\b[\s.:#]{0,4}"
    r"(?P<x>\d{3}[-. ]?\d{4}|(?<=ext )\d{3,5}|(?<=ext\. )\d{3,5}|(?<=extension )\d{3,5}|(?<=pager )\d{4,5}|(?<=beeper )\d{4,5})\b",
    re.IGNORECASE,
)
_SEVEN = re.compile(r"(?<![\w.$/-])[2-9]\d{2}-\d{4}(?![\w-]|\.\d)")
_SSN = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_LABELLED = re.compile(
    r"""\b(?:m\.?r\.?n\.?|m\.?r\.?(?=\s?\#)|med(?:ical)?\.?\s?rec(?:ord)?s?|record|chart|account|acct|a/c|patient|pt|visit|encounter|hospital|unit|case|claim
    |csn|fin|har|ssn|social\s+security|policy|member|subscriber|group|beneficiary|medicare|medicaid|mbi|hicn|insurance|health\s+plan
    |license|licence|lic|certificate|dea|npi|upin|serial|s/n|sn|lot|model|device|udi|implant|vin|plate|license\s+plate|tag
    |accession|specimen|requisition|order|job|document|doc|dictation|transcription|confirmation|reference|ref|badge|employee
    |passport|driver'?s?\s+licen[cs]e|id|identifier|room|bed|authorization|auth|study)
    (?:[\s.]{0,2}(?:numbers?|num|no|nbr|id|identifier|code|\#|number\s+is))*(?P<sign>\s{0,3}[.:\#=]{1,3}\s{0,3}|\s{1,3}(?:is\s+)?)
    (?P<x>(?=[A-Za-z-]{0,8}\d)[A-Za-z0-9](?:[A-Za-z0-9/-]{1,30}))""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORT = re.compile(r"\d{1,3}")
_NOT_A_NUMBER = re.compile(
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,4}-?(?:mg|ml|cm|mm|cc|st|nd|rd|th|years?|yrs?|yo|months?|weeks?|days?|hours?|x|french|fr|gauge)(?![a-z0-9]).*",
    re.IGNORECASE,
)
_WORDS_ALONE = re.compile(
    r"(?:record|chart|patient|pt|visit|encounter|hospital|unit|case|group|device|implant|order|room|bed|study|insurance|medicare"
    r"|medicaid|document|model|tag|number|id)\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"(?<![\w.,$/-])(?<!SNOMED CT )(?<!RxNorm )(?<!NDC )(?<!UNII )(?:[A-Z]{1,4}-?)?\d{7,20}(?![\w/]|[.,]\d|\s?(?:mg|mcg|units?|iu|cells|copies|/))"
)
_PLATE = re.compile(
    r"\b(?:license|licence)\s+plate\s+(?:number\s+)?(?P<x>[A-Z0-9]{2,4}[- ]?[A-Z0-9]{2,4})\b", re.IGNORECASE
)


def numbers(text: str) -> Iterator[Finding]:
    """Yield the numbers and electronic addresses of a text."""
    for pattern, kind, instead in (
        (_MAIL, EMAIL, "[EMAIL]"),
        (_URL, URL, "[URL]"),
        (_IP, NUMBER, "[IP]"),
        (_MAC, NUMBER, "[DEVICE]"),
        (_PHONE, PHONE, "[PHONE]"),
        (_SEVEN, PHONE, "[PHONE]"),
        (_SSN, NUMBER, "[SSN]"),
        (_LONG, NUMBER, "[ID]"),
    ):
        for match in pattern.finditer(text):
            end = match.start() + len(match.group().rstrip(".,;:"))
            yield Finding(match.start(), end, kind, instead)
    for pattern, kind, instead in ((_LOCAL, PHONE, "[PHONE]"), (_PLATE, NUMBER, "[ID]")):
        for match in pattern.finditer(text):
            yield Finding(*match.span("x"), kind, instead)
    for match in _LABELLED.finditer(text):
        value, plain = match["x"].rstrip("-/"), not match["sign"].strip()
        if _NOT_A_NUMBER.fullmatch(value) or len(value) < 3 or (_SHORT.fullmatch(value) and plain):
            continue
        digits = sum(c.isdigit() for c in value)
        if plain and _WORDS_ALONE.match(match.group()) and (digits < 3 or len(value) < 5):
            continue
        yield Finding(match.start("x"), match.start("x") + len(value), NUMBER, "[ID]")
