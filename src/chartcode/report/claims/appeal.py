"""An appeal packet: for one claim, what was refused, why the code stands, in whose words, by which text, and when.

What it says is told here, block by block; ``appeal_html`` and ``appeal_pdf`` are its two faces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chartcode.model.case import INFO, Case, Diagnosis, Mention, Procedure, Visit
from chartcode.report.claims.answers import Answer, Answered, named, remarked, said

CHIP, PART, HEADING, STRONG, PLAIN, ITEM, QUOTE, REMARK, ASIDE = (
    "chip", "part", "heading", "strong", "plain", "item", "quote", "remark", "aside",
)  # fmt: skip
"""The kinds of blocks: facts of the claim's head; the beginning of a part, a heading in it, a code; a paragraph, a line
of a list; words of the record; what the reader should mind; what is for the biller and
not for the payer."""

_OURS = ("own term", "CPT starter", "coded so in", "the number in", "drug of the class")
"""How steps begin that are ours and not a book's."""
_TEXT = re.compile(r"Guideline|Clinic|NCCI|CMS|Manual|Act\b")
"""The names of texts that carry weight with a payer."""

Authorities = Mapping[str, tuple[str, str]]
"""The rules by id: the fault in one sentence, and the text that demands it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a packet; ``after`` is where quoted words stand, or the text that a rule rests on."""

    kind: str
    text: str
    after: str = ""


def title(answer: Answer) -> str:
    """Return the packet's title."""
    return f"Appeal: claim {answer.payment.id}"


def blocks(answer: Answer, authorities: Authorities) -> Iterator[Block]:
    """Yield what the packet of a claim says, of which something was refused.

    Args:
        answer: with its case, else there is no evidence to show.
        authorities: of the rules that find faults.
    """
    payment, case = answer.payment, answer.case
    for chip in (f"payer {answer.remittance.payer}", answer.status, f"charged {payment.charge:,.2f}",
                 f"paid {payment.paid:,.2f}", f"refused {answer.refused:,.2f}",
                 f"payer's number {payment.payer_control}" if payment.payer_control else ""):  # fmt: skip
        if chip:
            yield Block(CHIP, chip)
    yield Block(PLAIN, f"We ask that the {answer.refused:,.2f} that were refused be paid, for the reasons below.")
    if case is None:
        yield Block(REMARK, "The case behind this claim was not given, so the packet has no evidence.")
    yield Block(PART, "What was refused")
    yield from (Block(ITEM, said(adjustment)) for adjustment in answer.denied)
    yield from (Block(ITEM, f"remark {remark}") for remark in remarked(payment.remarks))
    if not answer.denied:
        yield Block(ITEM, "the whole claim, without a reason code")
    for line in [line for line in answer.lines if line.denied] or list(answer.lines):
        yield from _line(line, case, authorities)
    yield from _timeline(answer)


def _line(line: Answered, case: Case | None, authorities: Authorities) -> Iterator[Block]:
    paid = line.payment
    yield Block(PART, f"Line {named(paid)}, {paid.on or 'day not said'}")
    yield Block(PLAIN, f"Charged {paid.charge:,.2f}, paid {paid.paid:,.2f}.")
    for told in (*map(said, line.denied), *(f"remark {remark}" for remark in remarked(paid.remarks))):
        yield Block(ITEM, told)
    if line.entry is None:
        if case is not None:
            yield Block(REMARK, "The case has no such line; check what was billed before appealing.")
        return
    yield Block(HEADING, "The service")
    yield from _entry(line.entry)
    if line.diagnoses:
        yield Block(HEADING, "What it was for")
    for diagnosis in line.diagnoses:
        yield from _entry(diagnosis)
    # what was not checked is for the biller's eyes (the summary says it), and no fault that is to be argued about
    judged = [finding for finding in line.findings if finding.severity != INFO]
    if line.findings and not judged:
        return
    yield Block(HEADING, "The rules")
    for finding in judged:
        about = authorities.get(finding.rule, ("", ""))[1]
        state = "accepted: " + finding.accepted if finding.accepted else finding.severity
        yield Block(ITEM, f"{finding.rule} ({state}): {finding.message}.", about)
    if not judged:
        yield Block(ITEM, "No rule found a fault with this line.")


def _entry(entry: Procedure | Diagnosis | Visit) -> Iterator[Block]:
    name = f"{entry.code or entry.level} {entry.title}" if isinstance(entry, Visit) else f"{entry.code} {entry.title}"
    yield Block(STRONG, name.strip())
    criteria = list(entry.reasons) if isinstance(entry, Visit) else list(_criteria(entry))
    if isinstance(entry, Visit):
        criteria += [f"{e.name}: {e.level} ({'; '.join(e.reasons)})" for e in entry.elements]
    yield from (Block(ITEM, criterion) for criterion in criteria)
    words = list(_quotes(entry.evidence))
    if isinstance(entry, Visit):
        words += [quote for element in entry.elements for quote in _quotes(element.evidence)]
    yield from dict.fromkeys(words)
    if not words:
        yield Block(ITEM, "No words of the record are linked to this code.")


def _criteria(entry: Procedure | Diagnosis) -> Iterator[str]:
    """Yield the way through the book and the texts that were applied; how our engines weighed is ours."""
    way = [step for step in entry.path if not step.startswith(_OURS) and step != entry.title]
    if way:
        yield "in the book: " + " > ".join((*way, entry.title) if entry.title else way)
    yield from (told for told in entry.reasons if _TEXT.search(told))


def _quotes(evidence: tuple[Mention, ...]) -> Iterator[Block]:
    for mention in evidence:
        if mention.span.text:
            where = ", ".join(filter(None, (mention.span.document, mention.section)))
            yield Block(QUOTE, mention.span.text, where or "the record")


def _timeline(answer: Answer) -> Iterator[Block]:
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
    yield Block(PART, "Timeline")
    yield from (Block(ITEM, f"{on.isoformat()}: {what}") for on, what in sorted(set(events)))
    yield Block(ASIDE, "By when to appeal is in the payer's notice or contract; a remittance does not say.")
