"""What people decided about a case, as rows of the table ``decisions``, and how far it changed the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from chartcode.model.case import Case, Diagnosis, Group, Procedure
from chartcode.model.ledger import ACCEPT, ADD, OVERRIDE, REJECT, Change, changes
from chartcode.report.columns import Row

_CHANGES = {ACCEPT: "confirmed", REJECT: "removed", ADD: "added", OVERRIDE: "finding accepted"}


def group_of(case: Case, system: str) -> Group | None:
    """Return the first group of a case by a system, or None."""
    return next((g for g in case.groups if g.system == system), None)


def first_coding(case: Case) -> Row:
    """Return how far people changed a case: codes added and removed, and its groups without their decisions."""
    if not case.decisions:
        return {"added": 0, "removed": 0}
    acts = Counter(c.decision.act for c in changes(case) if c.code)
    drg, score = group_of(case, "MS-DRG at first"), group_of(case, "CMS-HCC score at first")
    return {
        "added": acts[ADD],
        "removed": acts[REJECT],
        "first_drg": drg.code if drg else None,
        "first_weight": drg.weight if drg else None,
        "first_raf": score.weight if score else None,
    }


def decision_rows(case: Case) -> Iterator[Row]:
    """Yield a case's rows of the table ``decisions``, in the order of its ledger."""
    entries: list[Diagnosis | Procedure] = [*case.diagnoses, *case.procedures] if case.decisions else []
    shown = {str(entry.code): len(entry.evidence) for entry in entries}
    for change in changes(case):
        decision, code = change.decision, change.code
        yield {
            "case_id": case.chart.id,
            "decision": change.place,
            "act": decision.act,
            "change": "replaced" if change.replaces or change.replaced_by else _CHANGES.get(decision.act),
            "system": code.system if code else None,
            "code": code.value if code else None,
            "title": change.title or None,
            "replaces": str(change.replaces) if change.replaces else None,
            "replaced_by": str(change.replaced_by) if change.replaced_by else None,
            "rule": change.rule or None,
            "who": decision.who or None,
            "on": decision.on,
            "why": decision.why or None,
            "engine": change.engine or None,
            "evidence": shown.get(str(code)),
            **_effect(case, change),
        }


def _effect(case: Case, change: Change) -> Row:
    """Return what one decision alone makes of the groups; nothing where it makes nothing of them, or is half of two."""
    found = {
        g.system: g for g in case.groups if g.system.endswith(" without the decision") and change.code in g.drivers
    }
    drg, score = found.get("MS-DRG without the decision"), found.get("CMS-HCC score without the decision")
    return {
        "drg_without": drg.code if drg else None,
        "weight_change": _less(group_of(case, "MS-DRG"), drg),
        "raf_change": _less(group_of(case, "CMS-HCC score"), score),
    }


def _less(now: Group | None, without: Group | None) -> float | None:
    if now is None or without is None or now.weight is None or without.weight is None:
        return None
    return round(now.weight - without.weight, 4)
