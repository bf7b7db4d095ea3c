"""``chartcode remit``: what payers answered, tied to the cases, and packets for appeals; where claims stand."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, say

if TYPE_CHECKING:
    from chartcode.model.case import Case
    from chartcode.model.remittance import Remittance
    from chartcode.report.claims.answers import Answer


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "remit",
        help="read remittances (835) and claim statuses (277)",
        description="Read remittances (X12 835): what was paid, what was refused and why, each line tied to its code, "
        "rule and evidence where the cases are given. The exit status is 1 if something cannot be read or is odd.",
    )
    verb.add_argument("paths", nargs="+", metavar="FILE", help="a remittance (X12 835) or claim statuses (277)")
    cases = "the coded cases, as 'chartcode code --format jsonl' writes them; may be repeated"
    verb.add_argument("--cases", action="append", default=[], metavar="FILE", help=cases)
    verb.add_argument("--format", choices=("table", "csv"), default="table", help="how to write (default: table)")
    verb.add_argument("--appeal", metavar="DIR", help="write a packet (HTML and PDF) for each claim with refusals")
    verb.add_argument("-o", metavar="OUT", dest="out", help="where to write (default: standard output)")
    verb.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read, tie, and write."""
    from chartcode.cli.output import output
    from chartcode.report.claims.answers import answers, summary, table

    status = OK
    remittances: list[Remittance] = []
    cases: list[Case] = []
    for found in _remittances(options.paths):
        if isinstance(found, str):
            say(found)
            status = DATA
        else:
            remittances.append(found)
    for case in _cases(options.cases):
        if isinstance(case, str):
            say(case)
            status = DATA
        else:
            cases.append(case)
    standing = "".join(f"{line}\n" for line in _statuses(options.paths))
    if not (remittances or standing):
        return DATA
    found_answers, told = answers(remittances, cases) if remittances else ([], [])
    with output(options.out) as stream:
        stream.write(standing)
        if remittances:
            stream.write(table(found_answers) if options.format == "csv" else summary(found_answers, told))
    if options.format == "csv":
        for sentence in told:
            say(sentence)
    if options.appeal:
        _appeal(found_answers, Path(options.appeal))
    return DATA if told else status


def _remittances(paths: list[str]) -> Iterator[Remittance | str]:
    from chartcode.collect.source import Source, Unreadable
    from chartcode.collect.x12 import remittances

    for path in paths:
        if not Path(path).is_file():
            yield f"{path}: there is no such file; check the path"
            continue
        for found in remittances(Source(path, path, Path(path))):
            if not isinstance(found, Unreadable):
                yield found
            elif "(277)" not in str(found):  # which are read beside them
                yield str(found)


def _statuses(paths: list[str]) -> Iterator[str]:
    """Yield a line for each claim of the 277 among the files, and one for each of its lines that went no further."""
    from chartcode.collect.source import Source, Unreadable
    from chartcode.collect.x12 import statuses

    for path in paths:
        for found in statuses(Source(path, path, Path(path))) if Path(path).is_file() else ():
            if isinstance(found, Unreadable):
                continue  # said where remittances are read
            told = "; ".join(f"{s.words} ({s.category}:{s.code})" for s in found.states)
            yield f"{found.id}: {told or 'no status'}" + (f", {found.on.isoformat()}" if found.on else "")
            for line in found.lines:
                yield from (f"    {line.code}: {s.words} ({s.category}:{s.code})" for s in line.states if s.refused)


def _cases(paths: list[str]) -> Iterator[Case | str]:
    from chartcode.cli.cases import BadCases, cases, contents

    for path in paths:
        try:
            text = contents(path)
        except BadCases as error:
            yield str(error)
            continue
        for case in cases(text, path):
            yield str(case) if isinstance(case, BadCases) else case


def _appeal(found: list[Answer], folder: Path) -> None:
    from chartcode.report.claims.appeal_html import packet
    from chartcode.validate import catalogue

    drawn = find_spec("reportlab") is not None
    authorities = {rule.id: (rule.title, rule.authority) for rule in catalogue()}
    folder.mkdir(parents=True, exist_ok=True)
    refused = [answer for answer in found if answer.refused > 0]
    names: set[str] = set()
    for answer in refused:
        plain = re.sub(r"[^A-Za-z0-9._-]+", "-", answer.payment.id).strip("-.") or "claim"
        name = plain
        for n in range(2, len(refused) + 2):
            if name not in names:
                break
            name = f"{plain}-{n}"
        names.add(name)
        (folder / f"{name}.html").write_text(packet(answer, authorities), encoding="utf-8")
        if drawn:
            from chartcode.report.claims.appeal_pdf import packet_pdf

            (folder / f"{name}.pdf").write_bytes(packet_pdf(answer, authorities))
    say(f"{len(refused)} packets written to {folder}")
    if refused and not drawn:
        say("as pages alone: packets as PDF need reportlab: pip install 'chartcode[claims]'")
