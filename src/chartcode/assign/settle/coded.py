"""What the record has coded already, as policy: what stands, what leads, and what a list of problems is worth.

A code chosen for this encounter, or billed for it, is reported whatever the fitted model thinks of its words: somebody
answers for it. A condition that is only on the list of problems is not reported: nothing shows that it was evaluated
or treated (Guidelines III, IV.J). Charts without coded entries are not touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chartcode.assign.settle.candidates import Candidate
from chartcode.books import Books
from chartcode.model.case import ADMITTING, Case, Diagnosis, Mention, Proposal
from chartcode.model.chart import AFFIRMED, Fact, Span
from chartcode.model.code import ICD10CM, Code

_SURE = 0.95
_LIST = "problem list"
_LISTS = (_LIST, "past")
ONLY_LISTED = "only on the list of problems: nothing shows that it was evaluated or treated at this encounter"


def told(candidate: Candidate) -> list[Proposal]:
    """Return the proposals of a candidate that come from coded entries."""
    return [p for p in candidate.proposals if p.by == "structured"]


def weigh_entries(found: Sequence[Candidate], case: Case) -> None:
    """Reject, in place, candidates of coded entries that cannot be reported, and those that only a list of problems names."""
    facts = [f for f in case.chart.facts if f.kind == "diagnosis" and f.get("at")]
    if not facts:
        return
    listed = [span for f in facts if f.get("category") in _LISTS for span in f.evidence]
    for candidate in found:
        entries = told(candidate)
        if candidate.why:
            continue
        if entries and all(p.against for p in entries) and len(entries) == len(candidate.proposals):
            candidate.why = entries[0].against[0]
        elif not _sure(candidate) and all(_listed(m, listed) for m in candidate.mentions):
            candidate.why = ONLY_LISTED


def _listed(mention: Mention, spans: Sequence[Span]) -> bool:
    """Tell whether words stand on the list of problems: by their section, or as those of an entry of the list."""
    return mention.section == _LIST or any(_within(mention.span, span) for span in spans)


def _sure(candidate: Candidate) -> bool:
    return any(p.confidence >= _SURE and p.evidence[0].assertion == AFFIRMED for p in told(candidate))


def insisted(standing: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that coded entries of this encounter insist on; their score is at least that of the entry."""
    found = [c for c in standing if _sure(c)]
    for candidate in found:
        candidate.score = max(candidate.score, _SURE)
    return found


def overruled(standing: Sequence[Candidate]) -> Iterator[tuple[Candidate, str]]:
    """Yield the candidates whose words the record itself has coded otherwise for this encounter, with the reason."""
    spoken = {c.code: [p.evidence[0].span for p in told(c) if p.confidence >= _SURE] for c in standing if _sure(c)}
    for candidate in standing:
        if candidate.code in spoken:
            continue
        for code, spans in spoken.items():
            if all(any(_within(m.span, s) for s in spans) for m in candidate.mentions):
                yield candidate, f"the record itself codes these words as {code}"
                break


def _within(inner: Span, outer: Span) -> bool:
    return inner.document == outer.document and outer.start <= inner.start and inner.end <= outer.end


def leads(reported: Sequence[Candidate], case: Case, spoken: Mapping[str, float]) -> dict[str, float]:
    """Return how well the coded diagnoses of this encounter would stand first: before all others, by their rank.

    Args:
        reported: the candidates to put in order.
        case: with the coded entries.
        spoken: how well each candidate would lead by its words; it decides among those without rank.
    """
    found: dict[str, float] = {c.code: 1.0 + spoken.get(c.code, 0.0) for c in reported if _sure(c)}
    for fact in _facts(case):
        rank = fact.get("rank") or ""
        place = int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 4 else 500
        worth = 3.0 if fact.get("role") == "principal" else 2.0 if rank else 0.0
        if worth and fact.get("role") not in ("admitting", "reason for visit"):
            code = fact.code.value if fact.code else ""
            found[code] = max(found.get(code, 0.0), worth + (500 - min(place, 500)) / 1000)
    return {c.code: found[c.code] for c in reported if c.code in found and _sure(c)}


def poa(candidate: Candidate, case: Case) -> str | None:
    """Return the indicator that a coded entry gives for present on admission, None where none does."""
    for fact in _facts(case):
        said = fact.get("poa")
        if fact.code and fact.code.value == candidate.code and said in ("Y", "N", "U", "W", "1"):
            return said if case.inpatient else None
    return None


def admitting(case: Case, books: Books) -> Iterator[Diagnosis]:
    """Yield the admitting diagnosis of a stay, where a coded entry names a reportable one."""
    for fact in _facts(case):
        if case.inpatient and fact.get("role") == "admitting" and fact.code and books.icd10cm.valid(fact.code.value):
            code = Code(ICD10CM, fact.code.value)
            yield Diagnosis(code, ADMITTING, title=books.icd10cm.title(code.value), by="structured")
            return


def _facts(case: Case) -> Iterator[Fact]:
    return (
        f for f in case.chart.facts if f.kind == "diagnosis" and f.code and f.code.system == ICD10CM
        and f.assertion == AFFIRMED
    )  # fmt: skip
