"""``chartcode claim``: coded cases as claims that a payer takes."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from chartcode.cli.options import DATA, OK, USAGE, between, say, today

if TYPE_CHECKING:
    from chartcode.model.case import Case
    from chartcode.model.claim import Claim
    from chartcode.report.claims.practice import Practice
    from chartcode.report.claims.registration import Registration
    from chartcode.report.claims.x12 import Envelope

_KINDS = {"837p": "professional", "837i": "institutional", "cms1500": "professional", "ub04": "institutional"}
FORMATS = ("837p", "837i", "fhir", "cms1500", "ub04", "csv")
_PDF = ("cms1500", "ub04")


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "claim",
        help="write claims: 837P, 837I, FHIR, CMS-1500, UB-04, CSV",
        description="Write coded cases as claims. What a payer asks for and nobody said is named, one sentence a gap; "
        "a claim with gaps is not written as an 837, unless --draft is given. The exit status is 1 if there are gaps.",
    )
    verb.add_argument(
        "paths",
        nargs="+",
        metavar="CASE",
        help="cases in the napkin notation or in JSON, claims (X12 837) to write anew, or - for standard input",
    )
    verb.add_argument("--format", choices=FORMATS, default="837p", help="how to write (default: 837p)")
    verb.add_argument(
        "--practice", metavar="TOML", help="the practice: numbers, addresses, payers, fees, revenue codes"
    )
    verb.add_argument("--patients", metavar="CSV", help="the registration: names, addresses, insurance, a row a case")
    verb.add_argument("--as", dest="kind", choices=("professional", "institutional"),
                      help="the kind of claim for fhir and csv (default: by the setting)")  # fmt: skip
    verb.add_argument("--draft", action="store_true", help="write claims with gaps too; an 837 is marked as a test")
    verb.add_argument("--test", action="store_true", help="mark the interchange as a test (ISA15)")
    verb.add_argument("--control", type=between(1, 999_999_999), metavar="N",
                      help="the number of the interchange (default: one that its content gives)")  # fmt: skip
    verb.add_argument("-o", metavar="OUT", dest="out", help="where to write (default: standard output)")
    verb.set_defaults(run=run)


@dataclass
class _Taken:
    """What was made of the files."""

    made: list[tuple[Claim, Case | None]] = field(default_factory=list)
    status: int = OK


def run(options: argparse.Namespace) -> int:
    """Make the claims, say what is missing, and write."""
    from chartcode.report.claims.practice import BadPractice, Practice, practice
    from chartcode.report.claims.registration import BadRegistration, registrations

    try:
        who = practice(_text(options.practice)) if options.practice else Practice()
        patients = registrations(_text(options.patients)) if options.patients else {}
    except BadPractice as error:
        say(f"{options.practice}: {error}")
        return USAGE
    except BadRegistration as error:
        say(f"{options.patients}: {error}")
        return USAGE
    taken = _Taken()
    for path in options.paths:
        _take(path, options, who, patients, taken)
    if not taken.made:
        return DATA
    return max(_write(taken, options, who), taken.status)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        say(f"{path}: the file is not UTF-8 text; save it as UTF-8")
        raise SystemExit(USAGE) from None


def _take(
    path: str, options: argparse.Namespace, who: Practice, patients: dict[str, Registration], taken: _Taken
) -> None:
    from chartcode.cli.cases import BadCases, cases, contents
    from chartcode.report.claims.build import claim_of

    kind = _KINDS.get(options.format) or options.kind or ""
    name = "standard input" if path == "-" else path
    try:
        text = contents(path)
    except BadCases as error:
        say(str(error))
        taken.status = DATA
        return
    if re.match(r"\s*ISA[^\sA-Za-z0-9]", text):
        _take_claims(text, name, kind, taken)
        return
    for case in cases(text, name):
        if isinstance(case, BadCases):
            say(str(case))
            taken.status = DATA
            continue
        claim = claim_of(case, who, patients.get(case.chart.id), kind)
        taken.made.append((claim, case))
        for remark in claim.remarks:
            say(f"{case.chart.id}: {remark}")
        for gap in claim.gaps:
            say(f"{case.chart.id}: gap: {gap}")
        if claim.gaps:
            taken.status = DATA


def _take_claims(text: str, name: str, kind: str, taken: _Taken) -> None:
    """Take claims that were billed before, whole; they are written again in the form asked for."""
    from chartcode.collect.source import Source, Unreadable
    from chartcode.collect.x12 import whole

    for claim in whole(Source(name, name, held=text.encode())):
        if isinstance(claim, Unreadable):
            say(str(claim))
            taken.status = DATA
        elif kind and claim.kind != kind:
            say(f"{name}, claim {claim.id}: it is {claim.kind}, not {kind}; choose another --format")
            taken.status = DATA
        else:
            taken.made.append((claim, None))


def _write(taken: _Taken, options: argparse.Namespace, who: Practice) -> int:
    from chartcode.cli.output import output

    form = options.format
    claims = [claim for claim, _ in taken.made]
    if form in _PDF:
        return _write_pdf(claims, options)
    if form in ("837p", "837i"):
        whole = claims if options.draft else [claim for claim in claims if not claim.gaps]
        if len(whole) < len(claims):
            left = len(claims) - len(whole)
            say(f"{left} of {len(claims)} claims have gaps and were not written; mend them, or write with --draft")
        if not whole:
            return DATA
        if not (options.draft or who.interchange.get("phone") or whole[0].billing.phone):
            say(
                "the sender has no telephone; put it in [interchange] phone of the practice file, or write with --draft"
            )
            return DATA
        with output(options.out) as stream:
            stream.write(_interchange(whole, options, who))
        return OK
    with output(options.out) as stream:
        for part in _parts(taken, form):
            stream.write(part)
    return OK


def _parts(taken: _Taken, form: str) -> Iterator[str]:
    if form == "csv":
        from chartcode.report.claims.table import table

        yield table([claim for claim, _ in taken.made])
        return
    from chartcode.report.claims.fhir import bundle

    for claim, case in taken.made:
        yield bundle(claim, case) + "\n"


def _interchange(claims: list[Claim], options: argparse.Namespace, who: Practice) -> str:
    from chartcode.report.claims.x12 import interchange

    test = options.test or any(claim.gaps for claim in claims)
    return interchange(claims, _envelope(who, claims[0], test=test), options.control)


def _envelope(who: Practice, first: Claim, *, test: bool) -> Envelope:
    """Return the envelope; what [interchange] leaves open is the billing provider's and the payer's."""
    from chartcode.report.claims.x12 import Envelope

    said, billing, payer = who.interchange, first.billing, first.payer
    return Envelope(
        said.get("sender") or billing.tax_id or billing.id or "SENDER",
        said.get("receiver") or payer.id or "RECEIVER",
        said.get("sender_name") or billing.called or "SENDER",
        said.get("receiver_name") or payer.called or "RECEIVER",
        said.get("contact") or billing.contact or "BILLING",
        said.get("phone") or billing.phone or "0000000000",
        today(),
        test=test,
    )


def _write_pdf(claims: list[Claim], options: argparse.Namespace) -> int:
    try:
        from chartcode.report.claims.pdf import pages
    except ImportError:
        say("data sheets need the library reportlab; install it with: pip install 'chartcode[claims]'")
        return DATA
    from chartcode.report.claims.sheets import cms1500, ub04

    made = pages([sheet for claim in claims for sheet in (cms1500 if options.format == "cms1500" else ub04)(claim)])
    if options.out in (None, "-"):
        if sys.stdout.isatty():
            say("a PDF is no text for a terminal; name a file with -o")
            return USAGE
        sys.stdout.buffer.write(made)
    else:
        Path(options.out).write_bytes(made)
    return OK
