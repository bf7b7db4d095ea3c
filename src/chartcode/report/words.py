"""How the reports for people say things: shared by the table, the proof and the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from chartcode.model.case import Case, Finding, Mention, Remedy
from chartcode.model.chart import AFFIRMED, Chart

WORDS = 60
"""The longest quotation in a table, in characters."""

_ABSENT = re.compile(r"not checked: .* is not installed; see 'chartcode books install (\S+)'")
"""How a rule says that it needs a book which a user has yet to install, and the book's system."""


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings for a reader: several that a book is absent are made one, in the place of the first."""
    found = tuple(findings)
    absent = [(finding, match[1]) for finding in found if (match := _ABSENT.fullmatch(finding.message))]
    if len(absent) < 2:
        return found
    first, others = absent[0][0], {id(finding) for finding, _ in absent[1:]}
    told = replace(
        first,
        message=f"not checked, for want of the books {', '.join(dict.fromkeys(system for _, system in absent))}",
        remedy=Remedy("ask", say="chartcode books install"),
        rule=f"{len(absent)} books",
    )
    return tuple(told if finding is first else finding for finding in found if id(finding) not in others)


def quoted(evidence: Iterable[Mention]) -> tuple[str, ...]:
    """Return the words of each piece of evidence once, on one line, and how they are meant where not as plain fact."""
    seen: dict[str, None] = {}
    for mention in evidence:
        words = " ".join(mention.span.text.split())
        words = words if len(words) <= WORDS else words[: WORDS - 1].rstrip() + "…"
        seen[words if mention.assertion == AFFIRMED else f"{words} ({mention.assertion})"] = None
    return tuple(seen)


def particulars(case: Case) -> tuple[str, ...]:
    """Return what is known of a case's encounter, in the order in which a coder asks for it."""
    return known(case.chart)


def known(chart: Chart) -> tuple[str, ...]:
    """Return what is known of a chart's encounter, in the order in which a coder asks for it."""
    patient, encounter = chart.patient, chart.encounter
    kinds = dict.fromkeys(document.kind for document in chart.documents if document.kind not in ("", "other"))
    who = " ".join(word for word in (patient.sex, None if patient.age is None else str(patient.age)) if word)
    stay = (encounter.first, encounter.last)
    days = " to ".join(dict.fromkeys(day.isoformat() for day in stay if day)) or "no date"
    return tuple(word for word in (*kinds, encounter.setting, days, who) if word)


def editions(case: Case) -> str:
    """Return the books that were used, each with its edition."""
    return ", ".join(f"{name} {version}" for name, version in case.books)


def offer(remedy: Remedy | None) -> str:
    """Return what a rule offers to do about a finding: its own words, or what its act and codes say."""
    if remedy is None or remedy.say:
        return remedy.say if remedy else ""
    codes, instead = (" and ".join(str(code) for code in found) for found in (remedy.codes, remedy.instead))
    if remedy.act == "replace" and instead:
        return f"report {instead} instead of {codes}"
    if remedy.act == "move":
        return f"put {codes} before {instead}" if instead else f"put {codes} behind the others"
    return f"{remedy.act} {codes}" if remedy.act in ("drop", "add") and codes else ""
