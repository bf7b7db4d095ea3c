"""Modifiers of a visit beside a procedure: work of its own on the same day (25), or the decision for surgery (57)."""

from __future__ import annotations

from collections.abc import Iterator

from chartcode.assign.visits.record import Record
from chartcode.books.visits import procedural

SEPARATE, DECISION = "25", "57"
_MAJOR = "090"
"""Global days of a major operation; ``000`` and ``010`` are those of a minor one."""


def modifiers(record: Record) -> Iterator[tuple[str, str]]:
    """Yield (modifier, reason) for a visit beside the case's procedures.

    Medicare Claims Processing Manual, chapter 12, 40.2 and 30.6.6: 57 for the decision on the day of, or the day
    before, an operation with ninety global days; 25 beside a procedure with none or ten.
    """
    lines = [line for line in record.case.procedures if procedural(line.code)]
    if not lines:
        return
    days = {line.code.value: _days(record, line.code.value) for line in lines}
    major = [code for code, global_days in days.items() if global_days == _MAJOR]
    minor = [code for code in days if code not in major]
    if major:
        yield DECISION, f"modifier {DECISION}: the visit at which {major[0]} was decided, if it was"
    if minor:
        yield SEPARATE, f"modifier {SEPARATE}: work of its own beside {minor[0]} on the same day, if it was"


def _days(record: Record, code: str) -> str:
    """Return the global days of a procedure by the fee schedule, or nothing where none is installed."""
    schedule = record.books.pfs
    row = schedule.indicators(code) if schedule else None
    return row.global_days if row else ""
