"""Observations: OBX as laboratory values, vital signs and social history.

Tables: 0085 result status, 0078 abnormal flags, 0074 diagnostic service section (HL7 v2.8, chapters 2C, 4 and 7).
"""

from __future__ import annotations

import re
from dataclasses import replace

from chartcode.collect.hl7v2.problems import DELETED
from chartcode.collect.hl7v2.values import Coded, coded, element, fact, moment, role_of
from chartcode.model.chart import AFFIRMED, NEGATED, Fact
from chartcode.model.code import LOINC
from chartcode.wire.hl7v2 import Segment

TEXT = frozenset({"TX", "FT"})
STATUS = {"F": "final", "P": "preliminary", "C": "corrected", "R": "preliminary", "S": "preliminary", "I": "pending",
          "A": "preliminary", "B": "preliminary", "U": "final", "V": "final", "N": "not asked", "O": "ordered",
          "X": "not obtained", "D": DELETED, "W": DELETED}  # fmt: skip
LABORATORY = frozenset(
    ("CH", "HM", "HEM", "MB", "MCB", "MYC", "SR", "TX", "BG", "BLB", "IMM", "LAB", "VR", "CG", "URN", "COAG", "OSL")
)
"""Sections of table 0074 whose texts the laboratory writes, not the provider (pathologists are providers)."""

_SKIPPED = frozenset({"ED", "RP", "HD", "EI", "MA", "NA"})
_FLAGS = {"H": "high", "HH": "high", ">": "high", "HU": "high", "L": "low", "LL": "low", "<": "low", "LU": "low",
          "A": "abnormal", "AA": "abnormal", "N": "normal", "POS": "positive", "NEG": "negative", "R": "resistant",
          "S": "susceptible", "I": "intermediate"}  # fmt: skip

_VITALS = {
    "8867-4": "pulse", "8889-8": "pulse", "9279-1": "respirations", "8310-5": "temperature", "8331-1": "temperature",
    "8480-6": "systolic blood pressure", "8462-4": "diastolic blood pressure", "85354-9": "blood pressure",
    "55284-4": "blood pressure", "39156-5": "body mass index", "59408-5": "oxygen saturation",
    "2708-6": "oxygen saturation", "29463-7": "weight", "3141-9": "weight", "8302-2": "height", "3137-7": "height",
    "72514-3": "pain", "8287-5": "head circumference",
}  # fmt: skip
"""LOINC codes of vital signs -> the names that free text gives them too."""

_VITAL_WORDS = (
    (re.compile(r"\bsystolic\b", re.IGNORECASE), "systolic blood pressure"),
    (re.compile(r"\bdiastolic\b", re.IGNORECASE), "diastolic blood pressure"),
    (re.compile(r"^(?:blood pressure|bp)$", re.IGNORECASE), "blood pressure"),
    (re.compile(r"^(?:heart ?rate|pulse(?: rate)?|hr)$", re.IGNORECASE), "pulse"),
    (re.compile(r"^(?:resp(?:iratory|iration)?s?(?: rate)?|rr)$", re.IGNORECASE), "respirations"),
    (re.compile(r"^(?:body )?temp(?:erature)?$", re.IGNORECASE), "temperature"),
    (re.compile(r"^(?:body mass index|bmi)(?: \(?bmi\)?)?$", re.IGNORECASE), "body mass index"),
    (re.compile(r"^(?:o2 sat\w*|spo2|oxygen saturation|pulse oximetry)$", re.IGNORECASE), "oxygen saturation"),
    (re.compile(r"^(?:body )?weight$|^wt$", re.IGNORECASE), "weight"),
    (re.compile(r"^(?:body )?height$|^ht$", re.IGNORECASE), "height"),
)
_SOCIAL = {
    "72166-2": "tobacco", "11367-0": "tobacco", "81229-7": "tobacco", "8663-7": "tobacco", "63638-1": "tobacco",
    "11331-6": "alcohol", "74013-4": "alcohol", "68517-2": "alcohol", "11343-1": "drugs", "74204-9": "drugs",
}  # fmt: skip
_SOCIAL_WORDS = (
    (re.compile(r"\b(?:smok|tobacco|cigar|vap(?:e|ing))", re.IGNORECASE), "tobacco"),
    (re.compile(r"\balcohol (?:use|intake|drinks?)|\betoh use", re.IGNORECASE), "alcohol"),
    (re.compile(r"\b(?:illicit|recreational|street) drug", re.IGNORECASE), "drugs"),
)


def value(of: Segment) -> str:
    """Return the value of an observation in words, by its data type (OBX-2)."""
    kind = of.get(2).upper()
    if kind in ("CE", "CWE", "CNE", "CF"):
        return ", ".join(filter(None, (element(of, r).text for r in of.repetitions(5))))
    if kind == "SN":  # comparator ^ number ^ separator ^ number
        return "".join(of.components(of.raw(5)))
    if kind in ("DT", "TS", "DTM"):
        on, time = moment(of.get(5))
        return f"{on.isoformat()} {time}".strip() if on else of.get(5)
    if kind in ("NM", "ST", "TX", "FT", "IS", "ID", "TM", ""):
        return ", ".join(line.strip() for line in of.text(5).split("\n") if line.strip())
    return ", ".join(" ".join(filter(None, of.components(r))) for r in of.repetitions(5))


def observation(of: Segment, around: str = "", section: str = "") -> Fact | None:
    """Return the fact that an OBX states, or None where it states no value.

    Args:
        of: an OBX that is no text of a document.
        around: the day and time of the order (OBR-7), for an observation without its own.
        section: the diagnostic service section (OBR-24) that it belongs to.
    """
    if of.get(2).upper() in _SKIPPED:
        return None
    what, said = coded(of, 3), value(of)
    status = STATUS.get(of.get(11).upper(), "")
    if not what or (not said and status not in ("not obtained", DELETED)):
        return None
    kind, name = _kind(what)
    when = of.get(14) or around
    unit = of.get(6, 2) or of.get(6)
    worded = replace(what, text=" ".join(filter(None, (what.text, said, unit if said else ""))))
    gone = NEGATED if status == DELETED else AFFIRMED
    if kind == "social":
        return fact(
            "social", of, worded, when, author=role_of(of, 16), status=status, assertion=gone, topic=name, use=said,
            name=what.text,
        )  # fmt: skip
    author = role_of(of, 16) if of.raw(16) or kind == "vital" else _writer(section, "laboratory")
    return fact(
        kind, of, worded, when, author=author, assertion=gone, status=status, name=name, value=said, unit=unit,
        abnormal=_flag(of), range=of.get(7), value_code=_answer(of),
    )  # fmt: skip


def writer(section: str) -> str:
    """Return who writes the texts of a diagnostic service section: the laboratory, or a provider."""
    return _writer(section, "provider")


def _writer(section: str, otherwise: str) -> str:
    if not section:
        return otherwise
    return "laboratory" if section.upper() in LABORATORY else "provider"


def _kind(what: Coded) -> tuple[str, str]:
    """Return the kind of fact, and the name that the chart gives it."""
    code = what.code.value if what.code is not None and what.code.system == LOINC else ""
    if code in _VITALS:
        return "vital", _VITALS[code]
    if code in _SOCIAL:
        return "social", _SOCIAL[code]
    for kind, words in (("vital", _VITAL_WORDS), ("social", _SOCIAL_WORDS)):
        for pattern, name in words:
            if pattern.search(what.text):
                return kind, name
    return "lab", what.text


def _flag(of: Segment) -> str:
    flags = [of.part(repetition).upper() for repetition in of.repetitions(8)]
    return ", ".join(dict.fromkeys(_FLAGS.get(flag, flag.lower()) for flag in flags if flag))


def _answer(of: Segment) -> str:
    """Return the code of a coded answer, as ``SYSTEM CODE``."""
    if of.get(2).upper() not in ("CE", "CWE", "CNE"):
        return ""
    found = coded(of, 5).code
    return f"{found.system} {found.value}" if found else ""
