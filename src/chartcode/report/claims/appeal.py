"""An appeal packet: one page for one claim, with what was refused, why the code stands, in whose words, by which text.

The page asks for nothing from anywhere and prints. Everything that came from outside is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from html import escape

from chartcode.model.case import INFO, Case, Diagnosis, Mention, Procedure, Visit
from chartcode.report.claims.answers import Answer, Answered, named, remarked, said
from chartcode.report.frame import closing, opening

_OURS = ("own term", "CPT starter", "coded so in", "the number in", "drug of the class")
"""How steps begin that are ours and not a book's."""
_TEXT = re.compile(r"Guideline|Clinic|NCCI|CMS|Manual|Act\b")
"""The names of texts that carry weight with a payer."""

Authorities = Mapping[str, tuple[str, str]]
"""The rules by id: the fault in one sentence, and the text that demands it."""


def packet(answer: Answer, authorities: Authorities) -> str:
    """Return the page of a claim of which something was refused.

    Args:
        answer: with its case, else there is no evidence to show.
        authorities: of the rules that find faults.
    """
    title = f"Appeal: claim {answer.payment.id}"
    return opening(title, "parts", "page.css") + "".join(_article(answer, title, authorities)) + closing()


def _article(answer: Answer, title: str, authorities: Authorities) -> Iterator[str]:
    payment, case = answer.payment, answer.case
    yield f"<article id=claim data-title='{escape(title, quote=True)}'><h1>{escape(title)}</h1><ul class=chips>"
    for chip in (f"payer {answer.remittance.payer}", answer.status, f"charged {payment.charge:,.2f}",
                 f"paid {payment.paid:,.2f}", f"refused {answer.refused:,.2f}",
                 f"payer's number {payment.payer_control}" if payment.payer_control else ""):  # fmt: skip
        yield f"<li>{escape(chip)}</li>" if chip else ""
    yield "</ul>"
    if case is None:
        yield "<p class=remark>The case behind this claim was not given, so the packet has no evidence.</p>"
    yield "<h2>What was refused</h2><ul>"
    for adjustment in answer.denied:
        yield f"<li>{escape(said(adjustment))}</li>"
    for remark in remarked(payment.remarks):
        yield f"<li>remark {escape(remark)}</li>"
    if not answer.denied:
        yield "<li>the whole claim, without a reason code</li>"
    yield "</ul>"
    lines = [line for line in answer.lines if line.denied] or list(answer.lines)
    for line in lines:
        yield from _line(line, case, authorities)
    yield from _timeline(answer)
    yield "</article>"


def _line(line: Answered, case: Case | None, authorities: Authorities) -> Iterator[str]:
    paid = line.payment
    yield f"<section><h2>Line {escape(named(paid))}, {paid.on or 'day not said'}</h2>"
    yield f"<p>Charged {paid.charge:,.2f}, paid {paid.paid:,.2f}.</p><ul>"
    for told in (*map(said, line.denied), *(f"remark {remark}" for remark in remarked(paid.remarks))):
        yield f"<li>{escape(told)}</li>"
    yield "</ul>"
    if line.entry is None:
        if case is not None:
            yield "<p class=remark>The case has no such line; check what was billed before appealing.</p>"
        return
    yield "<h3>The service</h3>"
    yield from _entry(line.entry)
    if line.diagnoses:
        yield "<h3>What it was for</h3>"
    for diagnosis in line.diagnoses:
        yield from _entry(diagnosis)
    # what was not checked is for the biller's eyes (the summary says it), and no fault that is to be argued about
    judged = [finding for finding in line.findings if finding.severity != INFO]
    if line.findings and not judged:
        yield "</section>"
        return
    yield "<h3>The rules</h3><ul>"
    for finding in judged:
        about = authorities.get(finding.rule, ("", ""))[1]
        state = "accepted: " + finding.accepted if finding.accepted else finding.severity
        yield f"<li>{escape(finding.rule)} ({escape(state)}): {escape(finding.message)}. <i>{escape(about)}</i></li>"
    if not judged:
        yield "<li>No rule found a fault with this line.</li>"
    yield "</ul></section>"


def _entry(entry: Procedure | Diagnosis | Visit) -> Iterator[str]:
    title = f"{entry.code or entry.level} {entry.title}" if isinstance(entry, Visit) else f"{entry.code} {entry.title}"
    yield f"<p><b>{escape(title.strip())}</b></p><ul>"
    criteria = list(entry.reasons) if isinstance(entry, Visit) else list(_criteria(entry))
    if isinstance(entry, Visit):
        criteria += [f"{e.name}: {e.level} ({'; '.join(e.reasons)})" for e in entry.elements]
    for criterion in criteria:
        yield f"<li>{escape(criterion)}</li>"
    words = list(_quotes(entry.evidence))
    if isinstance(entry, Visit):
        words += [quote for element in entry.elements for quote in _quotes(element.evidence)]
    yield from dict.fromkeys(words)
    if not words:
        yield "<li>No words of the record are linked to this code.</li>"
    yield "</ul>"


def _criteria(entry: Procedure | Diagnosis) -> Iterator[str]:
    """Yield the way through the book and the texts that were applied; how our engines weighed is ours."""
    way = [step for step in entry.path if not step.startswith(_OURS) and step != entry.title]
    if way:
        yield "in the book: " + " > ".join((*way, entry.title) if entry.title else way)
    yield from (told for told in entry.reasons if _TEXT.search(told))


def _quotes(evidence: tuple[Mention, ...]) -> Iterator[str]:
    for mention in evidence:
        if mention.span.text:
            where = ", ".join(filter(None, (mention.span.document, mention.section)))
            yield f"<li><q>{escape(mention.span.text)}</q> ({escape(where or 'the record')})</li>"


def _timeline(answer: Answer) -> Iterator[str]:
    events: list[tuple[date, str]] = []
    if answer.remittance.on:
        events.append((answer.remittance.on, f"{answer.remittance.payer or 'the payer'} answered: {answer.status}"))
    events += [(line.payment.on, f"service {named(line.payment)}") for line in answer.lines if line.payment.on]
    if answer.case is not None:
        encounter = answer.case.chart.encounter
        if encounter.first:
            events.append((encounter.first, "the encounter begins"))
        if encounter.last and encounter.last != encounter.first:
            events.append((encounter.last, "the encounter ends"))
        events += [(d.on, f"document: {d.kind or d.id}") for d in answer.case.chart.documents if d.on]
        events += [(d.on, f"decision: {d.act} {d.about}") for d in answer.case.decisions if d.on]
    yield "<section><h2>Timeline</h2><ul>"
    for on, what in sorted(set(events)):
        yield f"<li>{on.isoformat()}: {escape(what)}</li>"
    yield "</ul><p>By when to appeal is in the payer's notice or contract; a remittance does not say.</p></section>"
