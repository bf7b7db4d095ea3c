"""What one may ask of Medicare's coverage policies for a day: which diagnoses support a service, by whose policy.

Local coverage determinations and their billing articles are those of the Medicare Coverage Database; a policy is of one
or several administrative contractors (MACs). National determinations hold everywhere. They list CPT codes, so they are
the user's to install.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chartcode.books.release import Database


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: its number as printed (``L34567``, ``A56789``, ``N190.15``), title, days, and its contractors.

    Contractors are given by their five digits; a national policy has none, and is of all.
    """

    id: str
    title: str
    first: date | None
    last: date | None
    contractors: frozenset[str]


class Coverage:
    """The policies of the exports of a day: determinations, articles, or both; of each kind the latest."""

    def __init__(self, exports: Sequence[tuple[str, Database]]) -> None:
        """Take the opened releases with their names, latest first."""
        self._pages: dict[str, Database] = {}
        for _, pages in exports:
            for (kind,) in pages.all("SELECT DISTINCT substr(id, 1, 1) FROM policy"):
                self._pages.setdefault(kind, pages)
        used = {id(pages) for pages in self._pages.values()}
        self.version = ", ".join(version for version, pages in exports if id(pages) in used)
        self._of = lru_cache(maxsize=5_000)(self._read)
        self._codes = lru_cache(maxsize=500)(self._listed)

    def policies(self, service: str, day: date, contractor: str | None = None) -> tuple[Policy, ...]:
        """Return the policies about a service (CPT or HCPCS) in force on a day, of one contractor or of all."""
        return tuple(
            policy
            for policy in self._of(service)
            if (policy.first is None or policy.first <= day)
            and (policy.last is None or day <= policy.last)
            and (contractor is None or not policy.contractors or contractor in policy.contractors)
        )

    def supports(self, policy: Policy, diagnosis: str) -> bool | None:
        """Tell whether a policy lists a diagnosis (as printed) as supporting; None where it lists no such codes.

        A policy may list the codes that do not support instead: then all others do.
        """
        covered, refused = self._codes(policy.id)
        if diagnosis in refused:
            return False
        if covered:
            return diagnosis in covered
        return True if refused else None

    def _listed(self, policy: str) -> tuple[frozenset[str], frozenset[str]]:
        rows = self._pages[policy[0]].all("SELECT code, covered FROM diagnosis WHERE policy = ?", (policy,))
        return frozenset(c for c, covered in rows if covered), frozenset(c for c, covered in rows if not covered)

    def _read(self, service: str) -> tuple[Policy, ...]:
        question = (
            "SELECT policy.id, title, first, last FROM service JOIN policy ON policy.id = service.policy"
            " WHERE service.code = ? AND policy.id LIKE ? ORDER BY policy.id"
        )
        found = []
        for kind, pages in sorted(self._pages.items()):
            for number, title, first, last in pages.all(question, (service, f"{kind}%")):
                rows = pages.all("SELECT number FROM contractor WHERE policy = ?", (number,))
                found.append(Policy(number, title, _day(first), _day(last), frozenset(row[0] for row in rows)))
        return tuple(found)


def _day(printed: str) -> date | None:
    return date.fromisoformat(printed) if printed else None
