"""The parts of ``python -m bench books``, in the order in which they are run."""

from __future__ import annotations

from dataclasses import dataclass

PARTS = ("icd10cm", "icd10cm_index", "installing", "opening", "search")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it is, what was asked, what was reached, and whether that meets it."""

    what: str
    asked: str
    reached: str
    met: bool

    def row(self) -> tuple[str, str, str, str]:
        """Return it as a row of a table."""
        return self.what, self.asked, self.reached, "yes" if self.met else "NO"
