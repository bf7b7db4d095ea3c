"""One self-contained page of charts: the documents with their facts marked by kind, and the facts beside them.

Copied-forward passages are faded and say where they come from. The policy is that of every page
(``chartcode.report.frame``): nothing is asked for from anywhere; everything that came from outside is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from chartcode.model.chart import NEGATED, Chart, Document, Fact
from chartcode.report.chart_words import NAMES, heading, particulars, tags
from chartcode.report.frame import closing, opening
from chartcode.report.words import known


@dataclass(frozen=True)
class ChartPage:
    """Writes one HTML page for all charts."""

    title: str = "Chartcode: facts"

    def head(self) -> str:
        """Return the page up to its first chart."""
        return opening(self.title, "facts", "page.css", "chart.css")

    def chart(self, chart: Chart) -> str:
        """Return the article of one chart."""
        return "".join(_article(chart))

    def tail(self) -> str:
        """Return the end of the page."""
        return closing()


def _article(chart: Chart) -> Iterator[str]:
    facts = {str(number): fact for number, fact in enumerate(chart.facts)}
    counts = {kind: sum(fact.kind == kind for fact in chart.facts) for kind in NAMES}
    yield f'<article>\n<h1>{escape(chart.id)}</h1>\n<ul class="chips">'
    yield from (f"<li>{escape(word)}</li>" for word in known(chart))
    yield from (f'<li class="kind {kind}">{escape(NAMES[kind])}: {n}</li>' for kind, n in counts.items() if n)
    yield "</ul>\n"
    yield from (f'<p class="remark">{escape(remark)}</p>\n' for remark in chart.remarks)
    yield '<div class="desk">\n<div>\n'
    for document in chart.documents:
        name, rest = heading(document)
        yield f'<section class="note"><h2>{escape(name)}<small>{escape(rest)}</small></h2><pre>'
        yield from marked(document, facts)
        yield "</pre></section>\n"
    yield '</div>\n<aside class="panel">\n'
    if not facts:
        yield '<p class="none">no facts found</p>\n'
    for kind, name in NAMES.items():
        if counts[kind]:
            yield f'<h2 class="{kind}">{escape(name)}</h2>\n<ol>\n'
            yield from (_item(key, fact) for key, fact in facts.items() if fact.kind == kind)
            yield "</ol>\n"
    yield "</aside>\n</div>\n</article>\n"


def _item(key: str, fact: Fact) -> str:
    shown = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in tags(fact))
    rest = escape(particulars(fact))
    place = f' title="{escape(at)}"' if (at := fact.get("at")) else ""
    return (
        f'<li class="code fact {escape(fact.kind)}" data-k="{key}" tabindex="0"{place}><div class="top">'
        f'<span class="value">{escape(" ".join(fact.text.split()))}</span>{shown}'
        f'<span class="title">{rest}</span></div></li>\n'
    )


def marked(document: Document, facts: Mapping[str, Fact]) -> Iterator[str]:
    """Yield a document's text in escaped pieces: facts in ``<mark>``, headings in ``<b>``, copies in ``<span>``.

    Spans may overlap: the text is cut at every edge, and each piece names all facts that rest on it.
    """
    length = len(document.text)
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for key, fact in facts.items():
        for span in fact.evidence:
            if span.document == document.id and 0 <= span.start < span.end <= length:
                opens.setdefault(span.start, []).append(key)
                closes.setdefault(span.end, []).append(key)
    headings = {s.start: s.body for s in document.sections if s.start < s.body <= length}
    copies = {r.start: r for r in document.repeats}
    edges = {0, length, *opens, *closes, *headings, *headings.values(), *copies, *(r.end for r in copies.values())}
    active: list[str] = []
    bold_until = copy_until = 0
    source = ""
    for here, after in pairwise(sorted(edges)):
        for key in closes.get(here, ()):
            active.remove(key)
        active.extend(opens.get(here, ()))
        bold_until = headings.get(here, bold_until)
        if here in copies:
            copy_until, source = copies[here].end, copies[here].document
        piece = escape(document.text[here:after])
        if active:
            lead = facts[active[-1]]
            denied = " denied" if lead.assertion == NEGATED else ""
            keys = " ".join(dict.fromkeys(active))
            piece = f'<mark class="fact {escape(lead.kind)}{denied}" data-k="{keys}">{piece}</mark>'
        piece = f"<b>{piece}</b>" if here < bold_until else piece
        yield f'<span class="copy" title="{escape(f"as in {source}")}">{piece}</span>' if here < copy_until else piece
