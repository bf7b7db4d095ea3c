"""What the provider's own list of diagnoses names is reported, however unlikely the model finds it.

Guidelines IV.A, IV.J and III: the conditions that the provider names as those of the encounter are coded. The model
judges by what such words mostly come to; a heading of the assessment leaves no doubt about that.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from chartcode.assign.settle.candidates import Candidate
from chartcode.model.case import Case, Mention
from chartcode.model.chart import AFFIRMED, POSSIBLE, Span

LISTS = frozenset(
    ("assessment", "assessment and plan", "impression", "diagnosis", "discharge diagnosis", "final diagnosis",
     "principal diagnosis", "secondary diagnoses", "postoperative diagnosis")
)  # fmt: skip
PLANS = LISTS | {"plan"}
_AT_DISCHARGE = frozenset(("discharge diagnosis", "final diagnosis", "principal diagnosis", "secondary diagnoses"))
_WORTH = 0.15
"""Below this the words most likely mean something else: of gold notes one such heading in ten is right."""
_OPENS = re.compile(
    r"""(?:(?:^|\n\s*|[:.;]\s*,?\s*|[-•*#]\s*)(?:(?:problem|diagnosis)\s*\#?\d{0,2}\s*[:.-]\s*)?
    (?:(?:[A-Z][\w-]+|an?|the|history\ of)\s+){0,2}       # a paragraph or a sentence
    |[,\s]\(?\d{1,2}[.)]\s*(?:(?:[\w'-]+\s+){0,3}(?:history|reports?|complaints?|episodes?|symptoms?)\s+of\s+)?
     (?:[\w'-]+[\s/]+){0,3})$""",  # a numbered item
    re.VERBOSE,
)
"""What stands before a heading: words that qualify it, at most two, "Severe", or three behind a number."""
_TURNS_TO = re.compile(
    r"""(?:^|[.\n;:,•-]\s*)(?:now\s|and\s)?(?:for|regarding|concerning|as\s(?:for|to)|in\sregards?\sto|with\sregards?\sto
    |with\srespect\sto|in\sterms\sof)\s+(?:(?:your|the|his|her|their|this|patient'?s|ongoing|new|chronic)\s+){0,3}$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What turns to the next problem of a visit in a letter or in dictation: "For your knee pain, ..."."""
_JOINED = re.compile(
    r"\s*(?:,|and|,\s*and|with|&|/|plus|as\swell\sas|secondary\sto|due\sto)\s*(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
_JOINTS = 4
"""So many diagnoses may be joined in one item."""
_ALONE = re.compile(r"\s*(?:[.:;,•-]|\n|$)")
_BEFORE = 60
_NO_PROBLEM = ("Z", "B95", "B96", "B97")
"""Codes that a plan names with what it orders, not with what is wrong."""
_DRUGS = "Z79"
_DOSE = re.compile(r"\d")
"""A drug with its dose stands in a list because it is given, not because its use is a problem."""
_REPORTS = "radiology report"
"""Its impression lists findings, of which many belong to one disease."""


def listed(chosen: Sequence[Candidate], standing: Sequence[Candidate], case: Case) -> list[Candidate]:
    """Return the standing candidates that head an item of the assessment and whose words no chosen one has taken.

    Args:
        chosen: what is reported by its likelihood; the most likely of several codes for one heading goes first.
        standing: all candidates, with their scores.
        case: the record; reports of imaging have no such list.
    """
    if any(document.kind == _REPORTS for document in case.chart.documents):
        return []
    taken = [m.span for c in chosen for m in c.mentions]
    headings = _Headings(case)
    found = []
    for candidate in sorted(standing, key=lambda c: (-c.score, c.code)):
        if candidate in chosen or candidate.score < _WORTH:
            continue
        heads = [m.span for m in candidate.mentions if _meant(m, case) and headings.named_by(m, candidate.code)]
        if heads and not any(_overlap(head, span) for head in heads for span in taken):
            candidate.reasons.append("named by the provider's list of diagnoses (Guidelines III, IV.J)")
            found.append(candidate)
            taken += [m.span for m in candidate.mentions]
    return found


def _meant(mention: Mention, case: Case) -> bool:
    """Tell whether an item counts: an uncertain one does at the end of a stay (Guidelines II.H, III.C)."""
    uncertain = case.inpatient and mention.section in _AT_DISCHARGE and mention.assertion == POSSIBLE
    return mention.assertion == AFFIRMED or uncertain


class _Headings:
    """The items of a record's lists of diagnoses: which words name them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.spans = sorted({m.span for m in case.mentions})

    def named_by(self, mention: Mention, code: str) -> bool:
        """Tell whether a mention is what an item of the provider's list, or a paragraph of the plan, is about."""
        if mention.section not in PLANS:
            return False
        span, text = mention.span, self.case.chart.document(mention.span.document).text
        before = text[max(0, span.start - _BEFORE) : span.start]
        if code.startswith(_DRUGS) and _DOSE.search(span.text):
            return False
        problem = not code.startswith(_NO_PROBLEM)
        if problem and _TURNS_TO.search(before):
            return True
        if mention.section in LISTS:
            return self._opens(span, text)
        return problem and _OPENS.search(before) is not None and _ALONE.match(text, span.end) is not None

    def _opens(self, span: Span, text: str) -> bool:
        """Tell whether words open an item, or are joined to words that do: "Anemia and fatigue"."""
        for _ in range(_JOINTS):
            if _OPENS.search(text[max(0, span.start - _BEFORE) : span.start]):
                return True
            at = bisect_left(self.spans, span)
            before = next((s for s in reversed(self.spans[max(0, at - _JOINTS) : at]) if s.end <= span.start), None)
            if before is None or before.document != span.document or not _JOINED.match(text[before.end : span.start]):
                return False
            span = before
        return False


def _overlap(one: Span, other: Span) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end
