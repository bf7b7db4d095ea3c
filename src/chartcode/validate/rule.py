"""What a rule is: a pure function that yields the faults of a case, with its authority and the days it governs.

A rule is one file, ``rules/<authority>/<fault>.py``; its id is its place. The file's docstring is the manual: a first
line that names the fault, an essay on what to do about it, and examples in the napkin notation, where ``!`` stands on
each line that the rule is to fault. The tests run the examples; the reference page is made from the same text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from textwrap import dedent
from typing import TypeAlias

from chartcode.books import Books
from chartcode.model.case import BILLING, INFO, MODES, SEVERITIES, Case, Finding
from chartcode.validate.needs import Need

Check: TypeAlias = Callable[[Case, Books], Iterable[Finding]]

ROOM = "chartcode.validate.rules."
GUIDELINES = "https://www.cms.gov/medicare/coding-billing/icd-10-codes"
"""Where CMS publishes the ICD-10-CM Official Guidelines and the tabular list of each year."""
CODE_EDITOR = (
    "https://www.cms.gov/medicare/payment/prospective-payment-systems/acute-inpatient-pps/"
    "ms-drg-classifications-and-software"
)
"""Where CMS publishes the Definitions of Medicare Code Edits and their software."""
FIRST_DAY = "2015-10-01"
"""The first day of ICD-10-CM in the United States."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; call it with a case and the books of its day.

    ``severity`` is error (a payer will refuse the claim), warning (look again), query (ask the clinician) or info;
    ``authority`` the text that demands it, with its section; ``since`` and ``until`` the days on which it governs,
    both included; ``modes`` the uses of a case that it speaks to; ``needs`` the books that a user has to install first;
    ``document`` the manual of a rule that has no file of its own among the rules.
    """

    id: str
    severity: str
    authority: str
    url: str
    since: date
    until: date | None
    modes: tuple[str, ...]
    check: Check = field(repr=False)
    needs: tuple[Need, ...] = ()
    document: str = field(default="", repr=False)

    def __call__(self, case: Case, books: Books) -> Iterator[Finding]:
        """Yield the faults that this rule finds, signed with its id and severity.

        Where a book is absent that it needs for this case, it yields that it was not checked, as a remark.
        """
        if self.needs and (missing := [told for need in self.needs if (told := need.missing(case, books))]):
            yield from (Finding(told, rule=self.id, severity=INFO) for told in missing)
            return
        for finding in self.check(case, books):
            yield replace(finding, rule=self.id, severity=self.severity)

    def governs(self, day: date) -> bool:
        """Tell whether the rule is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    @property
    def title(self) -> str:
        """The first line of the rule's file: the fault in one sentence."""
        return self._document.partition("\n")[0]

    @property
    def essay(self) -> str:
        """What stands between the first line and the examples."""
        return self._document.partition("\n")[2].partition("\nExamples:\n")[0].strip()

    @property
    def examples(self) -> str:
        """The examples, in the napkin notation."""
        return dedent(self._document.partition("\nExamples:\n")[2]).strip("\n")

    @property
    def _document(self) -> str:
        return self.document or (sys.modules[self.check.__module__].__doc__ or "").strip()


def rule(
    *,
    severity: str,
    authority: str,
    url: str = GUIDELINES,
    since: str = FIRST_DAY,
    until: str | None = None,
    modes: tuple[str, ...] = (BILLING,),
    needs: tuple[Need, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a function a rule; its id is the place of its file, ``<authority>/<fault>``.

    Raises:
        ValueError: the metadata are not of the fixed vocabularies, or the function is not named for its file.
    """
    if severity not in SEVERITIES or not set(modes) <= set(MODES):
        raise ValueError(
            f"a rule needs a severity of {SEVERITIES} and modes of {MODES}, not {severity!r} and {modes!r}"
        )

    def made(check: Check) -> Rule:
        place = check.__module__.removeprefix(ROOM)
        if place.rpartition(".")[2] != check.__name__:
            raise ValueError(f"the rule {check.__name__!r} stands in {check.__module__}; name it for its file")
        first, last = date.fromisoformat(since), date.fromisoformat(until) if until else None
        return Rule(place.replace(".", "/"), severity, authority, url, first, last, modes, check, needs)

    return made
