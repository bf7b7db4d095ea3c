"""What the books on a shelf have to be found by: their entries, and the phrases that lead to them.

The newest release of each book is read. Which entry holds on a day is asked of the day's book when it is shown.
"""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from pathlib import Path

from chartcode.books import starter
from chartcode.books.build.lexicon import ABBREVIATIONS, own_terms, read_terms
from chartcode.books.build.search_index import CODE, HEADING, STEM, Listed, Said, plain
from chartcode.books.operations import CUES, SIDE, Element, pattern, split
from chartcode.books.search.reading import Token, Words, tokens

ICD10CM, ICD10PCS, HCPCS, CPT = range(4)
"""The books, in the order of ``chartcode.books.search.SYSTEMS``."""

OWN, INCLUSION, INDEXED, ALIAS, SHORT = 1.0, 0.99, 0.97, 0.97, 0.95
_DOUBTFUL = 0.96
LISTED, _MOST_LISTED = 0.96, 4
"""How surely the index of ICD-10-PCS means the codes that begin as it says, and how many of them are taken."""
_MOST_CODES = 8
"""Codes of ICD-10-PCS that one of our procedures leads to: the rest differ in what nobody types."""
_NOISE = re.compile(r"\b(?:NEC|NOS)\b")
_ALTERNATIVES = 12


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a shelf: releases of ICD-10-CM's tabular list, order files and index, ICD-10-PCS and services.

    ``services`` are (book, release or None); a book without a release is answered by the starter where it is on.
    """

    tabular: Path
    orders: tuple[Path, ...]
    index: Path | None
    pcs: Path | None
    services: tuple[tuple[int, Path | None], ...]
    cpt_starter: bool

    @classmethod
    def of(cls, releases: Mapping[str, tuple[Path, ...]], *, cpt_starter: bool) -> Sources:
        """Take releases by system; of the order files there may be several, the earliest first."""

        def one(*systems: str) -> Path | None:
            return next((path for system in systems for path in releases.get(system, ())), None)

        tabular = one("icd10cm-tabular")
        if tabular is None:
            raise LookupError("no tabular list is on the shelf; install one, or run: pip install simple-icd-10-cm")
        services = ((HCPCS, one("hcpcs")), (CPT, one("cpt", "chargemaster")))
        return cls(tabular, releases.get("icd10cm", ()), one("icd10cm-index"), one("icd10pcs"), services, cpt_starter)


def listed(sources: Sources) -> Iterator[Listed]:
    """Yield the entries of all books."""
    known = set()
    for code, title, kind in _tabular(sources.tabular):
        known.add(code)
        yield Listed(ICD10CM, code, title, kind)
    stems = dict(_sevenths(sources.tabular))
    for path in reversed(sources.orders):
        for code, title, billable in _rows(path, "SELECT code, long, billable FROM code"):
            bare = code.replace(".", "")
            if bare not in known and not (len(bare) == 7 and bare[6] in stems.get(bare[:6].rstrip("X"), "")):
                known.add(bare)
                yield Listed(ICD10CM, bare, title, CODE if billable else HEADING)
    if sources.pcs:
        for code, title in _rows(sources.pcs, "SELECT code, title FROM code WHERE length(code) = 7"):
            yield Listed(ICD10PCS, code, title)
    for book, release in sources.services:
        if release:
            for code, title in _rows(release, "SELECT code, title FROM service"):
                yield Listed(book, code, title)
        else:
            for entry in _started(book, sources).values():
                yield Listed(book, entry.code, entry.title)


def said(sources: Sources, words: Words) -> Iterator[Said]:
    """Yield the phrases that lead to entries, the surest of each kind first."""
    for code, phrase in _own_terms():
        trust = _DOUBTFUL if phrase.endswith("?") else OWN
        yield plain(ICD10CM, code.replace(".", ""), phrase.rstrip("?"), trust, words)
    question = "SELECT node.code, text FROM note JOIN node ON node.id = note.node WHERE note.kind = 'inclusion term'"
    for code, text in _rows(sources.tabular, question):
        yield plain(ICD10CM, code.replace(".", ""), _NOISE.sub(" ", text), INCLUSION, words)
    if sources.index:
        yield from _indexed(sources.index, words)
    if sources.pcs:
        yield from _procedures(sources.pcs, words)
    for book, release in sources.services:
        yield from _services(book, release, sources, words)


def _own_terms() -> Iterator[tuple[str, str]]:
    for name, text in own_terms():
        if name != ABBREVIATIONS:
            yield from ((code, phrase) for code, phrases in read_terms(text) for phrase in phrases)


def _services(book: int, release: Path | None, sources: Sources, words: Words) -> Iterator[Said]:
    if release:
        for code, short in _rows(release, "SELECT code, short FROM service WHERE short <> ''"):
            yield plain(book, code, short, SHORT, words)
    own = starter.hcpcs() if book == HCPCS else starter.cpt()
    for entry in own.values() if release or _started(book, sources) else ():
        yield plain(book, entry.code, entry.title, ALIAS, words)
        for phrase in entry.phrases:
            yield from _alias(book, entry.code, phrase, words)


def _started(book: int, sources: Sources) -> Mapping[str, starter.Entry]:
    if book == HCPCS:
        return starter.hcpcs()
    return starter.cpt() if sources.cpt_starter else {}


def _rows(path: Path, question: str) -> Iterator[tuple[str, ...]]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield from connection.execute(question)
    finally:
        connection.close()


def _tabular(path: Path) -> Iterator[tuple[str, str, int]]:
    question = "SELECT code, title, leaf, seventh FROM node WHERE kind IN ('category', 'code') ORDER BY id"
    for code, title, leaf, seventh in _rows(path, question):
        yield code.replace(".", ""), title, HEADING if not leaf else STEM if seventh else CODE


def _sevenths(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the codes that take a seventh character, each with these characters."""
    characters: dict[str, str] = {}
    for node, char in _rows(path, "SELECT node, char FROM seventh ORDER BY node, place"):
        characters[node] = characters.get(node, "") + char
    for code, seventh in _rows(path, "SELECT code, seventh FROM node WHERE leaf AND seventh IS NOT NULL"):
        yield code.replace(".", ""), characters[seventh]


def _indexed(path: Path, words: Words) -> Iterator[Said]:
    """Yield the lines of the Alphabetic Index that name a code, as the words from the main term down."""
    ways: dict[str, tuple[str, ...]] = {}
    question = "SELECT id, parent, term, nonessential, code FROM term WHERE kind IN ('index', 'external') ORDER BY id"
    for number, parent, term, nonessential, code in _rows(path, question):
        way = ways[number] = (*ways.get(parent, ()), _NOISE.sub(" ", term))
        if code:
            # "Abdomen, abdominal" is one word in two forms: the second counts, but need not be said. Of the modifiers
            # only the term's own: a syphilitic gout is not found by the "flare" of gout.
            first = " ".join(words_above.partition(", ")[0] for words_above in way)
            besides = " ".join((*(words_above.partition(", ")[2] for words_above in way), nonessential))
            bare = code.rstrip("-").rstrip(".").replace(".", "")
            yield plain(ICD10CM, bare, first, INDEXED, words, besides)


def _procedures(path: Path, words: Words) -> Iterator[Said]:
    """Yield our own words for procedures, each for the codes that its patterns allow, the plainest first."""
    every = [code for (code,) in _rows(path, "SELECT code FROM code WHERE length(code) = 7 ORDER BY code")]
    yield from _procedure_index(path, every, words)
    codes: dict[str, list[str]] = {}
    for code in every:
        codes.setdefault(code[:2], []).append(code)
    folder = resources.files("chartcode.books") / "terms" / "procedures"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".tsv") or file.name in {"cues.tsv", "body_parts.tsv"}:
            continue
        for line in file.read_text("utf-8").splitlines():
            if not line.strip() or line.startswith("#"):
                continue
            phrases, patterns, *_ = line.split("\t")
            found = [code for one in split(patterns) for code in _allowed(pattern(one), codes)]
            for place, code in enumerate(found):
                for phrase in phrases.split("|"):
                    if not phrase.startswith("~"):
                        yield plain(ICD10PCS, code, phrase, OWN - 0.005 * place, words)


def _procedure_index(path: Path, every: list[str], words: Words) -> Iterator[Said]:
    """Yield the lines of the index of ICD-10-PCS, each for the first codes that begin as it says."""
    above: list[str] = []
    for depth, title, beginnings in _rows(path, "SELECT depth, title, codes FROM line ORDER BY number"):
        above = [*above[: int(depth)], title]
        for beginning in re.findall(r"[0-9A-Z]{4,7}", beginnings or ""):
            at = bisect_left(every, beginning)
            for place, code in enumerate(every[at : at + _MOST_LISTED]):
                if code.startswith(beginning):
                    yield plain(ICD10PCS, code, " ".join(above), LISTED - 0.01 * place, words)


def _allowed(elements: tuple[Element, ...], codes: Mapping[str, list[str]]) -> list[str]:
    """Return the codes that a pattern allows, those with the values named first before the others."""
    if any(element.kind == "part" for element in elements):
        return []
    values = [_values(element) for element in elements]
    fits = re.compile("".join(f"[{v}]" if v else "." for v in values))
    found = (c for head, those in codes.items() if _begins(head, values) for c in those if fits.fullmatch(c))
    ranked = sorted(found, key=lambda c: [v.index(char) if v else 0 for v, char in zip(values, c, strict=True)])
    return list(islice(ranked, _MOST_CODES))


def _begins(head: str, values: list[str]) -> bool:
    return all(not v or char in v for v, char in zip(values, head, strict=False))


def _values(element: Element) -> str:
    """Return the characters that an element may become, the one without a cue first; '' for any."""
    if element.kind in {SIDE, CUES}:
        ordered = sorted(element.values, key=lambda value: bool(value[0]))
        joined = "".join(value.strip("[]") for _, value in ordered)
        return "" if "?" in joined else "".join(dict.fromkeys(c for c in joined if c.isalnum()))
    if element.kind == "literal":
        return element.values[0][1]
    return ""


def _alias(book: int, code: str, phrase: str, words: Words) -> Iterator[Said]:
    """Yield a phrase of the starter (docs/reference/starters.md): ``a/b`` for either, ``a*`` for a beginning."""
    standing = starter.words()
    whole = re.search(r"\{[^}]*\}", phrase)
    if whole:
        for instead in standing.get(whole[0], "").split(";"):
            yield from _alias(book, code, phrase.replace(whole[0], instead.strip()), words)
        return
    groups: list[tuple[Token, ...]] = []
    beginnings: list[tuple[str, ...]] = []
    for word in phrase.lower().split():
        if word.startswith("-"):
            continue
        choices = standing.get(word, word).replace("(", "").replace(")", "").split("/")[:_ALTERNATIVES]
        if any(choice.endswith("*") for choice in choices):
            beginnings.append(tuple(c.rstrip("*").replace("-", " ").split(" ")[0] for c in choices if c.rstrip("*")))
            continue
        spelled = [words.spelled_out(tokens(choice)) for choice in choices]
        if len(spelled) == 1:
            groups += [(token,) for token in spelled[0]]
        elif any(spelled):
            groups.append(tuple(s[0] for s in spelled if s))
    if groups or beginnings:
        yield Said(book, code, tuple(groups), ALIAS, (), tuple(beginnings))
