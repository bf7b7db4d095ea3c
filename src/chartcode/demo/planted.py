"""The problems that are planted: who does what wrong, so that reports, guides and tests speak of the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OVER_CODER = "Hollis, V."
"""A physician who bills most visits one level above what the note supports."""
RAISED = 0.7
"""Share of that physician's visits that are raised."""

VAGUE = "Riverside Clinic"
"""A clinic whose notes leave out type, side and stage."""
LEFT_OUT = 0.85
"""Share of its problems written so; elsewhere it is ``ELSEWHERE``."""
ELSEWHERE = 0.06

DENIER = "Harbor Health Plan"
"""A payer that denies many more claims for services from ``SINCE`` on, as after a change of its edits."""
SINCE = date(2025, 10, 1)
DENIED = 0.38
REASONS = ("11", "16")
"""Its reasons: the diagnosis does not fit the procedure (11), information is lacking (16)."""

ADDER = "coder 3"
"""A coder who adds a diagnosis that raises the payment of stays, though no word of their records speaks of it."""
ADDS = "E43"
ADDED = 0.45
"""The diagnosis (severe malnutrition, an MCC), and the share of the stays looked at to which it is added."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A planted problem in words, the measures that must show it, and the words that each of their signals has."""

    told: str
    measures: tuple[str, ...]
    words: tuple[str, ...]

    def shows(self, signal: str) -> bool:
        """Tell whether a signal of a measure speaks of this problem."""
        return all(word in signal for word in self.words)


PLANTED = (
    Problem(
        f"{OVER_CODER} bills visits a level above what the notes support",
        ("compliance/billed_levels",),
        (OVER_CODER, "above its peers"),
    ),
    Problem(
        f"{VAGUE} leaves type, side and stage out of its notes",
        ("compliance/unspecified",),
        (VAGUE, "above its peers"),
    ),
    Problem(
        f"{DENIER} denies many claims for services since {SINCE}",
        ("trends/denial_rate", "trends/all_denials"),
        (f"in {SINCE:%Y-%m}",),
    ),
    Problem(
        f"{ADDER} adds severe malnutrition to stays whose records do not speak of it",
        ("compliance/added_without_words",),
        (ADDER, "above its peers"),
    ),
)
