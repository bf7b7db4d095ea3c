"""Searching: is the entry that a coder wants among the first, and is it there as fast as one types.

Two hundred queries are made from the data, the same ones every time: a hundred lines of the official Alphabetic Index
of FY2017, as far as their codes are valid today, and a hundred short phrases by which the gold notes name what they
were coded for. Every other one was looked at while the ranking was tuned; the rest were only counted. Where an index is
installed its lines are searched, so queries from the index then measure little; those from the notes, and misspelt
ones, do.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from bench.book_figures import Figure
from bench.sets import gold
from bench.sets.files import Missing
from chartcode.books import Books, Shelf, install
from chartcode.books.build import markup
from chartcode.books.build.index_terms import Term, from_xml
from chartcode.books.files import Files, Wish

_DAY = date(2026, 5, 1)
_EACH = 100
_FIRST, _AMONG, _FEW = 0.60, 0.85, 5
_MOST_MS, _OPEN_MS, _OPEN_MB = 5.0, 150, 150
_WORDS = 5
_LONG = 6
_NUMBERED = re.compile(r"^\W*(?:\d+[.)]\s*)?|\W+$")
_NOISE = re.compile(r"\([^)]*\)|\b(?:NEC|NOS)\b")
_SENTENCE = frozenset(
    (
        *("he", "she", "his", "her", "him", "we", "i", "you", "it", "they", "was", "were", "is", "are", "be", "been"),
        *("has", "had", "have", "will", "continue", "started", "restarted", "and", "on", "improving", "resistant"),
    )
)
_NEWER = "icd10cm/2026/icd10cm_index_2026_DERIVED.csv.gz"
_INDEX = "icd10cm/2017/ICD10CM_FY2017_Full_XML.zip"


@dataclass(frozen=True, slots=True)
class Query:
    """Words that are typed, and the codes of which each is what was wanted."""

    words: str = field(repr=False)
    wanted: frozenset[str] = frozenset()


def queries(data: Path, books: Books) -> tuple[list[Query], list[Query]]:
    """Return the queries that were tuned on, and those that were only counted."""
    made = [_sampled(_from_index(data / _INDEX, books), 1), _sampled(_from_notes(data.parent / "notes" / "gold"), 2)]
    return [q for one in made for q in one[::2]], [q for one in made for q in one[1::2]]


def _sampled(found: Iterator[Query], seed: int) -> list[Query]:
    every = sorted({query.words.lower(): query for query in found}.values(), key=lambda query: query.words)
    return Random(seed).sample(  # noqa: S311 - no secret
        every, min(_EACH, len(every))
    )


def _from_index(path: Path, books: Books) -> Iterator[Query]:
    if not path.is_file():
        raise Missing(f"{path}: there is no such file; give the folder that holds the official Alphabetic Index")
    files = Files.of(path)
    (name,) = (n for n in files.names if re.search(r"icd10cm_index_\d+\.xml$", n))
    way: list[str] = []
    for term in from_xml(markup.parse(files.read(name), name), name):
        way = [*way[: term.level], _said(term)]
        code = term.code.rstrip("-").rstrip(".")
        words = " ".join(" ".join(way).split())
        if code and not term.manifestation and 1 < len(words.split()) <= _WORDS:
            below = frozenset(books.icd10cm.leaves(code)) if books.icd10cm.known(code) else frozenset()
            if below and (code in below or term.code.endswith("-")):
                yield Query(words, below)


def _said(term: Term) -> str:
    return _NOISE.sub(" ", term.term.partition(", ")[0])


def _from_notes(folder: Path) -> Iterator[Query]:
    """Yield evidence that names a diagnosis: of one item alone, no sentence, no heading or list, no drug."""
    for note in gold.read(folder):
        shared = Counter(evidence for item in note.items for evidence in set(item.evidence))
        drugs = {word.lower() for drug in note.medications for word in re.findall(r"[A-Za-z]{4,}", drug)}
        for item in note.items:
            for evidence in item.evidence if item.required else ():
                words = _NUMBERED.sub("", evidence)
                said = set(re.findall(r"[a-z]+", words.lower()))
                named = shared[evidence] == 1 and not said & (_SENTENCE | drugs) and not re.search(r"[:;\d]", words)
                if named and 0 < len(words.split()) <= _WORDS and words.isascii():
                    yield Query(words, frozenset(item.accepted))


def places(books: Books, asked: Sequence[Query]) -> list[int]:
    """Return at which place (from 1) what was wanted stands for each query; 0 where it is not among the first 20."""
    found = []
    for query in asked:
        codes = [hit.code for hit in books.search(query.words, system="icd10cm")]
        found.append(next((n for n, code in enumerate(codes, 1) if code in query.wanted), 0))
    return found


def _shares(found: Sequence[int]) -> tuple[float, float]:
    return sum(n == 1 for n in found) / len(found), sum(0 < n <= _FEW for n in found) / len(found)


def _milliseconds(books: Books, asked: Sequence[Query], clock: Callable[[], float]) -> list[float]:
    """Return how long each key takes while the queries are typed, in all systems, sorted."""
    taken = []
    for query in asked:
        for end in range(1, len(query.words) + 1):
            began = clock()
            books.search(query.words[:end])
            taken.append((clock() - began) * 1000)
    return sorted(taken)


def _misspelt(asked: Sequence[Query]) -> list[Query]:
    """Return the queries with two letters changed about in their longest word, where that has six letters or more."""
    chance, found = Random(3), []  # noqa: S311 - no secret
    for query in asked:
        word = max(re.findall(r"[A-Za-z]+", query.words) or [""], key=len)
        if len(word) >= _LONG:
            at = chance.randrange(1, len(word) - 1)
            wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            found.append(Query(query.words.replace(word, wrong, 1), query.wanted))
    return found


def figures(data: Path, home: Path) -> Iterator[Figure]:
    """Yield how often the wanted entry is first and among the first five, and what a key and the opening cost."""
    with tempfile.TemporaryDirectory(prefix="chartcode-search-") as scratch:
        books = Shelf.open(Path(scratch)).at(_DAY)
        tuned, counted = queries(data, books)
        yield from _found(books, (("tuned on", tuned), ("only counted", counted)), "embedded books")
        yield _typed(books, tuned, "embedded books")
    books = _with_index(data, home).at(_DAY)
    yield from _found(books, (("only counted", counted),), "with an index installed")
    yield _typed(books, tuned, "with an index installed")
    yield from _opening(home)


def _with_index(data: Path, home: Path) -> Shelf:
    """Return the shelf of a home, on which an index of FY2026 is put where there is none."""
    shelf = Shelf.open(home)
    if not shelf.release("icd10cm-index", _DAY):
        install.install(shelf.folder, "icd10cm-index", [data / _NEWER], Wish(), lambda *_: None)
        shelf = Shelf.open(home)
    return shelf


def _found(books: Books, sets: Sequence[tuple[str, Sequence[Query]]], shelf: str) -> Iterator[Figure]:
    counted = sets[-1][1]
    parts = (("of the index alone", counted[: _EACH // 2]), ("of notes alone", counted[_EACH // 2 :]))
    for name, asked in (*sets, *parts):
        first, among = _shares(places(books, asked))
        what = f"{shelf}, {len(asked)} queries, {name}"
        yield Figure(f"{what}: wanted entry first", f"{_FIRST:.0%}", f"{first:.1%}", first >= _FIRST)
        yield Figure(f"{what}: among the first {_FEW}", f"{_AMONG:.0%}", f"{among:.1%}", among >= _AMONG)
    wrong = _misspelt(counted)
    first, among = _shares(places(books, wrong))
    what = f"{shelf}, {len(wrong)} of these, a word misspelt: first, among the first {_FEW}"
    yield Figure(what, "", f"{first:.1%}, {among:.1%}", met=True)


def _typed(books: Books, asked: Sequence[Query], name: str) -> Figure:
    wall, taken = (_milliseconds(books, asked, clock) for clock in (perf_counter, process_time))
    late, waited = (times[int(len(times) * 0.95)] for times in (taken, wall))
    told = f"{late:.1f} ms of processor, {waited:.1f} by the clock; median {taken[len(taken) // 2]:.1f}"
    what = f"a key typed, all systems, {name}, p95 of {len(taken):,}"
    return Figure(what, f"under {_MOST_MS:.0f} ms", told, late < _MOST_MS)


_PROGRAM = """
import json, sys, time
from datetime import date
from pathlib import Path
began = time.perf_counter()
from chartcode.books import Shelf
imported = time.perf_counter()
books = Shelf.open(Path(sys.argv[1])).at(date(2026, 5, 1))
shut = time.perf_counter()
hits = books.search("heart attack")
first = time.perf_counter()
own = [int(l.split()[1]) / 1000 for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmHWM")]
print(json.dumps({"shut": (shut - imported) * 1000, "first": (first - shut) * 1000, "peak": own[0], "hits": len(hits)}))
"""


def _opening(home: Path) -> Iterator[Figure]:
    if not Path("/proc/self/status").is_file():
        return
    runs = []
    for _ in range(5):
        ended = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _PROGRAM, str(home)], check=True, capture_output=True, text=True
        )
        runs.append(json.loads(ended.stdout))
    best = min(runs, key=lambda run: run["first"])
    peak = max(run["peak"] for run in runs)
    yield Figure("open the shelf", f"under {_OPEN_MS} ms", f"{best['shut']:.0f} ms", best["shut"] < _OPEN_MS)
    yield Figure("the first search of a process", "", f"{best['first']:.0f} ms", met=True)
    yield Figure("peak memory of that process", f"under {_OPEN_MB} MB", f"{peak:.0f} MB", peak < _OPEN_MB)
