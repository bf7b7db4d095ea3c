"""Number and complexity of the problems addressed: what the diagnoses are, and how the words say that they stand.

What a diagnosis is (chronic, acute, a threat, ...) stands in ``books/parameters/visit_problems.toml``, by beginnings of
codes; whether it gets worse, is treated anew or is in question, the words around it say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from chartcode.assign.visits.element import HIGH, LOW, MODERATE, STRAIGHTFORWARD, Tally
from chartcode.assign.visits.record import DECIDED, HISTORY, TOLD, Record
from chartcode.model.case import Diagnosis, Element, Mention

THREAT = "threat"
SYSTEMIC = "systemic"
INJURY = "injury"
MINOR_INJURY = "minor_injury"
MINOR = "minor"
ACUTE = "acute"
CHRONIC = "chronic"
UNDIAGNOSED = "undiagnosed"
NONE = "none"

_EXPLAINS = (ACUTE, INJURY, MINOR_INJURY, MINOR, SYSTEMIC)
"""Natures of a diagnosis beside which a symptom is no problem of its own."""
_GRAVE = ("C", "E1", "F2", "F3", "G", "I", "J4", "K7", "M32", "N18")
_NOT_GRAVE = ("I10", "I83", "I84", "I87", "G43", "G47")
"""Chronic illnesses whose severe worsening takes a patient into a hospital, and milder ones among them."""
_CATEGORY = 3
_AHEAD = frozenset(("plan", "disposition", "follow-up", "discharge instructions", "discharge medications"))
"""Sections that tell what may come, not how things stand."""


def nature(code: str, table: Mapping[str, str]) -> str:
    """Return what a diagnosis is: the kind of the longest beginning of its code; acute if no beginning is known.

    Args:
        code: as printed, with the dot.
        table: beginnings of codes to kinds.
    """
    kinds = (table.get(code[:length]) for length in range(len(code), 0, -1))
    return next((kind for kind in kinds if kind), ACUTE)


def problems(record: Record, *, acute_care: bool, admits: bool = False, later: bool = False) -> Element:
    """Return the element of problems.

    Args:
        record: what was read.
        acute_care: the visit is one of an emergency department or a hospital.
        admits: the note is the one that takes the patient into the hospital.
        later: it is a later visit of a stay, when what threatened may have passed.
    """
    addressed = _Addressed(record)
    tally = Tally("problems")
    _threats(addressed, tally, acute_care=acute_care, later=later)
    _chronic(addressed, tally, admits=admits)
    _acute(addressed, tally)
    if not tally.found:
        told = record.said("problems", "injury", "acute", "chronic", within=record.decides | TOLD)
        tally.add(LOW, "a problem is told that no diagnosis stands for", [c.mention for c in told])
    return tally.element()


class _Addressed:
    """The diagnoses that a visit addresses, by their nature, and the words on how they stand."""

    def __init__(self, record: Record) -> None:
        self.record = record
        kinds: dict[str, list[str]] = record.books.parameters["visit_problems.nature"]
        table = {beginning: kind for kind in reversed(kinds) for beginning in kinds[kind]}
        self._found: dict[str, list[Diagnosis]] = {}
        for diagnosis in record.diagnoses:
            self._found.setdefault(nature(diagnosis.code.value, table), []).append(diagnosis)

    def of(self, *natures: str) -> list[Diagnosis]:
        """Return the diagnoses of these natures."""
        return [d for nature in natures for d in self._found.get(nature, ())]

    def said(self, *names: str) -> list[Mention]:
        """Return the words of these cues where the record decides or tells."""
        return [c.mention for c in self.record.said("problems", *names, within=self.record.decides | TOLD)]

    @cached_property
    def worse(self) -> list[Mention]:
        """Words that say that something gets worse, comes back, or is not where it should be; a plan looks ahead."""
        within = (self.record.decides | TOLD) - _AHEAD
        return [c.mention for c in self.record.said("problems", "not at goal", within=within)]


def _threats(addressed: _Addressed, tally: Tally, *, acute_care: bool, later: bool) -> None:
    """Look for a danger to life, limb or organ: diagnosed anywhere, only told of in acute care."""
    record = addressed.record
    near = record.decides | TOLD if acute_care else record.decides
    coded = [d for d in addressed.of(THREAT) if any(m.section in near for m in d.evidence)]
    words = _words(coded) or (addressed.said("threat") if acute_care else [])
    if not words:
        return
    if later and record.said("problems", "stable", within=record.decides):
        tally.add(MODERATE, "an illness that endangered life, limb or organ and gets better", words)
    else:
        tally.add(HIGH, "an illness that endangers life, limb or organ", words)


def _chronic(addressed: _Addressed, tally: Tally, *, admits: bool) -> None:
    chronic = addressed.of(CHRONIC)
    if not chronic:
        return
    words = _words(chronic)
    count = len({d.code.value[:_CATEGORY] for d in chronic})
    grave = [d for d in chronic if d.code.value.startswith(_GRAVE) and not d.code.value.startswith(_NOT_GRAVE)]
    cancer = [d for d in chronic if d.code.value.startswith("C")]
    fresh = addressed.said("new cancer")
    changed = [c.mention for c in addressed.record.said("risk", "treatment changed", within=addressed.record.decides)]
    if admits and grave and addressed.worse:
        tally.add(HIGH, "a chronic illness so much worse that it needs a hospital", [*_words(grave), *addressed.worse])
    if cancer and fresh:
        tally.add(HIGH, "a cancer found newly", [*_words(cancer), *fresh])
    if addressed.worse:
        reason = "a chronic illness that gets worse or is not where it should be"
        tally.add(MODERATE, reason, [*words, *addressed.worse])
    if changed:
        tally.add(MODERATE, "a chronic illness whose treatment is changed", [*words, *changed])
    operated = [c.mention for c in addressed.record.said("risk", "surgery decided", within=addressed.record.decides)]
    if operated:
        tally.add(MODERATE, "a chronic illness that is to be operated on", [*words, *operated])
    if count > 1:
        tally.add(MODERATE, f"{count} chronic illnesses", words)
    tally.add(LOW, "one chronic illness", words)


def _acute(addressed: _Addressed, tally: Tally) -> None:
    record = addressed.record
    undiagnosed, explained = addressed.of(UNDIAGNOSED), addressed.of(*_EXPLAINS)
    simple, minor = addressed.of(ACUTE, MINOR_INJURY), addressed.of(MINOR)
    unclear = [c.mention for c in record.said("problems", "undiagnosed", within=record.decides)]
    if undiagnosed and not explained:
        tally.add(MODERATE, "a new problem whose cause is not known yet", _words(undiagnosed))
    elif unclear and not explained and not addressed.of(CHRONIC):
        tally.add(MODERATE, "a problem whose cause is in question", unclear)
    if addressed.of(SYSTEMIC):
        tally.add(MODERATE, "an acute illness that affects the whole patient", _words(addressed.of(SYSTEMIC)))
    if addressed.of(INJURY):
        tally.add(MODERATE, "an injury that needs more than local care", _words(addressed.of(INJURY)))
    if simple and addressed.worse:
        words = [*_words(simple), *addressed.worse]
        tally.add(MODERATE, "a problem that comes back or does not get better", words)
    if simple:
        tally.add(LOW, "a passing illness or injury", _words(simple))
    if len(minor) > 1:
        tally.add(LOW, f"{len(minor)} small problems", _words(minor))
    elif minor:
        tally.add(STRAIGHTFORWARD, "one small problem", _words(minor))


def _words(diagnoses: Iterable[Diagnosis]) -> list[Mention]:
    """Return the words of each diagnosis: of the assessment or plan, else of what is told, else of the history."""
    return [min(d.evidence, key=_closeness) for d in diagnoses if d.evidence]


def _closeness(mention: Mention) -> int:
    return 0 if mention.section in DECIDED else 2 if mention.section in HISTORY else 1
