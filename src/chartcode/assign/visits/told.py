"""Words of a record outside of its history, as they stand there: what kinds of service, and circumstances, are told by.

Every pattern has hints, short words one of which is in whatever it finds: most records have none of them, and are not
searched at all.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chartcode.assign.circumstances import surroundings
from chartcode.assign.visits.record import HISTORY, Record
from chartcode.model.case import Mention
from chartcode.model.chart import AFFIRMED, NEGATED, small

_PLANNED = re.compile(r"\b(?:will|would|next|schedul\w+|offer\w*|may|can|could|prefer\w*|available)\b", re.IGNORECASE)

_PLANS = frozenset(("plan", "follow-up", "disposition", "discharge instructions"))
"""Sections of what is to come."""


class Words(NamedTuple):
    """A pattern, and the small words one of which stands in all that it finds."""

    pattern: re.Pattern[str]
    hints: tuple[str, ...]


class Said(NamedTuple):
    """Words found, as a match and as evidence."""

    match: re.Match[str]
    mention: Mention


def words(pattern: str, *hints: str) -> Words:
    """Return a pattern, asked in any letters, with its hints."""
    return Words(re.compile(pattern, re.IGNORECASE), hints)


def told(record: Record, of: Words, *, sure: bool = True, now: bool = False) -> Said | None:
    """Return the first words outside of history that are meant.

    Args:
        record: whose documents are read.
        of: the words.
        sure: they must be affirmed; else it is enough that they are not denied.
        now: they do not stand in a sentence of what is to come.
    """
    for document in record.documents:
        low = small(document.text)
        if not any(hint in low for hint in of.hints):
            continue
        for match in of.pattern.finditer(document.text):
            section = document.section_at(match.start())
            found, _ = surroundings(document).context.assertion(match.start(), match.end(), section)
            if section in HISTORY or (found != AFFIRMED if sure else found == NEGATED):
                continue
            start = max(document.text.rfind(mark, 0, match.start()) for mark in (".", "\n")) + 1
            ahead = section in _PLANS or _PLANNED.search(document.text, start, match.start())
            if not (now and ahead):
                return Said(match, Mention(document.span(*match.span()), match.group().lower(), section=section))
    return None
