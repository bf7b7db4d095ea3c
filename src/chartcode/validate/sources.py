"""Where CMS publishes what the rules of visits and services cite."""

from __future__ import annotations

FEE_SCHEDULE = "https://www.cms.gov/medicare/payment/fee-schedules/physician"
"""Where CMS publishes the Physician Fee Schedule, its final rules and its national files."""
CLAIMS_MANUAL = (
    "https://www.cms.gov/regulations-and-guidance/guidance/manuals/internet-only-manuals-ioms-items/cms018912"
)
"""Where CMS publishes the Medicare Claims Processing Manual, chapter by chapter."""
