"""claims: claims written, read back by pyx12 and by our reader.

Claims of invented cases, professional and institutional, are made, written as 837 and read back: how many a second, and
how many come back without an error and the same. With --data, samples of 837 files are rewritten and compared too.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from bench.sets.files import Missing
from chartcode.model.case import ADMITTING, FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Diagnosis, Procedure
from chartcode.model.chart import INPATIENT, PROFESSIONAL, Chart, Encounter, Patient
from chartcode.model.claim import Claim
from chartcode.model.code import CPT, ICD10PCS, Code, icd10cm
from chartcode.report.claims.practice import Practice
from chartcode.report.claims.registration import Registration

PRACTICE = """
[billing]
name = "Elm Street Clinic"
npi = "1234567893"
tax_id = "123456789"
address = "12 Elm Street"
city = "Edgewood"
state = "AZ"
zip = "860015590"
[providers.roe]
last = "Roe"
first = "Ann"
npi = "1987654328"
[payers.mutual]
name = "Mutual of Nowhere"
id = "MN1"
[claim]
provider = "roe"
payer = "mutual"
place = "11"
admission_type = "3"
admission_source = "1"
[fees]
99213 = 120
71046 = 65
20610 = 180
[stay]
daily = 1500
"""
_DIAGNOSES = ("A41.9", "I10", "E11.9", "J18.9", "N39.0", "K35.80", "S52.501A", "Z79.4", "I50.23", "N17.9")
_SERVICES = ("99213", "71046", "20610")
_HOW = (
    ",,,,",
    "2025-09-20,,,,",
    ",2025-09-21,other,,05:2025-09-21",
    "2025-09-21,2025-09-21,employment auto,AZ,04:2025-09-21 01:2025-09-21 11:2025-09-21",
)
"""Onset, accident, its kinds, the state, occurrence codes, as the front desk says them."""
_SEED = 20260501


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--claims", type=int, default=10_000, help="how many claims of each kind (default: 10000)")
    parser.add_argument("--data", type=Path, help="a folder of X12 files, those with 837 in their names are taken")
    parser.add_argument("--judged", type=int, default=500, help="how many of each pyx12 reads (default: 500)")


def main(options: argparse.Namespace) -> int:
    """Make, write, read back; return 0 if every claim came back the same and without an error."""
    from chartcode.report.claims.practice import practice

    desk, held = practice(PRACTICE), True
    for kind in ("professional", "institutional"):
        held &= _one(kind, options, desk)
    if options.data:
        held &= _samples(options.data)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    return 0 if held else 1


def _one(kind: str, options: argparse.Namespace, desk: Practice) -> bool:
    from chartcode.report.claims.build import claim_of

    cases = list(_cases(kind, options.claims))
    clock = time.perf_counter()
    claims = [claim_of(case, desk, registration, kind) for case, registration in cases]
    made = time.perf_counter() - clock
    gaps = sum(bool(claim.gaps) for claim in claims)
    clock = time.perf_counter()
    text = _written(claims)
    written = time.perf_counter() - clock
    clock = time.perf_counter()
    back = _back(text)
    read = time.perf_counter() - clock
    same = sum(a == replace(b, remarks=(), gaps=()) for a, b in zip(back, claims, strict=True))
    clock = time.perf_counter()
    faults = _faults(_written(claims[: options.judged]))
    judged = time.perf_counter() - clock
    size = len(claims)
    print(f"{kind}: {size:,} claims, {len(text) / 1e6:.1f} MB, {gaps} with gaps")
    print(f"  made {size / made:,.0f}/s, written {size / written:,.0f}/s, read back {size / read:,.0f}/s")
    print(f"  {same:,} of {size:,} the same; pyx12 reads {min(options.judged, size):,} with {faults} errors "
          f"({min(options.judged, size) / judged:,.0f}/s)")  # fmt: skip
    return same == size and not faults and not gaps


def _cases(kind: str, count: int) -> Iterator[tuple[Case, Registration]]:
    from chartcode.report.claims.registration import registrations

    chance = random.Random(_SEED)  # noqa: S311 - invented claims, no secrets
    stay = kind == "institutional"
    head = "case,last,first,born,sex,address,city,state,zip,member,admission_hour,discharge_hour,"
    head += "onset,accident,related,accident_state,occurrences"
    for number in range(count):
        name = f"C{number:06d}"
        first = date(2025, 10, 1) + timedelta(chance.randrange(300))
        codes = [icd10cm(c) for c in chance.sample(_DIAGNOSES, chance.randint(1, len(_DIAGNOSES)))]
        lead = PRINCIPAL if stay else FIRST_LISTED
        entries: list[Diagnosis | Procedure] = [
            Diagnosis(code, SECONDARY if n else lead, "Y" if stay else None) for n, code in enumerate(codes)
        ]
        if stay:
            entries += [Diagnosis(icd10cm("R50.9"), ADMITTING), Procedure(Code(ICD10PCS, "0DTJ4ZZ"), on=first)]
        else:
            pointers = tuple(str(c) for c in codes[:4])
            entries += [Procedure(Code(CPT, c), units=chance.randint(1, 3), pointers=pointers) for c in _SERVICES]
        last = first + timedelta(chance.randint(1, 9)) if stay else None
        encounter = Encounter(INPATIENT if stay else PROFESSIONAL, first, last, "01" if stay else None)
        row = f"{name},Doe{number},Jane,1958-04-12,F,1 Oak,Edgewood,AZ,86001,M{number},9,11,{_HOW[number % len(_HOW)]}"
        yield Case(Chart(name, (), Patient("F", 67), encounter), tuple(entries)), registrations(f"{head}\n{row}")[name]


def _written(claims: list[Claim]) -> str:
    from chartcode.report.claims.x12 import Envelope, interchange

    return interchange(claims, Envelope("S1", "R1", "ELM", "HOUSE", "ANN", "5555550100", date(2026, 5, 9)))


def _back(text: str) -> list[Claim]:
    from chartcode.collect.source import Source
    from chartcode.collect.x12 import whole

    return [claim for claim in whole(Source("b", "b", held=text.encode())) if isinstance(claim, Claim)]


def _faults(text: str) -> int:
    import pyx12.params
    from pyx12.x12n_document import x12n_document

    told = io.StringIO()
    logging.disable(logging.CRITICAL)
    try:
        holds = x12n_document(pyx12.params.ParamsBase(), io.StringIO(text), None, None, None, told)
    finally:
        logging.disable(logging.NOTSET)
    return 0 if holds else max(json.dumps(json.loads(told.getvalue())).count('"err_cde"'), 1)


def _samples(folder: Path) -> bool:
    """Rewrite the samples; a typographic apostrophe is a plain one in X12 and is compared as such."""
    from chartcode.collect.x12.billed import billed
    from chartcode.collect.x12.claim import DENTAL, kind
    from chartcode.wire.x12 import Transaction, transactions

    equal = total = 0
    if not folder.is_dir():
        raise Missing(f"{folder}: there is no such folder; check --data")
    for path in sorted(p for p in folder.rglob("*837*") if p.is_file()):
        with path.open("rb") as stream:
            found = [t for t in transactions(stream) if isinstance(t, Transaction) and t.kind == "837"]
        for transaction in found:
            if kind(transaction) == DENTAL:
                continue
            for segment in transaction.segments:
                segment.elements[:] = [e.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for e in segment.elements]
            claims = list(billed(transaction))
            total += 1
            equal += _back(_written(claims)) == claims
    print(f"samples: {equal} of {total} transactions of claims rewritten to equal content")
    return equal == total
