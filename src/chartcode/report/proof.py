"""One code's proof: its words in place, its way through the book, the rules it passed, and what lost against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from chartcode.model.case import Case, Diagnosis, Finding, Mention, PartialProcedure, Procedure, Rejected, Visit
from chartcode.model.chart import AFFIRMED, Span
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS
from chartcode.report.table import SEVERITY
from chartcode.report.visit import proof as visit_proof

VISIT = "visit"
"""The word that asks for the visit, whatever its number."""

_SERVICES = frozenset(("cpt", "hcpcs", "ncci", "coverage"))
_OTHERS = {
    ICD10CM: _SERVICES | {"icd10pcs"},
    ICD10PCS: _SERVICES | {"icd10cm", "clinical", "risk"},
    CPT: frozenset(("icd10cm", "icd10pcs", "clinical", "risk", "mce")),
    HCPCS: frozenset(("icd10cm", "icd10pcs", "clinical", "risk", "mce")),
}
"""The authorities that have nothing to say to a code of a system: to pass their rules is no merit of it."""

AROUND = 70
"""How many characters of the record are shown on either side of the evidence."""


def proof(case: Case, code: str, checked: Sequence[str] = ()) -> RenderableType | None:
    """Return the proof of a code of a case, or of all codes below a category; None if the case does not speak of it.

    Args:
        case: the coded case. Where its documents have their text, the evidence is shown in its place.
        code: as printed, such as ``E11.42`` or ``E11``; ``visit`` for the visit, whatever its number.
        checked: the ids of the rules that were run; of those that speak to the code's system, the ones without a
            finding on it are counted as passed.
    """
    parts: list[RenderableType] = []
    reported: tuple[Diagnosis | Procedure, ...] = (*case.diagnoses, *case.procedures)
    for entry in reported:
        if _speaks_of(entry.code.value, code):
            parts += [*_reported(case, entry, checked), ""]
    for procedure in case.partial_procedures:
        if _speaks_of(procedure.partial, code):
            parts += [*_partial(case, procedure), ""]
    visit = case.visit
    if visit is not None and (code.lower() == VISIT or (visit.code and _speaks_of(visit.code, code))):
        shown = visit_proof(case)
        parts += [shown, *_faults_of(case, visit), ""] if shown else []
    for rejected in case.rejected:
        if _speaks_of(rejected.code.value, code):
            parts += [*_rejected(case, rejected), ""]
    for entry in case.diagnoses:
        lost = [rival for rival in entry.rivals if _speaks_of(rival.code.value, code)]
        parts += [Text(f"{rival.code} lost against {entry.code}: {rival.why}") for rival in lost]
    return Group(*parts) if parts else None


def _faults_of(case: Case, visit: Visit) -> Iterator[RenderableType]:
    yield from _titled("findings", [_fault(f) for f in case.findings if visit in f.on])


def _speaks_of(value: str, code: str) -> bool:
    return value.replace(".", "").startswith(code.replace(".", "").upper())


def _reported(case: Case, entry: Diagnosis | Procedure, checked: Sequence[str]) -> Iterator[RenderableType]:
    yield Text.assemble((entry.code.value, "bold green"), "  ", (entry.title, "bold"))
    said = [entry.role] if isinstance(entry, Diagnosis) else [f"{entry.units} unit(s)", *entry.modifiers]
    if isinstance(entry, Diagnosis) and entry.poa:
        said.append(f"POA {entry.poa}")
    yield Text(f"{', '.join(said)}; confidence {entry.confidence:.0%}, {entry.band}", "cyan")
    yield from _titled("the record says", (_quotation(case, mention) for mention in entry.evidence))
    yield from _titled(f"the way through the book{f' ({entry.by})' if entry.by else ''}", _way(entry.path))
    yield from _titled("reasons", map(Text, dict.fromkeys(entry.reasons)))
    if isinstance(entry, Diagnosis):
        rivals = (Text(f"{rival.code}: {rival.why}") for rival in entry.rivals)
        yield from _titled("rivals that lost", rivals)
    yield from _rules(case, entry, checked)
    yield from _titled("decides", _groups(case, entry))


def _partial(case: Case, entry: PartialProcedure) -> Iterator[RenderableType]:
    yield Text.assemble((entry.partial, "bold yellow"), f"  open: {entry.axis}")
    yield from _titled("the record says", (_quotation(case, mention) for mention in entry.evidence))
    yield from _titled(f"the way through the book{f' ({entry.by})' if entry.by else ''}", _way(entry.path))
    yield from _titled("still possible", (Text(f"{value} {label}".rstrip()) for value, label in entry.choices))


def _rejected(case: Case, entry: Rejected) -> Iterator[RenderableType]:
    yield Text.assemble((entry.code.value, "bold red"), "  not reported: ", (entry.why, "bold"))
    yield from _titled("the record says", (_quotation(case, mention) for mention in entry.evidence))
    yield from _titled(f"the way through the book{f' ({entry.by})' if entry.by else ''}", _way(entry.path))


def _titled(title: str, lines: Iterable[RenderableType]) -> Iterator[RenderableType]:
    shown = list(lines)
    if shown:
        yield Text(title, "dim")
        yield Padding(Group(*shown), (0, 0, 0, 2))


def _way(path: Sequence[str]) -> Iterator[RenderableType]:
    if path:
        yield Text(" > ".join(path))


def _quotation(case: Case, mention: Mention) -> RenderableType:
    before, words, after = _surroundings(case, mention.span)
    line = Text.assemble((before, "dim"), (words, "bold underline"), (after, "dim"))
    told = [mention.section or "no section", f"characters {mention.span.start}-{mention.span.end}"]
    if mention.assertion != AFFIRMED:
        told.append(mention.assertion + (f" by '{mention.cue}'" if mention.cue else ""))
    line.append(f"  ({', '.join(told)})", "cyan")
    return line


def _surroundings(case: Case, span: Span) -> tuple[str, str, str]:
    """Return the line's words before the span, the span's, and those after it, each on one line."""
    text = next((d.text for d in case.chart.documents if d.id == span.document), "")
    if not text:
        return "", " ".join(span.text.split()), ""
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    before, after = text[first : span.start], text[span.end : last if last >= 0 else len(text)]
    if len(before) > AROUND:
        before = f"…{before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]}…"
    return before.lstrip(), " ".join(text[span.start : span.end].split()), after.rstrip()


def _rules(case: Case, entry: Diagnosis | Procedure, checked: Sequence[str]) -> Iterator[RenderableType]:
    faults = [finding for finding in case.findings if any(_same(on, entry) for on in finding.on)]
    yield from _titled("findings", map(_fault, faults))
    failed, others = {finding.rule for finding in faults}, _OTHERS.get(entry.code.system, frozenset())
    by = Counter(rule.partition("/")[0] for rule in checked if rule not in failed)
    passed = {authority: count for authority, count in by.items() if authority not in others}
    if passed:
        told = ", ".join(f"{count} {authority}" for authority, count in passed.items())
        yield from _titled(f"passed {sum(passed.values())} rules (chartcode rules list)", [Text(told)])


def _same(one: Diagnosis | Procedure | Visit, other: Diagnosis | Procedure) -> bool:
    return str(one.code) == str(other.code)


def _fault(finding: Finding) -> Text:
    return Text.assemble(
        (finding.severity, SEVERITY[finding.severity]), f"  {finding.message}  ", (finding.rule, "dim")
    )


def _groups(case: Case, entry: Diagnosis | Procedure) -> Iterator[RenderableType]:
    for group in case.groups:
        if entry.code in group.drivers:
            yield Text(f"{group.system} {group.version} {group.code} {group.title}")
