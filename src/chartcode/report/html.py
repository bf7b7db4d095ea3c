"""One self-contained page: the note with its evidence marked, the codes beside it, and how they hang together.

The page asks for nothing from anywhere (``chartcode.report.frame``). Everything that came from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TypeAlias

from chartcode.model.case import (
    CHECK,
    SEVERITIES,
    Case,
    Diagnosis,
    Finding,
    Group,
    Mention,
    PartialProcedure,
    Procedure,
    Rejected,
    Visit,
)
from chartcode.model.chart import Document
from chartcode.model.plain import FACTS
from chartcode.report import visit
from chartcode.report.frame import closing, opening
from chartcode.report.words import editions, gathered, particulars, quoted

Billed: TypeAlias = Diagnosis | Procedure | Visit | Rejected
"""What a page lists beside the note, with the words marked in it."""

NO = "no"
"""The mark of what is not reported."""


@dataclass(frozen=True)
class Page:
    """Writes one HTML page for all cases."""

    title: str = "Chartcode"

    def head(self) -> str:
        """Return the page up to its first case."""
        return opening(self.title, "codes", "page.css")

    def case(self, case: Case) -> str:
        """Return the article of one case."""
        return "".join(_article(case))

    def tail(self) -> str:
        """Return the end of the page."""
        return closing()


def _article(case: Case) -> Iterator[str]:
    seen = (case.visit,) if case.visit else ()
    billed: tuple[Billed, ...] = (*case.diagnoses, *case.procedures, *seen, *case.rejected)
    entries = {str(number): entry for number, entry in enumerate(billed)}
    yield f"<article>\n<h1>{escape(case.chart.id)}</h1>\n"
    chips = "".join(f"<li>{escape(word)}</li>" for word in particulars(case))
    books = f"<li>{escape(editions(case))}</li>" if case.books else ""
    outcome = "".join(_outcome(case))
    yield f'<ul class="chips"><li class="first">{escape(case.mode)}</li>{chips}{books}{outcome}</ul>\n'
    for remark in case.chart.remarks:
        yield f'<p class="remark">{escape(remark)}</p>\n'
    yield '<div class="desk">\n<div>\n'
    for document in case.chart.documents:
        yield f'<section class="note"><h2>{escape(document.kind or "document")}</h2><pre>'
        yield from marked(document, entries)
        yield "</pre></section>\n"
    yield '</div>\n<aside class="panel">\n'
    yield from _codes("Diagnoses", {k: e for k, e in entries.items() if isinstance(e, Diagnosis)})
    yield from _codes("Procedures", {k: e for k, e in entries.items() if isinstance(e, Procedure)})
    yield from _open(case.partial_procedures)
    yield from _visit({k: e for k, e in entries.items() if isinstance(e, Visit)})
    yield from _findings(case.findings)
    yield from _groups(case.groups)
    yield from _rejected({k: e for k, e in entries.items() if isinstance(e, Rejected)})
    yield from _facts(case)
    yield "</aside>\n</div>\n</article>\n"


def _outcome(case: Case) -> Iterator[str]:
    """Yield what a reader should not have to scroll for: how many findings there are, and the groups."""
    for severity in SEVERITIES:
        count = sum(finding.severity == severity and finding.accepted is None for finding in gathered(case.findings))
        if count:
            yield f'<li class="{severity}">{escape(severity)}: {count}</li>'
    for group in case.groups:
        yield f"<li>{escape(f'{group.system} {group.code}')}</li>"


def marked(document: Document, entries: Mapping[str, Billed]) -> Iterator[str]:
    """Yield a document's text in escaped pieces, evidence in ``<mark data-k="keys of entries">``, headings in ``<b>``.

    Spans may overlap: the text is cut at every edge, and each piece names all entries that rest on it.
    """
    length = len(document.text)
    on: dict[tuple[int, int], list[str]] = {}
    for key, entry in entries.items():
        for mention in entry.evidence:
            if mention.span.document == document.id and 0 <= mention.span.start < mention.span.end <= length:
                keys = on.setdefault((mention.span.start, mention.span.end), [])
                if key not in keys:
                    keys.append(key)
    headings = [(s.start, s.body) for s in document.sections if s.start < s.body]
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for (start, end), keys in on.items():
        opens.setdefault(start, []).extend(keys)
        closes.setdefault(end, []).extend(keys)
    starts, ends = {start for start, _ in headings}, {end for _, end in headings}
    active: list[str] = []
    bold = False
    cuts = sorted({0, length, *opens, *closes, *starts, *ends})
    for here, after in pairwise(cuts):
        for key in closes.get(here, ()):
            active.remove(key)
        active.extend(opens.get(here, ()))
        bold = here in starts or (bold and here not in ends)
        piece = escape(document.text[here:after])
        if active:
            keys = list(dict.fromkeys(active))
            faint = "" if any(not isinstance(entries[key], Rejected) for key in keys) else f' class="{NO}"'
            piece = f'<mark{faint} data-k="{" ".join(keys)}">{piece}</mark>'
        yield f"<b>{piece}</b>" if bold else piece


def _codes(heading: str, entries: Mapping[str, Diagnosis | Procedure]) -> Iterator[str]:
    if not entries:
        if heading == "Diagnoses":
            yield '<h2>Diagnoses</h2><p class="none">none to report</p>\n'
        return
    yield f"<h2>{heading}</h2>\n<ol>\n"
    for key, entry in entries.items():
        band = " check" if entry.band == CHECK else ""
        value = "-".join((entry.code.value, *(entry.modifiers if isinstance(entry, Procedure) else ())))
        yield f'<li class="code{band}" data-k="{key}" tabindex="0"><div class="top">'
        yield f'<span class="value">{escape(value)}</span><span class="title">{escape(entry.title)}</span>'
        yield from (f'<span class="tag">{escape(tag)}</span>' for tag in _tags(entry))
        yield f'<span class="sure">{entry.confidence:.0%}</span></div><div class="why">'
        yield from _why(entry)
        yield "</div></li>\n"
    yield "</ol>\n"


def _open(procedures: Iterable[PartialProcedure]) -> Iterator[str]:
    """Yield the procedures of which the record leaves an axis open, with what is still possible."""
    shown = list(procedures)
    if not shown:
        return
    yield "<h2>Open procedures</h2>\n<ol>\n"
    for procedure in shown:
        choices = ", ".join(f"{value} {label}".rstrip() for value, label in procedure.choices)
        yield f'<li class="code check"><div class="top"><span class="value">{escape(procedure.partial)}</span>'
        yield f'<span class="title">{escape(procedure.axis)}: {escape(choices)}</span></div>'
        yield f'<div class="why">{_quotes(procedure.evidence)}</div></li>\n'
    yield "</ol>\n"


def _visit(entries: Mapping[str, Visit]) -> Iterator[str]:
    for key, seen in entries.items():
        band = " check" if seen.band == CHECK else ""
        yield f'<h2>Visit</h2>\n<ol>\n<li class="code{band}" data-k="{key}" tabindex="0"><div class="top">'
        yield f'<span class="value">{escape(visit.number(seen))}</span>'
        yield f'<span class="title">{escape(visit.title(seen))}</span></div><div class="why">'
        for name, level, reasons, words in visit.elements(seen):
            yield f"<p><b>{escape(name)} {escape(level)}</b>: {escape(reasons)}"
            yield f" <q>{escape(words)}</q></p>" if words else "</p>"
        yield "".join(f"<p>{escape(reason)}</p>" for reason in seen.reasons)
        if seen.changes:
            yield f"<details><summary>{escape(visit.LEARN)}</summary>"
            yield "".join(f"<p>{escape(change)}</p>" for change in seen.changes) + "</details>"
        yield "</div></li>\n</ol>\n"


def _tags(entry: Diagnosis | Procedure) -> Iterator[str]:
    if isinstance(entry, Diagnosis):
        if entry.role != "secondary":
            yield entry.role
        if entry.poa:
            yield f"POA {entry.poa}"
    elif entry.units != 1:
        yield f"{entry.units} units"


def _why(entry: Diagnosis | Procedure | Rejected) -> Iterator[str]:
    yield _quotes(entry.evidence)
    if entry.path:
        yield f"<p>{escape(' > '.join(entry.path))}</p>"
    by = f"by {entry.by}" if entry.by else ""
    reasons = () if isinstance(entry, Rejected) else entry.reasons
    line = "; ".join(word for word in (by, *reasons) if word)
    yield f"<p>{escape(line)}</p>" if line else ""
    if isinstance(entry, Diagnosis):
        for rival in entry.rivals:
            yield f"<p>not {escape(rival.code.value)}: {escape(rival.why)}</p>"


def _quotes(evidence: Iterable[Mention]) -> str:
    quotes = "; ".join(f"<q>{escape(words)}</q>" for words in quoted(evidence))
    return f"<p>{quotes}</p>" if quotes else ""


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    if not findings:
        return
    yield "<h2>Findings</h2>\n"
    for finding in sorted(gathered(findings), key=lambda f: SEVERITIES.index(f.severity)):
        yield f'<div class="finding {escape(finding.severity)}"><span class="rule">{escape(finding.rule)}</span>'
        yield f'<span class="sev">{escape(finding.severity)}</span><p>{escape(finding.message)}</p>'
        if finding.remedy and finding.remedy.say:
            yield f'<p class="remedy">{escape(finding.remedy.say)}</p>'
        if finding.accepted:
            yield f'<p class="remedy">accepted: {escape(finding.accepted)}</p>'
        yield "</div>\n"


def _groups(groups: tuple[Group, ...]) -> Iterator[str]:
    if not groups:
        return
    yield "<h2>Groups</h2>\n"
    for group in groups:
        weight = "" if group.weight is None else f" · {group.weight:.3f}"
        drivers = ", ".join(map(str, group.drivers))
        yield f'<div class="group"><span class="value">{escape(group.code)}</span> {escape(group.title)}'
        yield f"<small>{escape(f'{group.system} {group.version}{weight}')}"
        yield f"{escape(f' · by {drivers}')}</small>" if drivers else "</small>"
        yield f"<small>{escape('; '.join(group.reasons))}</small></div>\n"


def _rejected(entries: Mapping[str, Rejected]) -> Iterator[str]:
    if not entries:
        return
    yield f"<details><summary>Not reported ({len(entries)})</summary>\n<ol>\n"
    for key, entry in entries.items():
        yield f'<li class="code {NO}" data-k="{key}" tabindex="0"><div class="top"><span class="value">'
        yield f'{escape(entry.code.value)}</span><span class="title">{escape(entry.why)}</span></div><div class="why">'
        yield from _why(entry)
        yield "</div></li>\n"
    yield "</ol></details>\n"


def _facts(case: Case) -> Iterator[str]:
    facts = case.chart.facts
    if not facts:
        return
    yield f"<details><summary>Facts ({len(facts)})</summary>\n<dl>\n"
    for kind, name in FACTS.items():
        texts = dict.fromkeys(" ".join(fact.text.split()) for fact in facts if fact.kind == kind)
        if texts:
            yield f"<dt>{escape(name)}</dt>" + "".join(f"<dd>{escape(text)}</dd>" for text in texts) + "\n"
    yield "</dl></details>\n"
