"""What a new release changes for one's own charts, templates and catalogues: the report of the October morning.

Every chart is coded twice, by the books of one release and by those of another, whatever its own day: what differs is
the release's doing. A saved case has no text to code, so its codes are looked up and its rules and groups run again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chartcode.books import Books, Shelf
from chartcode.model.case import BILLING, Case
from chartcode.model.chart import Chart
from chartcode.model.code import CATEGORY, dotted
from chartcode.pipeline import Coder, recheck_by

_TOKEN = re.compile(
    rf"(?<![A-Za-z0-9.])(?:{CATEGORY}(?:\.?[0-9A-Z]{{1,4}})?|[0-9A-HJ-NP-Z]{{7}}|\d{{4}}[0-9A-Z])(?![A-Za-z0-9])"
)
_SERVICES = ("hcpcs", "cpt")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a release changes of one chart.

    ``codes`` are pairs (code before, code after), either of them '' where nothing stands in its place; ``rules`` maps
    a rule to how many findings more (or fewer) it has; ``groups`` are triples (system, group before, group after).
    """

    chart: str
    codes: tuple[tuple[str, str], ...] = ()
    rules: tuple[tuple[str, int], ...] = ()
    groups: tuple[tuple[str, str, str], ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.codes or self.rules or self.groups)


@dataclass(frozen=True, slots=True)
class Stale:
    """A code in a template or catalogue that is reportable under the one release and not under the other."""

    line: int
    code: str
    instead: tuple[str, ...]


def effects(
    sources: Iterable[Chart | Case], shelf: Shelf, one: date, other: date, mode: str = BILLING
) -> Iterator[Effect]:
    """Yield what changes for each chart or saved case from the books of one day to those of another, in their order.

    Raises:
        LookupError: no books are in force on one of the days.
        StepFailed: a step has a fault of the program.
    """
    before, after = shelf.at(one), shelf.at(other)
    coder = Coder(shelf, mode=mode)
    for source in sources:
        if isinstance(source, Chart):
            yield _compared(coder.by(before, source), coder.by(after, source), after)
        else:
            old, new = recheck_by(before, source), recheck_by(after, source)
            yield _compared(old, new, after, gone=_gone(source, before, after))


def stale(text: str, shelf: Shelf, one: date, other: date) -> Iterator[Stale]:
    """Yield the codes in a text that the books of one day report and those of another do not.

    Codes of HCPCS and CPT are looked for where a release of either day is installed; the starters know no days.

    Raises:
        LookupError: no books are in force on one of the days.
    """
    before, after = shelf.at(one), shelf.at(other)
    installed = [s for s in _SERVICES if shelf.release(s, one) and shelf.release(s, other)]
    books = [(getattr(before, system), getattr(after, system)) for system in ("icd10pcs", *installed)]
    for number, line in enumerate(text.splitlines(), 1):
        for token in dict.fromkeys(_TOKEN.findall(line)):
            code = dotted(token)
            if before.icd10cm.valid(code) and not after.icd10cm.valid(code):
                yield Stale(number, code, _instead(code, after))
            elif any(old.valid(token) and not new.valid(token) for old, new in books):
                yield Stale(number, token, ())


def _gone(case: Case, before: Books, after: Books) -> dict[str, str]:
    """Return the codes of a saved case that lose their days, with what each becomes, or ''."""
    codes = [d.code.value for d in case.diagnoses]
    return {
        code: after.icd10cm.in_force(code) or ""
        for code in codes
        if before.icd10cm.valid(code) and not after.icd10cm.valid(code)
    }


def _compared(old: Case, new: Case, after: Books, gone: dict[str, str] | None = None) -> Effect:
    lost = [c for c in _codes(old) if c not in set(_codes(new))]
    gained = [c for c in _codes(new) if c not in set(_codes(old))]
    pairs = list((gone or {}).items())
    for code in lost:
        heirs = {*_instead(code, after), *after.icd10cm.predecessors(code)} & set(gained)
        heir = min(heirs, default="")
        if heir:
            gained.remove(heir)
        pairs.append((code, heir))
    pairs += [("", code) for code in gained]
    rules = Counter(f.rule for f in new.findings)
    rules.subtract(f.rule for f in old.findings)
    return Effect(
        old.chart.id, tuple(pairs), tuple((r, n) for r, n in sorted(rules.items()) if n), tuple(_groups(old, new))
    )


def _codes(case: Case) -> list[str]:
    return list(dict.fromkeys([*(d.code.value for d in case.diagnoses), *(p.code.value for p in case.procedures)]))


def _instead(code: str, after: Books) -> tuple[str, ...]:
    """Return what is reported in a code's place: its successors that are valid, else the codes below it."""
    found = tuple(c for c in after.icd10cm.successors(code) if after.icd10cm.valid(c))
    return found or after.icd10cm.leaves(code)


def _groups(old: Case, new: Case) -> Iterator[tuple[str, str, str]]:
    before, after = ({(g.system, g.code) for g in case.groups} for case in (old, new))
    for system in sorted({s for s, _ in before ^ after}):
        left, came = (
            ", ".join(sorted(code for s, code in groups if s == system)) for groups in (before - after, after - before)
        )
        yield system, left, came
