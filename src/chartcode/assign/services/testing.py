"""Psychological and neuropsychological testing: a report that names its tests and tells their results.

The judging (first hour) and the giving (first half hour) are lines of their own; the hours are seldom told, so that the
first stand in. "Testing in 2004" in a physician's note is no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.assign.services.line import Line, line
from chartcode.assign.services.passages import VISIT, Passage
from chartcode.model.chart import Document

_REPORT = re.compile(
    r"\b(?:neuro)?psycholog\w+ (?:\w+ )?(?:assessment|evaluation|testing|consultation|battery)\b|\bpsychoeducational (?:assessment|evaluation)\b",
    re.IGNORECASE,
)
_OF_BRAIN = re.compile(r"\bneuropsycholog\w+", re.IGNORECASE)
_TESTS = re.compile(
    r"\b(?:(MMPI)|(WAIS|WISC|Wechsler Adult|Wechsler Intelligence)|(Wechsler Memory|WMS)|(Rorschach)|(MCMI|Millon)|(Conners|CPT-II)|(Beck)|(Thematic Apperception)"
    r"|(WRAT|Wide Range)|(Trail ?Making|Trails [AB])|(Bender)|(Boston Naming)|(California Verbal|CVLT)|(Wisconsin Card)|(Stroop)"
    r"|(Rey)|(Personality Assessment Inventory|PAI)|(Halstead)|(Woodcock)|(Hooper)|(Controlled Oral|COWAT)|(Grooved Pegboard))\b"
)
_TOLD = re.compile(
    r"\btests? (?:administered|given|results?)\b|\btesting (?:session|subject|results?)\b|\bwas administered\b|\bassessment results?\b|\b(?:scores?|scored|percentile|profile)\b",
    re.IGNORECASE,
)
_TOP = 900
"""Characters in which a report says what it is."""
_LEAST = 2


def tested(document: Document) -> Iterator[Line]:
    """Yield the judging and the giving of the tests that a report is about."""
    text = document.text
    said = _REPORT.search(text, 0, _TOP)
    if said is None:
        return
    tests = {n for m in _TESTS.finditer(text) for n, group in enumerate(m.groups()) if group}
    if len(tests) < _LEAST or _TOLD.search(text) is None:
        return
    passage = Passage(document, VISIT, document.section_at(said.start()), *said.span(), (), [], {})
    judged = "96132" if _OF_BRAIN.search(text) else "96130"
    why = f"{len(tests)} tests named; the hours are not told: ask for them"
    yield line(judged, passage, said.span(), why, sure=False)
    yield line("96136", passage, said.span(), why, sure=False)
