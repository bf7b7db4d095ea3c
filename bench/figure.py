"""One line of a report: what was measured, beside what is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report."""

    name: str
    measured: str
    asked: str = ""
    met: bool = True

    def cells(self) -> tuple[str, str, str, str]:
        """Return the line's cells."""
        return self.name, self.measured, self.asked, "yes" if self.met and self.asked else "" if self.met else "NO"
