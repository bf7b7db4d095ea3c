"""A case as this room reads it: the cues of its documents, and the parts in which a visit is told and decided."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from functools import cached_property

from chartcode.assign.visits.cues import Cue, cues
from chartcode.books import Books
from chartcode.model.case import Case, Diagnosis
from chartcode.model.chart import AFFIRMED, CODED_ENTRIES, Document, Fact

DECIDED = frozenset(
    (
        "assessment",
        "assessment and plan",
        "plan",
        "impression",
        "diagnosis",
        "final diagnosis",
        "principal diagnosis",
        "secondary diagnoses",
        "discharge diagnosis",
        "admission diagnosis",
        "emergency department course",
        "hospital course",
        "disposition",
        "condition",
        "follow-up",
        "discharge instructions",
        "discharge medications",
        "consults",
    )
)
"""Sections in which problems are judged and treatment is decided."""

TOLD = frozenset(
    ("", "history of present illness", "subjective", "chief complaint", "reason for visit", "reason for consultation",
     "indications", "clinical history", "other", "problem list")
)  # fmt: skip
"""Sections that tell why the patient is seen."""

EXAMINED = frozenset(("physical exam", "objective", "findings", "labs", "imaging", "vitals", "procedure"))
HISTORY = frozenset(
    ("past medical history", "past surgical history", "family history", "social history", "allergies", "medications",
     "obstetric history", "gynecologic history", "developmental history", "immunizations", "review of systems")
)  # fmt: skip
"""Sections of what was before, which are no work of this visit."""

_REPORTS = frozenset(("operative note", "procedure note", "radiology report", "pathology report", "discharge summary"))
_JUDGED = frozenset(("assessment", "assessment and plan", "impression", "diagnosis"))
_LEAST = 12
"""A section of fewer characters says nothing."""

_TREATS = (
    "prescription",
    "treatment changed",
    "medications managed",
    "hospitalization",
    "surgery decided",
    "conservative",
)
_FEW = 2
"""A note with more headings than these parts its history from its decision."""


class Record:
    """The case, its books, and the cues of its documents, found once."""

    def __init__(self, case: Case, books: Books) -> None:
        """Take the case and the books of its day."""
        self.case = case
        self.books = books

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the visit: notes of its day, neither reports nor a sheet of coded entries."""
        day = self.case.chart.encounter.on
        told = [d for d in self.case.chart.documents if d.text.strip() and d.kind != CODED_ENTRIES]
        today = [d for d in told if d.on in (None, day)] or told
        return tuple([d for d in today if d.kind not in _REPORTS] or today)

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """All cues of all documents."""
        return tuple(cue for document in self.documents for cue in cues(document))

    def said(self, group: str, *names: str, within: Container[str] | None = None) -> list[Cue]:
        """Return the cues of a group that are meant as they stand.

        Args:
            group: ``problems``, ``data``, ``tests``, ``risk`` or ``service``.
            names: of the cues; all of the group without.
            within: names of the sections that count; all without.
        """
        return [
            c
            for c in self.cues
            if c.group == group
            and c.meant == AFFIRMED
            and (not names or c.name in names)
            and (within is None or c.section in within)
        ]

    @cached_property
    def decides(self) -> frozenset[str]:
        """The names of the sections in which this record decides.

        A note without headings, or one whose headings were lost, decides where it tells or examines.
        """
        sections = [(s.name, s.end - s.body) for d in self.documents for s in d.sections]
        if any(name in DECIDED and size >= _LEAST for name, size in sections):
            return DECIDED
        return DECIDED | TOLD | EXAMINED

    @cached_property
    def decided(self) -> bool:
        """Whether the record comes to a decision at all: a section of that kind, or words of treatment elsewhere."""
        if self.decides is DECIDED:
            return True
        parts = sum(bool(s.name) for d in self.documents for s in d.sections)
        within = EXAMINED if parts > _FEW else TOLD | EXAMINED
        words = self.said("risk", *_TREATS, within=within)
        return len(words) + sum(section in within for _, section in self.drugs) > 1

    @cached_property
    def drugs(self) -> tuple[tuple[Fact, str], ...]:
        """The drugs that the patient takes or is given, each with the section where it is named."""
        texts = {d.id: d for d in self.documents}
        return tuple(
            (fact, _part(texts[fact.evidence[0].document], fact.evidence[0].start))
            for fact in self.case.chart.facts
            if fact.kind == "medication"
            and fact.assertion == AFFIRMED
            and fact.evidence
            and fact.evidence[0].document in texts
        )

    @cached_property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """The reported diagnoses that this visit speaks of outside of its history."""
        return tuple(
            d for d in self.case.diagnoses if not d.evidence or any(m.section not in HISTORY for m in d.evidence)
        )

    def names_a_drug(self, cue: Cue) -> bool:
        """Tell whether a cue is part of the words of a drug."""
        starts, ends = self._of_drugs.get(cue.document.id, ([], []))
        at = bisect_right(starts, cue.start) - 1
        return at >= 0 and cue.start < ends[at]

    @cached_property
    def _of_drugs(self) -> dict[str, tuple[list[int], list[int]]]:
        """Where the drugs of each document begin and end, in order."""
        spans = sorted(fact.evidence[0] for fact, _ in self.drugs)
        found: dict[str, tuple[list[int], list[int]]] = {}
        for span in spans:
            starts, ends = found.setdefault(span.document, ([], []))
            starts.append(span.start)
            ends.append(span.end)
        return found


def _part(document: Document, offset: int) -> str:
    """Return the section of an offset; a list of drugs behind the assessment is a plan."""
    name = document.section_at(offset)
    if name == "medications":
        judged = next((s.start for s in document.sections if s.name in _JUDGED), None)
        return "plan" if judged is not None and judged < offset else name
    return name
