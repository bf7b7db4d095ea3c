"""What people changed: the decisions of a case's ledger, each with what it was about, and the case as it was before.

A rejected code is held to have been reported at first, an added one not. Where the same person at the same day and for
the same reason rejected one code and added another of its system, the second took the place of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chartcode.model.case import FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Decision, Diagnosis, Entry, Procedure
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS, Code, dotted, icd10cm, looks_like_icd10cm

ACCEPT, REJECT, ADD, OVERRIDE = "accept", "reject", "add", "override"
ACTS = (ACCEPT, REJECT, ADD, OVERRIDE)

_SHAPES = (
    (re.compile(r"\d{4}[0-9AFTMU]"), CPT),
    (re.compile(r"[A-V]\d{4}"), HCPCS),
    (re.compile(r"[0-9A-HJ-NP-Z]{7}"), ICD10PCS),
)
_RULE = re.compile(r"([a-z0-9_]+/[a-z0-9_]+): ")


@dataclass(frozen=True, slots=True)
class Change:
    """One decision and what it was about.

    ``place`` counts the decisions of the ledger from 1; ``code`` is None where it is about a rule; ``rule`` is the rule
    whose finding was accepted, or whose remedy was applied; ``engine`` had proposed the code; ``replaces`` and
    ``replaced_by`` are the other half where one code took the place of another.
    """

    place: int
    decision: Decision
    code: Code | None = None
    rule: str = ""
    engine: str = ""
    title: str = ""
    replaces: Code | None = None
    replaced_by: Code | None = None


def changes(case: Case) -> tuple[Change, ...]:
    """Return the decisions of a case in the order of its ledger."""
    found = [_change(place, decision, case) for place, decision in enumerate(case.decisions, 1)]
    for added in [c for c in found if c.decision.act == ADD and c.code]:
        at = next((n for n, c in enumerate(found) if _pairs(c, added)), None)
        if at is not None:
            found[found.index(added)] = replace(added, replaces=found[at].code)
            found[at] = replace(found[at], replaced_by=added.code)
    return tuple(found)


def _pairs(gone: Change, added: Change) -> bool:
    """Tell whether a rejected code made room for an added one."""
    a, b = gone.decision, added.decision
    if gone.code is None or added.code is None or gone.replaced_by or a.act != REJECT:
        return False
    return gone.code.system == added.code.system and (a.who, a.on, a.why) == (b.who, b.on, b.why)


def _change(place: int, decision: Decision, case: Case) -> Change:
    told = _RULE.match(decision.why)
    if decision.act == OVERRIDE:
        return Change(place, decision, rule=decision.about)
    entries: list[Diagnosis | Procedure] = [*case.diagnoses, *case.procedures]
    known = [e.code for e in entries] + [r.code for r in case.rejected]
    code = next((code for code in known if str(code) in _spelled(decision)), _code(decision))
    entry = next((e for e in entries if e.code == code), None)
    by = entry.by if entry else next((r.by for r in case.rejected if r.code == code), "")
    engine = "" if by == "person" else by
    return Change(place, decision, code, told[1] if told else "", engine, entry.title if entry else "")


def _spelled(decision: Decision) -> tuple[str, str]:
    about = decision.about.strip().upper()
    return about, dotted(about)


def _code(decision: Decision) -> Code | None:
    """Return the code that a decision names, by its shape; None where it is none."""
    about = decision.about.strip().upper()
    system = next((system for shape, system in _SHAPES if shape.fullmatch(about)), None)
    if system:
        return Code(system, about)
    return icd10cm(about) if looks_like_icd10cm(about) else None


def undone(case: Case, without: Iterable[Change]) -> Case:
    """Return a case as it would be without some of its decisions on codes: the added gone, the rejected back.

    What was replaced comes back in its own place; another rejected diagnosis comes back as a secondary one that was
    present on admission, for the ledger does not keep the place that it had.
    """
    taken = [c for c in without if c.code and c.decision.act in (ADD, REJECT)]
    added = {c.code: c.replaces for c in taken if c.decision.act == ADD}
    gone = [c.code for c in taken if c.decision.act == REJECT and c.replaced_by not in added]
    entries = [*_kept(case, added), *(_back(code, case) for code in gone if code)]
    return replace(case, entries=tuple(_led(entries, case)))


def _kept(case: Case, added: dict[Code | None, Code | None]) -> Iterator[Entry]:
    """Yield the entries of a case without what was added, and with what that had replaced."""
    for entry in case.entries:
        if not isinstance(entry, Diagnosis | Procedure) or entry.code not in added:
            yield entry
        elif (old := added[entry.code]) is not None:
            yield replace(entry, code=old, title="")


def _back(code: Code, case: Case) -> Entry:
    return Diagnosis(code, SECONDARY, "Y" if case.inpatient else None) if code.system == ICD10CM else Procedure(code)


def _led(entries: list[Entry], case: Case) -> list[Entry]:
    """Return the entries with a first diagnosis: the next takes the place of one that is gone."""
    leading = (PRINCIPAL, FIRST_LISTED)
    diagnoses = [e for e in entries if isinstance(e, Diagnosis)]
    if not diagnoses or any(d.role in leading for d in diagnoses) or not any(d.role in leading for d in case.diagnoses):
        return entries
    heir = next((d for d in diagnoses if d.role == SECONDARY), None)
    role = PRINCIPAL if case.inpatient else FIRST_LISTED
    return [replace(heir, role=role) if e is heir and heir is not None else e for e in entries]
