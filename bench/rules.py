"""``python -m bench rules``: what the catalogue costs, what its books hold, and how often it cries wolf.

DATA is the shared data folder: the rules run on cases made of codes that its gold notes report, in new mixtures, with
the edits of its own quarter installed in a folder of the bench's; NCCI look-ups are compared with the rows of its
files; and the required codes of the gold notes go through the catalogue, where an error is a false alarm until argued.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from bench import machine
from bench.sets.files import Missing, objects
from bench.tables import table
from chartcode.books import Books, Shelf
from chartcode.model.case import FIRST_LISTED, PRINCIPAL, SECONDARY, Case, Diagnosis, Entry, Procedure
from chartcode.model.chart import INPATIENT, PROFESSIONAL, Chart, Encounter, Patient
from chartcode.model.code import CPT, HCPCS, ICD10CM, ICD10PCS, Code, dotted

QUARTER = "2024Q3"
EDITED = date(2024, 7, 15)
"""A day of the quarter whose edits the shared data folder holds."""
CODED = date(2026, 5, 1)
"""The day on which the gold notes were coded."""

DIAGNOSES, PROCEDURES, LINES = 25, 10, 10
CASES = 300
CLAIMS = 2_000
SAMPLE = 10_000


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


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report."""

    name: str
    measured: str
    asked: str = ""
    met: bool = True

    def cells(self) -> tuple[str, str, str, str]:
        """Return the line's cells."""
        return self.name, self.measured, self.asked, "yes" if self.met and self.asked else "" if self.met else "NO"


def with_edits(data: Path, home: Path) -> tuple[Shelf, float]:
    """Return a shelf with the edits of the shared data folder installed, and the seconds that this took."""
    from chartcode.books.build import addon, mue, ncci_ptp, pfs
    from chartcode.books.files import Files, Wish

    shutil.copytree(Shelf.open().folder, home / "books")
    folder = data / "codesets" / "ncci" / QUARTER
    began = perf_counter()
    for build, system, found in (
        (ncci_ptp.build, "ncci-ptp", folder.glob("ptp_*")),
        (mue.build, "mue", folder.glob("mue_*")),
        (addon.build, "addon", folder.glob("add_on*")),
        (pfs.build, "pfs", (data / "codesets" / "pfs").glob("pprrvu_2024_last*")),
    ):
        with tempfile.TemporaryDirectory() as given:
            for path in found:
                shutil.copy(path, given)
            into = home / "books" / system / f"{QUARTER}.sqlite"
            into.parent.mkdir(exist_ok=True)
            into.unlink(missing_ok=True)
            build(Files.of(Path(given)), into, Wish(release=QUARTER), lambda *_: None)
    return Shelf.open(home), perf_counter() - began


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


# --- NCCI -------------------------------------------------------------------------------------------------------


def look_ups(data: Path, shelf: Shelf, seed: int, installing: float) -> Iterable[Figure]:
    """Yield how the book of pairs and units agrees with the rows of the files, and what a look-up costs."""
    chance = random.Random(seed)  # noqa: S311 - as above
    folder = data / "codesets" / "ncci" / QUARTER
    pairs = shelf.at(EDITED).ncci.pairs
    if pairs is None:
        raise Missing(f"{folder}: the edits were not installed")
    rows, known = pair_rows(folder, chance)
    seconds = min(_looking(shelf, rows) for _ in range(3))  # the least disturbed of three, each with nothing read yet
    wrong = sum(not _same(row, pairs.history(row[1], row[2], row[0])) for row in rows)
    yield Figure("installing NCCI pairs, units, add-ons and the fee schedule: s", f"{installing:.1f}")
    yield Figure(
        f"{len(rows):,} sampled rows of pairs: exactly the edit of the row", str(len(rows) - wrong), "all", not wrong
    )
    strangers = non_pairs(known, chance)
    false = sum(bool(pairs.history(a, b, setting)) for setting, a, b in strangers)
    yield Figure(f"{len(strangers):,} random non-pairs: no edit", str(len(strangers) - false), "all", not false)
    a_pair = seconds / len(rows) * 1e6
    yield Figure("look-up of a pair, none seen before: microseconds", f"{a_pair:.1f}", "under 20", a_pair < 20)
    grown = memory(shelf.folder.parent, rows)
    size = (shelf.folder / "ncci-ptp" / f"{QUARTER}.sqlite").stat().st_size / 1e6
    yield Figure(
        "peak memory of a process that opens the shelf and looks them up: MB", f"{grown:.0f}", "under 150", grown < 150
    )
    yield Figure("the book of pairs on disk: MB", f"{size:.0f}")
    yield units(folder, shelf)


_LOOKING = """
import resource, sys
from datetime import date
from functools import partial
from pathlib import Path
from chartcode.books import Shelf
pairs = Shelf.open(Path(sys.argv[1])).at(date.fromisoformat(sys.argv[2])).ncci.pairs
for line in sys.stdin:
    setting, column1, column2 = line.split()
    pairs.edit(column1, column2, setting, date.fromisoformat(sys.argv[2]))
status = Path("/proc/self/status")  # Linux carries ru_maxrss over from the parent that started the process
held = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else []
print(int(held[0].split()[1]) if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def memory(home: Path, rows: Sequence[Row]) -> float:
    """Return the peak memory in MB of a fresh process that does nothing but look the rows up."""
    asked = "".join(f"{row[0]} {row[1]} {row[2]}\n" for row in rows)
    command = [sys.executable, "-c", _LOOKING, str(home), EDITED.isoformat()]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
    return machine.peak_mb(int(done.stdout))


def _looking(shelf: Shelf, rows: Sequence[Row]) -> float:
    """Return the seconds of looking the rows up in a book that was just opened."""
    from chartcode.books import installed
    from chartcode.books.ncci import Pairs

    release = shelf.release("ncci-ptp", EDITED)
    if release is None:
        raise Missing("the edits were not installed")
    book = Pairs(installed.opened(release))
    return spent(lambda: [book.edit(row[1], row[2], row[0], EDITED) for row in rows])


Row = tuple[str, str, str, str, str, str]
"""Setting, column 1, column 2, last day ('' if open), modifier indicator, rationale."""


def pair_rows(folder: Path, chance: random.Random) -> tuple[list[Row], set[tuple[str, str, str]]]:
    """Return a sample of the files' rows, and all their pairs as (setting, column 1, column 2)."""
    import gzip

    rows: list[Row] = []
    known: set[tuple[str, str, str]] = set()
    for setting, name in (("practitioner", "ptp_prac"), ("hospital", "ptp_out")):
        own: list[Row] = []
        with gzip.open(next(folder.glob(f"{name}*")), "rt", encoding="utf-8") as lines:
            next(lines)
            for seen, line in enumerate(lines):
                col1, col2, last, modifier, why = line.rstrip("\n").split(",", 4)
                known.add((setting, sys.intern(col1), sys.intern(col2)))
                row = (setting, col1, col2, "" if last.startswith("9999") else last, modifier, why.strip('"'))
                if len(own) < SAMPLE // 2:
                    own.append(row)
                elif (at := chance.randint(0, seen)) < SAMPLE // 2:
                    own[at] = row
        rows += own
    chance.shuffle(rows)
    return rows, known


def non_pairs(known: set[tuple[str, str, str]], chance: random.Random) -> list[tuple[str, str, str]]:
    """Return as many pairs of the files' own codes that the files do not join."""
    first = sorted({col1 for _, col1, _ in known})
    second = sorted({col2 for _, _, col2 in known})
    found: list[tuple[str, str, str]] = []
    while len(found) < SAMPLE:
        pair = (chance.choice(("practitioner", "hospital")), chance.choice(first), chance.choice(second))
        if pair not in known:
            found.append(pair)
    return found


def _same(row: Row, history: Iterable[object]) -> bool:
    from chartcode.books.ncci import Edit

    wanted = row[3:]
    edits = [edit for edit in history if isinstance(edit, Edit)]
    return any((e.last.isoformat() if e.last else "", e.modifier, e.rationale) == wanted for e in edits)


def units(folder: Path, shelf: Shelf) -> Figure:
    """Return how many rows of the tables of units the book answers exactly."""
    import csv

    book = shelf.at(EDITED).ncci.units
    total = right = 0
    for setting, name in (("practitioner", "mue_prac"), ("hospital", "mue_out"), ("dme", "mue_dme")):
        with next(folder.glob(f"{name}*")).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                limit = book.limit(row["hcpcs_code"], setting) if book else None
                total += 1
                right += limit is not None and (str(limit.units), str(limit.indicator), limit.rationale) == (
                    row["mue_units"],
                    row["mue_mai"],
                    row["mue_rationale"],
                )
    return Figure(
        f"{total:,} rows of units in three tables: exactly the limit of the row", str(right), "all", right == total
    )
