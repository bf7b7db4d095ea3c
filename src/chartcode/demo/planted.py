"""The problems that are planted: who does what wrong, so that reports, guides and tests speak of the same."""

from __future__ import annotations

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
