"""A case: a chart and the ledger of what was said about it.

The ledger only grows. A component reads the case and yields the entries that it adds; the pipeline alone writes.
All entries are immutable; a later entry never changes an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

from chartcode.model.chart import AFFIRMED, Chart, Document, Span
from chartcode.model.code import ICD10CM, Code

BILLING = "billing"
MENTIONS = "mentions"
MODES = (BILLING, MENTIONS)

PRINCIPAL = "principal"
FIRST_LISTED = "first-listed"
SECONDARY = "secondary"
ADMITTING = "admitting"

LEVELS = ("straightforward", "low", "moderate", "high")
"""The levels of medical decision making, in neutral words, the lowest first."""
ELEMENTS = ("problems", "data", "risk")
"""The elements of medical decision making."""
MDM, TIME = "mdm", "time"
"""What the level of a visit rests on: medical decision making, or the total time."""
CANNOT_TELL = "cannot_tell"
NOT_APPLICABLE = "not_applicable"

CONFIDENT = "confident"
CHECK = "check"
BANDS = (CONFIDENT, CHECK)

BEFORE_ANESTHESIA, AFTER_ANESTHESIA = "stopped before anesthesia", "stopped after anesthesia"
"""What the words that an operation was stopped are evidence of: terms of mentions."""

ERROR = "error"
WARNING = "warning"
QUERY = "query"
INFO = "info"
SEVERITIES = (ERROR, WARNING, QUERY, INFO)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words found in the record, and how they are meant.

    ``term`` is the phrase of the lexicon that they matched, in its normal form; ``assertion`` one of
    ``chartcode.model.chart.ASSERTIONS``; ``section`` the section's name; ``cue`` the words that decided the assertion.
    """

    span: Span
    term: str = field(default="", repr=False)
    assertion: str = AFFIRMED
    section: str = ""
    cue: str = field(default="", repr=False)
    author: str = "provider"

    @classmethod
    def told(cls, document: Document, span: Span, term: str) -> Mention:
        """Return words of a document as its author tells them under their section, affirmed."""
        return cls(span, term, section=document.section_at(span.start), author=document.author)


@dataclass(frozen=True, slots=True)
class Proposal:
    """An engine's opinion that a code applies, with the words, the way through the book, and what speaks against it.

    ``confidence`` lies in 0..1 and is the engine's own; ``settle`` weighs opinions against each other. ``path`` are
    the steps through the book (index term > subterm > tabular title); ``reasons`` what spoke for the code, in words;
    ``against`` what spoke against it.
    """

    code: Code
    by: str
    evidence: tuple[Mention, ...]
    path: tuple[str, ...] = field(default=(), repr=False)
    confidence: float = 0.5
    against: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided; it outranks every proposal.

    ``act`` is ``accept``, ``reject``, ``add`` or ``override``; ``about`` is a code, or for ``override`` a rule's id.
    """

    act: str
    about: str
    why: str = field(default="", repr=False)
    who: str = ""
    on: date | None = None
    evidence: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Rival:
    """A code that lost against the one reported, and why."""

    code: Code
    why: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A diagnosis to report. ``poa`` is Y, N, U, W, 1 (exempt) or None where the indicator does not apply."""

    code: Code
    role: str = SECONDARY
    poa: str | None = None
    confidence: float = 1.0
    band: str = CONFIDENT
    title: str = ""
    evidence: tuple[Mention, ...] = ()
    by: str = ""
    path: tuple[str, ...] = field(default=(), repr=False)
    rivals: tuple[Rival, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A code that was proposed and is not reported, and why."""

    code: Code
    why: str
    evidence: tuple[Mention, ...] = ()
    by: str = ""
    path: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure or service line.

    ``pointers`` are the codes of the diagnoses that justify it; ``on`` is the day of service.
    """

    code: Code
    modifiers: tuple[str, ...] = ()
    units: int = 1
    on: date | None = None
    confidence: float = 1.0
    band: str = CONFIDENT
    title: str = ""
    evidence: tuple[Mention, ...] = ()
    by: str = ""
    path: tuple[str, ...] = field(default=(), repr=False)
    pointers: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartialProcedure:
    """A procedure of which the record leaves an axis of ICD-10-PCS open: to be asked for, never guessed.

    ``partial`` is the code with ``?`` on its open axes (``0DTJ?ZZ``); ``axis`` names the first of them, and ``choices``
    are the values still possible there, with their labels, by the tables of the day.
    """

    partial: str
    axis: str
    choices: tuple[tuple[str, str], ...]
    on: date | None = None
    evidence: tuple[Mention, ...] = ()
    by: str = ""
    path: tuple[str, ...] = field(default=(), repr=False)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """One element of medical decision making: problems, data or risk.

    ``level`` is one of ``LEVELS``; ``reasons`` say in words what it was counted from; ``evidence`` are the words.
    """

    name: str
    level: str
    reasons: tuple[str, ...] = ()
    evidence: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """The level of an evaluation and management service, in neutral words.

    ``level`` is one of ``LEVELS``, ``cannot_tell`` (the record stops before a decision), or ``not_applicable`` (a
    service without levels, such as a preventive visit). ``code`` is None where no installed book names one.
    ``problems``, ``data`` and ``risk`` are the levels of the ``elements``; ``basis`` is ``mdm`` or ``time``;
    ``service`` the kind of service (office, emergency, hospital, ...); ``status`` new, established, initial, subsequent
    or empty; ``changes`` say, for education, what one element more or less would make of the level; ``place`` is the
    place of service (two digits) where the record tells it (02 or 10 of a visit from afar).
    """

    level: str
    code: str | None = None
    problems: str = ""
    data: str = ""
    risk: str = ""
    evidence: tuple[Mention, ...] = ()
    service: str = ""
    status: str = ""
    basis: str = ""
    minutes: int | None = None
    elements: tuple[Element, ...] = ()
    modifiers: tuple[str, ...] = ()
    title: str = ""
    band: str = CONFIDENT
    reasons: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would mend a finding: ``act`` is drop, replace, add, move or ask; ``safe`` if no judgement is needed."""

    act: str
    codes: tuple[Code, ...] = ()
    instead: tuple[Code, ...] = ()
    say: str = ""
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a case. A rule yields it with a message and what it is on; the catalogue adds rule id and severity."""

    message: str
    on: tuple[Diagnosis | Procedure | Visit, ...] = ()
    remedy: Remedy | None = None
    rule: str = ""
    severity: str = WARNING
    accepted: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """The group that a case falls into, by one system and version; ``drivers`` are the codes that decide it."""

    system: str
    version: str
    code: str
    title: str = ""
    drivers: tuple[Code, ...] = ()
    weight: float | None = None
    reasons: tuple[str, ...] = ()


Entry: TypeAlias = (
    Mention | Proposal | Decision | Diagnosis | Rejected | Procedure | PartialProcedure | Visit | Finding | Group
)


@dataclass(frozen=True)
class Case:
    """A chart and its ledger.

    ``mode`` says what the codes are for: ``billing``, or ``mentions`` (every finding, for research). ``books`` names
    the releases that were used, as (book, version) pairs.
    """

    chart: Chart
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    mode: str = BILLING
    books: tuple[tuple[str, str], ...] = ()

    def plus(self, entries: Iterable[Entry]) -> Case:
        """Return the case with more entries at the end of its ledger."""
        added = tuple(entries)
        return Case(self.chart, self.entries + added, self.mode, self.books) if added else self

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The words found."""
        return tuple(e for e in self.entries if isinstance(e, Mention))

    @cached_property
    def proposals(self) -> tuple[Proposal, ...]:
        """The engines' opinions."""
        return tuple(e for e in self.entries if isinstance(e, Proposal))

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """People's decisions."""
        return tuple(e for e in self.entries if isinstance(e, Decision))

    @cached_property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """The diagnoses to report, principal or first-listed first (an admitting diagnosis is not among them)."""
        return tuple(e for e in self.entries if isinstance(e, Diagnosis) and e.role != ADMITTING)

    @cached_property
    def coded(self) -> tuple[Diagnosis, ...]:
        """The ICD-10-CM diagnoses in the order of the claim, principal or first-listed one in front."""
        found = [d for d in self.diagnoses if d.code.system == ICD10CM]
        return tuple(sorted(found, key=lambda d: d.role not in (PRINCIPAL, FIRST_LISTED)))

    @cached_property
    def admitting(self) -> Diagnosis | None:
        """The admitting diagnosis of an inpatient claim, where one is given."""
        return next((e for e in self.entries if isinstance(e, Diagnosis) and e.role == ADMITTING), None)

    @cached_property
    def rejected(self) -> tuple[Rejected, ...]:
        """The codes that were proposed and not reported."""
        return tuple(e for e in self.entries if isinstance(e, Rejected))

    @cached_property
    def procedures(self) -> tuple[Procedure, ...]:
        """The procedures and service lines."""
        return tuple(e for e in self.entries if isinstance(e, Procedure))

    @cached_property
    def partial_procedures(self) -> tuple[PartialProcedure, ...]:
        """The procedures of which an axis is open."""
        return tuple(e for e in self.entries if isinstance(e, PartialProcedure))

    @cached_property
    def visit(self) -> Visit | None:
        """The evaluation and management service, if there is one."""
        return next((e for e in reversed(self.entries) if isinstance(e, Visit)), None)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The faults that the rules found."""
        return tuple(e for e in self.entries if isinstance(e, Finding))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the case."""
        return tuple(e for e in self.entries if isinstance(e, Group))

    @property
    def day(self) -> date | None:
        """The day that picks the books."""
        return self.chart.encounter.on

    @property
    def inpatient(self) -> bool:
        """Whether inpatient rules govern (Guidelines sections II and III)."""
        return self.chart.encounter.setting == "inpatient"

    @cached_property
    def diagnosis_codes(self) -> tuple[str, ...]:
        """The reported ICD-10-CM codes, as printed, in order."""
        return tuple(d.code.value for d in self.diagnoses if d.code.system == ICD10CM)
