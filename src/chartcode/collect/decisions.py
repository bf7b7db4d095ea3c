"""What people decided about charts: a CSV, one row a decision, which outranks what the engines find."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date

from chartcode.model.case import Decision
from chartcode.model.ledger import ACTS

COLUMNS = ("case", "act", "about", "who", "on", "why")
"""The columns, of which the first three must be there."""


class BadDecisions(ValueError):  # noqa: N818 - named as one would say it
    """A table of decisions cannot be used; the message names the line, never what stands in it."""


def decisions(lines: Iterable[str]) -> dict[str, tuple[Decision, ...]]:
    """Return the decisions of a CSV by the case's id, in their order.

    Raises:
        BadDecisions: a column is missing or unknown, an act is none, a day is no day, or a reason is lacking.
    """
    rows = csv.DictReader(lines)
    rows.fieldnames = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    for name in COLUMNS[:3]:
        if name not in rows.fieldnames:
            raise BadDecisions(f"there is no column {name!r}; the columns are {', '.join(COLUMNS)}")
    for name in rows.fieldnames:
        if name not in COLUMNS:
            raise BadDecisions(f"there is no column {name!r}; the columns are {', '.join(COLUMNS)}")
    found: dict[str, list[Decision]] = {}
    for row in rows:
        said = {key: (value or "").strip() for key, value in row.items() if key in COLUMNS}
        found.setdefault(said["case"], []).append(_decision(said, rows.line_num))
    return {case: tuple(several) for case, several in found.items()}


def _decision(said: dict[str, str], line: int) -> Decision:
    if said["act"] not in ACTS:
        raise BadDecisions(f"line {line}: the act is one of {', '.join(ACTS)}")
    if not said["case"] or not said["about"]:
        raise BadDecisions(f"line {line}: a decision names its case and what it is about, a code or a rule")
    if said["act"] == "override" and not said.get("why"):
        raise BadDecisions(f"line {line}: say why the finding may stand")
    try:
        on = date.fromisoformat(said["on"]) if said.get("on") else None
    except ValueError:
        raise BadDecisions(f"line {line}: on is not a day; write it as YYYY-MM-DD") from None
    return Decision(said["act"], said["about"], said.get("why", ""), said.get("who", ""), on)
