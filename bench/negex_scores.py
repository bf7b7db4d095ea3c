"""The report on NegEx sentences: is the marked concept recognised as negated?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import astuple

from bench.counts import Tally, f1, interval, total
from bench.sets.negex import Sentence
from bench.tables import share, span, table
from chartcode.model.chart import NEGATED


def tallies(sentences: Sequence[Sentence], said: Sequence[str], negated: bool) -> list[Tally]:
    """Return the counts of each report for one label.

    Everything but ``negated`` (possible, historical, ...) counts as affirmed: the set knows two labels.
    """
    reports: dict[str, Tally] = defaultdict(Tally)
    for sentence, assertion in zip(sentences, said, strict=True):
        is_, told = sentence.negated == negated, (assertion == NEGATED) == negated
        reports[sentence.report] += Tally(int(is_ and told), int(is_), int(is_ and told), int(told))
    return list(reports.values())


def report(sentences: Sequence[Sentence], said: Sequence[str]) -> str:
    """Return precision, recall and F1 of both labels with intervals over reports, and what was said of what."""
    lines = []
    for name, negated in (("negated", True), ("affirmed", False)):
        rows = tallies(sentences, said, negated)
        all_ = total(rows)
        lines.append(
            (
                name,
                *map(share, (all_.precision, all_.recall, all_.f1)),
                span(interval([astuple(r) for r in rows], f1)),
                *map(str, astuple(all_)),
            )
        )
    headings = ("assertion", "P", "R", "F1", "95 % of F1", "found", "required", "right", "reported")
    crossed = Counter(("negated" if s.negated else "affirmed", a) for s, a in zip(sentences, said, strict=True))
    return (
        table(headings, lines)
        + "\n\n"
        + table(("label", "said to be", "sentences"), [(*key, str(n)) for key, n in sorted(crossed.items())])
    )


def mistakes(sentences: Sequence[Sentence], said: Sequence[str]) -> list[str]:
    """Return one line for each mistake, with the words around the concept."""
    lines = []
    for s, assertion in zip(sentences, said, strict=True):
        if s.negated != (assertion == NEGATED):
            before, words, after = s.text[max(0, s.start - 90) : s.start], s.text[s.start : s.end], s.text[s.end :][:60]
            label = "negated" if s.negated else "affirmed"
            lines.append(
                f"- report {s.report}: {label}, said to be {assertion}: "
                + " ".join(f"{before}**{words}**{after}".split())
            )
    return lines
