"""The tabular list and our own terms -> one lexicon file.

Titles are opened up into the ways in which they are said: parentheses left out, "malignant neoplasm of" as cancer,
sides left to the resolver. Where several codes claim one phrase, the better source wins; among equals the phrase
leads to the node that they share in the tree, from which the resolver walks down by what the record says.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from chartcode.books.lexicon import DERIVED, INCLUSION, INDEXED, OWN, TITLE
from chartcode.books.words import WORD, forms, normal, phrase_key

_PAREN = re.compile(r"\s*[\(\[][^\)\]]*[\)\]]")
_SIDE = re.compile(r"\b(?:right|left|bilateral|unspecified side|unspecified eye|unspecified ear)\b", re.IGNORECASE)
_OTHER = re.compile(r"^other\b|\bother specified\b|elsewhere classified|^encounter for other", re.IGNORECASE)
_WITHOUT = re.compile(r",?\s+(?:without|not)\s.*$", re.IGNORECASE)
_MALIGNANT = re.compile(r"^malignant neoplasm of (?:the )?", re.IGNORECASE)
_SECONDARY = re.compile(r"^secondary (?:and unspecified )?malignant neoplasm of (?:the )?", re.IGNORECASE)
_HISTORY = re.compile(r"^personal history of (?:other )?", re.IGNORECASE)
_SPLIT = re.compile(r"\s*,\s*unspecified\b.*$|\bof unspecified (?:part|site)\b(?: of)?|\bunspecified\b", re.IGNORECASE)
_NOT_ALONE = frozenset(
    ("arrest", "astragalus", "atla", "atlas", "axi", "axis", "cocaine", "hormone", "immersion", "pr", "hr", "twister")
)
"""Inclusion terms of one word that say what they mean only below their title."""
_MAX_CODES = 4
_CHAPTERS_OF_EVENTS = "VWXY"
ABBREVIATIONS = "abbreviations.tsv"


class Row(NamedTuple):
    """A node of the tabular list: ``code`` as printed, ``parent`` the node above or the empty string."""

    code: str
    title: str
    parent: str
    inclusions: tuple[str, ...]
    leaf: bool


def tabular_rows(path: Path) -> Iterator[Row]:
    """Yield the categories and codes of a compiled tabular release."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        inclusions: dict[int, list[str]] = defaultdict(list)
        for node, text in connection.execute("SELECT node, text FROM note WHERE kind = 'inclusion term' ORDER BY id"):
            inclusions[node].append(text)
        names = dict(connection.execute("SELECT id, code FROM node"))
        question = "SELECT id, code, title, parent, leaf FROM node WHERE kind IN ('category', 'code') ORDER BY id"
        for number, code, title, parent, leaf in connection.execute(question):
            yield Row(code, title, names.get(parent, ""), tuple(inclusions[number]), bool(leaf))
    finally:
        connection.close()


def _ways(title: str) -> Iterator[tuple[str, int]]:
    """Yield the ways in which a title is said, each with its source rank."""
    if not _OTHER.search(title):
        yield title, TITLE
        if (bare := _PAREN.sub("", title)) != title:
            yield bare, TITLE
        if (shorter := _SPLIT.sub("", bare)) != bare:
            yield shorter, TITLE
        if (plain := _WITHOUT.sub("", bare)) != bare:
            yield plain, DERIVED
        if _SIDE.search(bare):
            yield _SIDE.sub("", bare), DERIVED
        for pattern, instead in (
            (_MALIGNANT, ("cancer ",)),
            (_SECONDARY, ("metastatic cancer ", "metastasis ", "metastatic ")),
            (_HISTORY, ("history of ",)),
        ):
            if pattern.search(bare):
                for words in instead:
                    yield _SPLIT.sub("", pattern.sub(words, bare)), DERIVED
        if " or " in bare and "," not in bare and len(bare.split()) <= 6:
            a, b = bare.split(" or ", 1)
            yield a, DERIVED
            yield b, DERIVED


def read_terms(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (left column, phrases) of one of our term files: ``CODE<TAB>phrase; phrase``."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            left, _, right = line.partition("\t")
            yield left.strip(), [p.strip() for p in right.split(";") if p.strip()]


def own_terms() -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of the term files that come with the package, in the order of their names."""
    folder = resources.files("chartcode.books") / "terms"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".tsv"):
            yield file.name, file.read_text(encoding="utf-8")


class _Claims:
    """Which codes claim which phrase."""

    def __init__(self, abbreviations: dict[str, int]) -> None:
        self.abbreviations = abbreviations
        self.by_key: dict[int, dict[str, int]] = defaultdict(dict)
        self.text: dict[int, str] = {}
        self.words: dict[int, tuple[str, ...]] = {}
        self.ambiguous: dict[int, bool] = {}

    def add(self, code: str, phrase: str, source: int) -> None:
        ambiguous = phrase.endswith("?")
        words = forms(phrase.rstrip("?"))
        if not words or all(len(w) < 2 for w in words):
            return
        # Half of a title ("Injury of iliac artery or vein") may be a word that means nothing of the kind by itself.
        if len(set(words)) == 1 and (source == DERIVED or (source == INCLUSION and words[0] in _NOT_ALONE)):
            return
        key = phrase_key(words, self.abbreviations)
        best = self.by_key[key]
        best[code] = max(best.get(code, 0), source)
        self.words.setdefault(key, tuple(sorted(set(words))))
        self.text.setdefault(key, phrase.rstrip("?").lower())
        self.ambiguous[key] = self.ambiguous.get(key, True) and ambiguous


def _shared(codes: list[str], nodes: frozenset[str]) -> str | None:
    """Return the lowest node above all codes, at category level or deeper."""
    prefix = codes[0]
    for code in codes[1:]:
        while not code.startswith(prefix):
            prefix = prefix[:-1]
    while len(prefix) > 3 and prefix.rstrip(".") not in nodes:
        prefix = prefix[:-1]
    prefix = prefix.rstrip(".")
    return prefix if prefix in nodes else None


def _abbreviations(text: str) -> dict[str, int]:
    """Return the key of the words that each safe abbreviation stands for; ambiguous ones end in a question mark."""
    found: dict[str, int] = {}
    for short, expansions in read_terms(text):
        whole = [m.group() for m in WORD.finditer(short)]
        if len(whole) == 1 and expansions and not short.endswith("?") and not expansions[0].endswith("?"):
            value = phrase_key(forms(expansions[0]))
            if value:
                found[normal(whole[0])] = value
    return found


def build(
    rows: Iterable[Row],
    version: str,
    terms: Iterable[tuple[str, str]] | None = None,
    progress: Callable[[int], None] | None = None,
    indexed: Iterable[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Return the arrays of a lexicon (see ``chartcode.books.lexicon.Lexicon``).

    ``indexed`` are (code, phrase) of an Alphabetic Index; they are added where no better source knows the phrase.
    """
    files = list(own_terms() if terms is None else terms)
    abbreviations = _abbreviations(dict(files).get(ABBREVIATIONS, ""))
    claims = _Claims(abbreviations)
    nodes = set()
    for number, row in enumerate(rows):
        nodes.add(row.code)
        if progress and number % 5000 == 0:
            progress(number)
        events = row.code[0] in _CHAPTERS_OF_EVENTS
        for phrase, source in _ways(row.title):
            if not (events and len(forms(phrase)) < 2):
                claims.add(row.code, phrase, source)
        for inclusion in row.inclusions:
            claims.add(row.code, _PAREN.sub("", inclusion), INCLUSION)
    for name, text in files:
        if name != ABBREVIATIONS:
            for code, phrases in read_terms(text):
                for phrase in phrases:
                    claims.add(code, phrase, OWN)
    known = frozenset(claims.by_key)
    for code, phrase in indexed:
        if code in nodes and phrase_key(forms(phrase), abbreviations) not in known:
            claims.add(code, phrase, INDEXED)
    return _arrays(claims, frozenset(nodes), version)


def _settled(best: dict[str, int], nodes: frozenset[str]) -> tuple[list[str], int]:
    """Return the codes that win a phrase, and their source."""
    top = max(best.values())
    codes = sorted(c for c, source in best.items() if source == top)
    if len(codes) > 1:
        above = [c for c in codes if any(o != c and o.startswith(c) for o in codes)]
        if above and (roots := [c for c in above if not any(c != a and c.startswith(a) for a in above)]):
            codes = roots + [c for c in codes if not any(c.startswith(r) for r in roots)]
        if len(codes) > 1 and (node := _shared(codes, nodes)):
            codes = [node]
    return codes[:_MAX_CODES], top


def _arrays(claims: _Claims, nodes: frozenset[str], version: str) -> dict[str, Any]:
    keys = sorted(claims.by_key)
    names = sorted({code for best in claims.by_key.values() for code in best} | nodes)
    number = {code: n for n, code in enumerate(names)}
    codes: list[int] = []
    starts, sources, offsets, text = [0], [], [0], bytearray()
    for key in keys:
        chosen, source = _settled(claims.by_key[key], nodes)
        codes += [number[c] for c in chosen]
        starts.append(len(codes))
        sources.append(source)
        text += claims.text[key].encode()
        offsets.append(len(text))
    postings: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        for word in claims.words[key]:
            postings[word].append(place)
    listed = sorted(postings)
    head = {"words": listed, "version": version, "codes": names, "abbreviations": claims.abbreviations}
    return {
        "keys": np.array(keys, dtype=np.uint64),
        "starts": np.array(starts, dtype=np.uint32),
        "codes": np.array(codes, dtype=np.uint32),
        "sources": np.array(sources, dtype=np.uint8),
        "ambiguous": np.array([claims.ambiguous[k] for k in keys], dtype=bool),
        "posting_starts": np.cumsum([0, *(len(postings[w]) for w in listed)]).astype(np.uint32),
        "postings": np.array([n for w in listed for n in postings[w]], dtype=np.uint32),
        "sizes": np.array([len(claims.words[k]) for k in keys], dtype=np.uint8),
        "offsets": np.array(offsets, dtype=np.uint32),
        "text": np.frombuffer(bytes(text), dtype=np.uint8),
        "head": np.frombuffer(json.dumps(head).encode(), dtype=np.uint8),
    }
