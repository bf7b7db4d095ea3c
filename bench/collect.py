"""``python -m bench collect``: what becomes of each record, coded diagnoses found, speed, memory over a stream.

The counts of coded diagnoses are made twice, by readers and by XPath and JSON (``bench.coded``). Speed is processor
time of one process for reading the records of one folder; memory is the peak of a process that reads a stream through
its standard input, once short and once long.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from bench import coded, machine
from bench.sets.files import Missing
from bench.tables import table
from chartcode.collect import Unreadable, read

FORMATS = ("fhir", "ccda", "hl7v2", "x12")
"""Folders of records, by format."""

_COUNTED = {".xml": coded.in_xml, ".json": coded.in_json, ".ndjson": coded.in_json}
_SHORT = 50_000_000
_READING = """
import resource, sys, time
from chartcode.collect import Unreadable, read
began, charts, refused = time.process_time(), 0, 0
for one in read("-"):
    refused += isinstance(one, Unreadable)
    charts += not isinstance(one, Unreadable)
print(charts, refused, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--data", required=True, type=Path, help="a folder with records, a folder a format")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each format is read over (default: 5)")
    parser.add_argument("--stream", type=float, default=0.0, help="gigabytes of NDJSON to stream (default: none)")


def main(options: argparse.Namespace) -> int:
    """Read, count, measure, print.

    Returns:
        1 if a reader failed, or missed a coded diagnosis.
    """
    folders = [options.data / name for name in FORMATS if (options.data / name).is_dir()]
    if not folders:
        raise Missing(f"{options.data}: none of the folders {', '.join(FORMATS)} is in it")
    print(f"{machine.describe()}; {machine.one_core()}\n")
    rows, wrong = [], 0
    for folder in folders:
        row, bad = _format(folder, options.seconds)
        rows.append(row)
        wrong += bad
    print(table(("records", "files", "charts", "refused", "faults", "codes of diagnoses", "found", "MB", "MB/s"), rows))
    if options.stream:
        print(_streams(options.data, int(options.stream * 1e9)))
    return int(wrong > 0)


def _format(folder: Path, seconds: float) -> tuple[tuple[str, ...], int]:
    """Return the row of a folder, and the number of faults and of codes that were missed."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith((".", "LICENSE")))
    outcome: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for path in files:
        try:
            charts = list(read(path))
        except Exception as fault:  # noqa: BLE001 - whatever it is, is what is looked for
            outcome["faults"] += 1
            print(f"{path}: {type(fault).__name__}")
            continue
        outcome["refused"] += sum(isinstance(c, Unreadable) for c in charts)
        outcome["charts"] += sum(not isinstance(c, Unreadable) for c in charts)
        if path.suffix in _COUNTED:
            inside = _COUNTED[path.suffix](path.read_bytes())
            wanted += inside
            missed += inside - coded.in_charts(charts)
    size, spent = _speed(files, seconds)
    all_codes, lost = sum(wanted.values()), sum(missed.values())
    row = (folder.name, str(len(files)), *(str(outcome[k]) for k in ("charts", "refused", "faults")))
    figures = (str(all_codes), str(all_codes - lost), f"{size / 1e6:.1f}", f"{size / 1e6 / spent:.1f}")
    return row + figures, outcome["faults"] + lost


def _speed(files: list[Path], seconds: float) -> tuple[int, float]:
    """Return bytes read and processor seconds spent, over and over until the time is up."""
    held = [p.read_bytes() for p in files]
    size, began = 0, process_time()
    while not size or process_time() - began < seconds:
        for data in held:
            for _ in read(data):
                pass
        size += sum(map(len, held))
    return size, process_time() - began


def _streams(data: Path, size: int) -> str:
    """Return the table of peak memory over streams: bundles a line, and resources a line as a bulk export has them."""
    rows = []
    for name, lines in (("a bundle a line", _bundles), ("a resource a line", _resources)):
        for length in (min(_SHORT, size), size):
            charts, refused, spent, peak = _read_stream(lines(data), length)
            rows.append(
                (name, f"{length / 1e6:.0f}", charts, refused, f"{length / 1e6 / float(spent):.1f}", f"{peak:.0f}")
            )
    return "\n" + table(("stream", "MB", "charts", "refused", "MB/s", "peak MB"), rows)


def _read_stream(lines: Iterator[bytes], size: int) -> tuple[str, str, str, float]:
    process = subprocess.Popen([sys.executable, "-c", _READING], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    assert process.stdin is not None
    written = 0
    for line in lines:
        if written >= size:
            break
        written += process.stdin.write(line)
    out, _ = process.communicate()
    charts, refused, spent, peak = out.decode().split()
    return charts, refused, spent, machine.peak_mb(int(peak))


def _trees(data: Path) -> list[dict[str, object]]:
    found = [json.loads(p.read_bytes()) for p in sorted((data / "fhir").rglob("*.json"))]
    bundles = [tree for tree in found if tree.get("resourceType") == "Bundle" and len(tree.get("entry", [])) > 20]
    if not bundles:
        raise Missing(f"{data}: there is no bundle of a patient under fhir; give the folder of records")
    return bundles


def _bundles(data: Path) -> Iterator[bytes]:
    """Yield bundles a line, for ever."""
    lines = [json.dumps(tree, separators=(",", ":")).encode() + b"\n" for tree in _trees(data)]
    while True:
        yield from lines


def _resources(data: Path) -> Iterator[bytes]:
    """Yield resources a line, all patients of a round before all encounters, each round with ids of its own."""
    rounds = [
        json.dumps(entry["resource"], separators=(",", ":")).encode() + b"\n"
        for tree in _trees(data)
        for entry in tree["entry"]  # type: ignore[attr-defined] # FHIR's shape
    ]
    rounds.sort(key=lambda line: line.split(b'"', 4)[3])
    rounds = [line.replace(b"urn:uuid:", b"urn:uuid:%ROUND%-").replace(b'"id":"', b'"id":"%ROUND%-') for line in rounds]
    number = 0
    while True:
        number += 1
        yield from io.BytesIO(b"".join(rounds).replace(b"%ROUND%", str(number).encode()))
