"""``python -m bench rules``: what the catalogue costs, what its books hold, and how often it cries wolf.

DATA is the shared data folder: the rules run on cases made of codes that its gold notes report, in new mixtures, with
the edits of its own quarter installed in a folder of the bench's; NCCI look-ups are compared with the rows of its
files; and the required codes of the gold notes go through the catalogue, where an error is a false alarm until argued.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from time import process_time

from bench import machine
from bench.edits import EDITED, look_ups, with_edits
from bench.figure import Figure
from bench.sets.files import Missing, objects
from bench.tables import table
from chartcode.books import Books, Shelf
from chartcode.model.case import FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Diagnosis, Entry, Procedure
from chartcode.model.chart import INPATIENT, PROFESSIONAL, Chart, Encounter, Patient
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS, Code, dotted

CODED = date(2026, 5, 1)
"""The day on which the gold notes were coded."""

DIAGNOSES, PROCEDURES, LINES = 25, 10, 10
CASES = 300
CLAIMS = 2_000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="the shared data folder (codesets, notes/gold)")
    parser.add_argument("--seed", type=int, default=1, help="of the mixtures and the samples (default: 1)")


def main(options: argparse.Namespace) -> int:
    """Measure, and print beside each figure what is asked; 1 if one is missed."""
    print(f"{machine.describe()}; {machine.one_core()}\n")
    if not (options.data / "notes" / "gold" / "gold.jsonl").is_file():
        raise Missing(f"{options.data}: no notes/gold here; name the shared data folder")
    with tempfile.TemporaryDirectory(prefix="chartcode-bench-") as home:
        shelf, installing = with_edits(options.data, Path(home))
        rows = [*speed(options.data, shelf, options.seed), *look_ups(options.data, shelf, options.seed, installing)]
    from bench.false_alarms import alarms

    seen = alarms(options.data / "notes" / "gold", CODED, Shelf.open())
    rows.append(
        Figure("errors on a gold note's required codes", f"{seen.a_note:.3f}", "at most 0.2", seen.a_note <= 0.2)
    )
    print(table(("figure", "measured", "asked", "met"), [row.cells() for row in rows]))
    print(f"\n{seen.notes} gold notes; errors: " + ("; ".join(seen.where) or "none"))
    return int(not all(row.met for row in rows))


# --- speed ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pool:
    """Codes that charts report, by system."""

    diagnoses: Sequence[str]
    procedures: Sequence[str]
    lines: Sequence[tuple[str, str]]


def pool(data: Path, books: Books) -> Pool:
    """Return the codes of the gold notes that are reportable on the day, as often as they occur."""
    keys = list(objects(data / "notes" / "gold" / "gold.jsonl"))
    done = [p for key in keys for p in key.get("procedures") or ()]
    return Pool(
        [d["code"] for key in keys for d in key["dx"] if books.icd10cm.valid(dotted(d["code"]))],
        [p["code"] for p in done if p["system"] == "PCS"],
        [(p["system"], p["code"]) for p in done if p["system"] != "PCS"],
    )


def mixture(codes: Pool, chance: random.Random, setting: str, sizes: tuple[int, int, int], day: date) -> Case:
    """Return a case of so many diagnoses, procedures and lines, drawn from the pool."""
    diagnoses, procedures, lines = sizes
    stay = setting == INPATIENT
    first = PRINCIPAL if stay else FIRST_LISTED
    entries: list[Entry] = [
        Diagnosis(Code(ICD10CM, dotted(code)), SECONDARY if n else first, "Y" if stay else None)
        for n, code in enumerate(chance.choice(codes.diagnoses) for _ in range(diagnoses))
    ]
    entries += [Procedure(Code(ICD10PCS, chance.choice(codes.procedures))) for _ in range(procedures)]
    for _ in range(lines):
        system, code = chance.choice(codes.lines)
        entries.append(Procedure(Code(CPT if system == CPT else HCPCS, code), units=chance.choice((1, 1, 1, 2))))
    patient = Patient(chance.choice("FM"), chance.randint(20, 90))
    return Case(Chart("mixture", patient=patient, encounter=Encounter(setting, day, day, "01")), tuple(entries))


def speed(data: Path, shelf: Shelf, seed: int) -> Iterable[Figure]:
    """Yield the milliseconds of the catalogue, and the claims a minute through check and group."""
    from chartcode.group.hcc import hcc
    from chartcode.group.msdrg import msdrg
    from chartcode.validate import catalogue, validate

    chance, books = random.Random(seed), shelf.at(EDITED)  # noqa: S311 - a sample, not a secret
    codes = pool(data, books)
    yield Figure("rules in the catalogue", str(len(catalogue())))
    large = (DIAGNOSES, PROCEDURES, LINES)
    for setting in (INPATIENT, PROFESSIONAL):
        cases = [mixture(codes, chance, setting, large, EDITED) for _ in range(CASES)]
        p95 = percentile([spent(partial(_drained, validate, case, books)) for case in cases], 0.95)
        name = f"whole catalogue, {setting}, {DIAGNOSES} dx, {PROCEDURES} PCS, {LINES} lines: p95 ms"
        yield Figure(name, f"{p95 * 1000:.2f}", "under 5", p95 < 0.005)
    claims = [
        mixture(codes, chance, INPATIENT, (chance.randint(4, 20), chance.randint(0, 4), 0), EDITED)
        if n % 2
        else mixture(codes, chance, PROFESSIONAL, (chance.randint(1, 8), 0, chance.randint(1, 6)), EDITED)
        for n in range(CLAIMS)
    ]

    def all_of_them() -> None:
        for case in claims:
            for step in (validate, msdrg, hcc):
                _drained(step, case, books)

    a_minute = 60 * CLAIMS / spent(all_of_them)
    yield Figure("claims a minute, check and group, one core", f"{a_minute:,.0f}", "10,000", a_minute >= 10_000)


def _drained(step: Callable[[Case, Books], Iterable[Entry]], case: Case, books: Books) -> None:
    for _ in step(case, books):
        pass


def spent(work: Callable[[], object]) -> float:
    """Return the processor seconds of some work."""
    began = process_time()
    work()
    return process_time() - began


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that a share of all values do not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
