"""Whether the author of a note decides on hospital care: it raises the risk, and tells how bad an illness is."""

from __future__ import annotations

from typing import NamedTuple

from chartcode.assign.visits.category import EMERGENCY, Category
from chartcode.assign.visits.record import TOLD, Record
from chartcode.model.case import Mention

_ADMITS = "history and physical"


class Admission(NamedTuple):
    """Whether hospital care is decided, and in which words."""

    decided: bool
    words: tuple[Mention, ...]


def admission(record: Record, kind: Category) -> Admission:
    """Return whether this note decides on hospital care.

    The history and physical of a hospital does so by what it is. An emergency note does where its course or disposition
    says that the patient was admitted. Elsewhere only words that look ahead count: "was admitted" tells of others.
    """
    here = record.decides
    if kind.acute_care and _ADMITS in {d.kind for d in record.documents}:
        said = record.said("risk", "hospitalization", "in hospital", within=here | TOLD)
        return Admission(decided=True, words=tuple(c.mention for c in said))
    names = ("hospitalization", "in hospital") if kind.service == EMERGENCY else ("hospitalization",)
    said = record.said("risk", *names, within=here)
    return Admission(bool(said), tuple(c.mention for c in said))
