"""Immunisations: which vaccine was given, is due, or was declined, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.collect.dates import read_day
from chartcode.collect.words import Words
from chartcode.model.chart import AFFIRMED, HISTORICAL, HYPOTHETICAL, NEGATED, Document, Fact

_VACCINE = re.compile(
    r"""(?P<what>(?:influenza|flu)\s+(?:shot|vaccin\w+|immuni[sz]ation)
    |flu\s?shot
    |pneumovax(?:\s?23)?|prevnar(?:[\s-]?(?:7|13|20))?|pneumococcal(?:\s+\w+)?\s+vaccin\w+|pneumonia\s+(?:shot|vaccin\w+)
    |tdap|dtap|tetanus(?:[\s,/-]+(?:diphtheria|toxoid|booster|shot|vaccin\w+|immuni[sz]ation))*
      (?=\s+(?:was|is|given|status|up|shot|booster|toxoid|vaccin)|\s*[.,;\n])
    |shingrix|zostavax|(?:zoster|shingles)\s+vaccin\w+|gardasil|hpv\s+vaccin\w+|mmr(?:\s+vaccin\w+)?|varicella\s+vaccin\w+
    |hepatitis\s+[ab]\s+(?:vaccin\w+|immuni[sz]ation|series)|(?:covid(?:-19)?|sars-cov-2|pfizer|moderna)\s+(?:vaccin\w+|booster)
    |meningococcal\s+vaccin\w+|menactra|hib\s+vaccin\w+|rotavirus\s+vaccin\w+|polio\s+vaccin\w+|rsv\s+vaccin\w+|arexvy|abrysvo
    |synagis|immuni[sz]ations?(?=\s+(?:are|is|were|status|up)\b|\s*:?\s*up\s+to\s+date)|vaccin(?:es|ations?)(?=\s+(?:are|is)\b))""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRST = frozenset(
    (
        "influenza", "flu", "flushot", "pneumovax", "prevnar", "pneumococcal", "pneumonia", "tdap", "dtap", "tetanus",
        "shingrix", "zostavax", "zoster", "shingles", "gardasil", "hpv", "mmr", "varicella", "hepatitis", "covid",
        "sars",
        "pfizer", "moderna", "meningococcal", "menactra", "hib", "rotavirus", "polio", "rsv", "arexvy", "abrysvo",
        "synagis",
        "immunization", "immunizations", "immunisation", "immunisations", "vaccines", "vaccination",
        "vaccinations",
    )
)  # fmt: skip
"""The words with which a vaccine's name begins: only their places are looked at."""

_CURRENT = re.compile(r"\bup[\s-]to[\s-]date|\bcurrent\b|\bcomplete[d]?\b|\butd\b", re.IGNORECASE)
_DECLINED = re.compile(
    r"\b(?:declin\w+|refus\w+|has\s+not\s+(?:had|received)|never\s+(?:had|received)|not\s+up|denies|no)\b",
    re.IGNORECASE,
)
_DUE = re.compile(r"\b(?:due|needs?|recommend\w*|should|will|overdue|advised|discussed|offered)\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:given|administered|received|had|got|today|last)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SILENT = frozenset({"allergies", "family history"})


def immunizations(document: Document, of: Words) -> Iterator[Fact]:
    """Yield immunisations; status ``given``, ``up to date``, ``due``, ``declined`` or empty; attribute ``year``."""
    text = document.text
    for word, start in zip(of.lower, of.starts, strict=True):
        match = _VACCINE.match(text, start) if word in _FIRST else None
        if match is None or document.section_at(match.start()) in _SILENT:
            continue
        low = max(text.rfind(".", 0, match.start()), text.rfind("\n", 0, match.start()), match.start() - 90) + 1
        ends = [at for mark in (".", "\n") if (at := text.find(mark, match.end(), match.end() + 90)) >= 0]
        around = text[low : min(ends, default=match.end() + 90)]
        status, assertion = _status(around)
        span = document.span(*match.span("what"))
        year = _YEAR.search(around)
        attributes = (("year", year.group()),) if year else ()
        yield Fact(
            "immunization", " ".join(span.text.split()), (span,), assertion=assertion, on=read_day(_dated(around)),
            status=status, attributes=attributes,
        )  # fmt: skip


def _status(around: str) -> tuple[str, str]:
    """Return the status of a vaccine and how it is meant, from its sentence."""
    if _DECLINED.search(around):
        return "declined" if re.search(r"declin|refus", around, re.IGNORECASE) else "", NEGATED
    if _CURRENT.search(around):
        return "up to date", HISTORICAL
    if _DUE.search(around):
        return "due", HYPOTHETICAL
    return ("given", AFFIRMED) if _GIVEN.search(around) else ("", AFFIRMED)


def _dated(around: str) -> str:
    found = re.search(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}", around)
    return found.group() if found else ""
