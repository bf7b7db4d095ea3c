"""Findings of severity ERROR on codings that are right: every one is a false alarm, or a fault of the key.

The required codes of each gold note, with the patient, setting and day that the note states, go through the whole
catalogue. What is found is counted by rule, and each finding is named by note and rule, without a word of the note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from bench.sets.files import objects, text
from chartcode.books import Shelf
from chartcode.model.case import ERROR, FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Diagnosis, Entry, Finding, Procedure
from chartcode.model.chart import INPATIENT, Chart
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS, Code, dotted

_SYSTEMS = {"PCS": ICD10PCS, "CPT": CPT, "HCPCS": HCPCS}


@dataclass(slots=True)
class Alarms:
    """What was seen: notes, errors by rule, and where."""

    notes: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    where: list[str] = field(default_factory=list)

    @property
    def a_note(self) -> float:
        """Errors a note."""
        return self.errors.total() / self.notes if self.notes else 0.0


def alarms(folder: Path, day: date, shelf: Shelf) -> Alarms:
    """Check the required codes of every gold note by the books of a day."""
    from chartcode.validate import validate

    seen = Alarms()
    for key in objects(folder / "gold.jsonl"):
        case = coded(key, text(folder / "notes" / f"{key['id']}.txt"), day)
        if not case.entries:
            continue
        seen.notes += 1
        for finding in validate(case, shelf.at(day)):
            if finding.severity == ERROR:
                seen.errors[finding.rule] += 1
                seen.where.append(f"{key['id']} {finding.rule}: {_codes(finding)}")
    return seen


def coded(key: dict[str, Any], words: str, day: date) -> Case:
    """Return a note's required codes as a case of the day, with the patient that the note describes."""
    from chartcode.collect import chart_from_text

    found = chart_from_text(words, key["id"], day=day)
    setting = key.get("setting") or found.encounter.setting
    stay = setting == INPATIENT  # of a stay, the bench moves the day of discharge alone: its length is not known then
    encounter = replace(found.encounter, setting=setting, first=None if stay else day, last=day)
    first = PRINCIPAL if stay else FIRST_LISTED
    entries: list[Entry] = []
    for item in key["dx"]:
        if item.get("status", "required") == "required":
            entries.append(Diagnosis(Code(ICD10CM, dotted(item["code"])), SECONDARY if entries else first))
    entries += _lines(key, inpatient=stay)
    return Case(Chart(key["id"], patient=found.patient, encounter=encounter), tuple(entries))


def _lines(key: dict[str, Any], *, inpatient: bool) -> Iterator[Procedure]:
    """Yield the required procedures of the kind that the setting reports."""
    for item in key.get("procedures") or ():
        system = _SYSTEMS[item["system"]]
        if item.get("status", "required") == "required" and (system == ICD10PCS) == inpatient:
            yield Procedure(Code(system, item["code"]), tuple(item.get("modifiers") or ()))


def _codes(finding: Finding) -> str:
    return ", ".join(str(entry.code) for entry in finding.on) or finding.message
