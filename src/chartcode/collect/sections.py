"""Finds the parts of a note by their headings.

A heading stands at the start of a line, or glued behind a comma or full stop where a transcription lost its line
breaks ("..., none.,ALLERGIES:, Penicillin"), and ends with a colon; alone on its line it needs none. Known headings
are looked up in ``headers.toml`` under the longest spelling that fits; an unknown one in capitals opens the part that
its words most likely mean, or ``other``. Headings of organ systems stay in the examination or review that they divide.

Linear in the text: each colon and each short line is looked at once, within a window of fixed width.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from chartcode.model.chart import Section

OTHER = "other"
_WINDOW = 72
"""The longest heading, in characters before its colon."""

_COLON = re.compile(r"(?<=[A-Za-z)\d])(?:\*{0,2}|[ \t]{0,2}):")
_LINE = re.compile(
    r"""^[ \t>#*_=•-]{0,6}
    ([A-Z][A-Za-z\ ,/&()'\u2019-]{0,58}[A-Za-z)])
    [ \t]*[*_#=.-]{0,3}[ \t\r]*$""",
    re.MULTILINE | re.VERBOSE,
)
_DASHED = re.compile(
    r"""^[ \t#*_]{0,4}
    ([A-Z][A-Z\ /&()'-]{2,50}[A-Z)])
    (?:[ \t]{2,8}|[ \t]{0,2}[-\u2013\u2014][ \t]{0,2})(?=\S)""",
    re.MULTILINE | re.VERBOSE,
)
_GLUED = re.compile(r"(?<=[^\s,],)([A-Z][A-Z /&()'-]{4,50}[A-Z)])(?=[ \t]{0,2}(?:,|\r?\n|$))")
_BREAK = re.compile(r"[\n.,;:!?•]|--|^")
_AFTER = re.compile(r"[\s:,*]{0,12}")
_WORDS = re.compile(r"[^a-z0-9]+")
_STRIP = " \t\r\n>#*_=•-\u2013,.;:!?\"'"
_IMAGING = re.compile(
    r"""\W*(?:ct|mri|mra|x-?ray|ultrasound|sonogram|pet|nuclear|bone\ scan|mammogra|portable|two\ views
    |ap\ and\ lateral|pa\ and\ lateral|\w+\ ultrasound|\w+\ x-?ray|chest,)\b""",
    re.IGNORECASE | re.VERBOSE,
)

_LETTERS = frozenset(("a", "p"))
"""Letters that head parts of a note together; alone they number something: "A: Skin, B: Margin"."""

_LONG_PROCEDURE = 300
"""A ``PROCEDURE:`` longer than this many characters tells how it was done; a shorter one names it."""

_LONG_TITLE, _LONG_LIST = 500, 1_200
"""As above, where the heading says that it is a title, and of a numbered list."""
_LIST = re.compile(r"[\s,:]*1[.)]\s")

_KEEPS_UNKNOWN = frozenset(
    """review of systems|physical exam|vitals|labs|imaging|findings|procedure description|objective|assessment|plan|
    assessment and plan|impression|hospital course|technique|diagnosis""".replace("\n    ", "").split("|")
)
"""Parts whose own unknown headings in capitals divide them and do not end them."""

_DIVIDED = _KEEPS_UNKNOWN | {
    "subjective",
    "social history",
    "developmental history",
    "obstetric history",
    "gynecologic history",
    "past medical history",
}
"""Parts within which an organ system's heading stays."""

_EXAMINED = frozenset({"vitals", "objective"})
"""Parts after which an organ system's heading goes on with the physical exam."""


class _Headings(NamedTuple):
    """The data of ``headers.toml``."""

    names: dict[str, str]
    strong: frozenset[str]
    weak: frozenset[str]
    likely: tuple[tuple[re.Pattern[str], str], ...]
    longest: int


class _Heading(NamedTuple):
    """A heading found: where it begins, where its content begins, its normal form, and whether it is in capitals."""

    start: int
    body: int
    words: str
    capitals: bool


@cache
def _headings() -> _Headings:
    """Read the headings, once."""
    table = tomllib.loads(files("chartcode.collect").joinpath("headers.toml").read_text("utf-8"))
    names = {spelling: name for name, spellings in table["sections"].items() for spelling in spellings}
    subs = table["subheadings"]
    likely = tuple((re.compile(pattern), name) for pattern, name in table["likely"].items())
    return _Headings(
        names,
        frozenset(subs["strong"]) - names.keys(),
        frozenset(subs["weak"]) - names.keys(),
        likely,
        max(len(spelling.split()) for spelling in names),
    )


def names() -> frozenset[str]:
    """Return every name that a section can have, the empty one before the first heading included."""
    return frozenset(_headings().names.values()) | {"", OTHER}


def normal(heading: str) -> str:
    """Return a heading's normal form.

    >>> normal("ASSESSMENT & PLAN"), normal("Preop. Diagnosis(es)")
    ('assessment and plan', 'preop diagnosis es')
    """
    return _WORDS.sub(" ", heading.lower().replace("&", " and ")).strip()


def sections(text: str) -> tuple[Section, ...]:
    """Return the parts of a note, in order; together they are the whole text.

    The part before the first heading has the name ``""``. An empty text has no parts.
    """
    table = _headings()
    found: list[tuple[str, int, int, str]] = []
    here, outer = "", ""
    for heading in _candidates(text, table):
        name = _name(heading, here, outer, table)
        if name is None:
            continue
        if name == "physical exam" and _IMAGING.match(text, heading.body, heading.body + 60):
            name = "procedure"
        if name == "vitals" and here in {"physical exam", "objective"}:
            outer = here
        elif name != "vitals":
            outer = ""
        here = name
        found.append((name, heading.start, heading.body, heading.words))
    return tuple(_tiles(text, found))


def _tiles(text: str, found: list[tuple[str, int, int, str]]) -> Iterator[Section]:
    """Yield the parts between the headings."""
    if text and (not found or found[0][1] > 0):
        yield Section("", 0, 0, found[0][1] if found else len(text))
    for (name, start, body, words), (_, end, _, _) in pairwise([*found, ("", len(text), 0, "")]):
        long = name == "procedure" and end - body > _longest(text, body, words)
        yield Section("procedure description" if long else name, start, min(body, end), end)


def _longest(text: str, body: int, words: str) -> int:
    """Return how many characters a part headed "procedure" may have and still name what was done: a list more."""
    if _LIST.match(text, body):
        return _LONG_LIST
    return _LONG_TITLE if words.startswith(("title of", "name of")) or words.endswith("performed") else _LONG_PROCEDURE


def _name(heading: _Heading, here: str, outer: str, table: _Headings) -> str | None:
    """Return the part that a heading opens, or None if it only divides the one that is open."""
    words = heading.words
    known = table.names.get(words)
    if known is not None:
        return known
    if words in table.strong or words in table.weak:
        if here in _EXAMINED and (outer or words in table.strong):
            return "physical exam"
        opens = here not in _DIVIDED and words in table.strong and heading.capitals and len(words) > 3
        return "physical exam" if opens else None
    if not heading.capitals or len(words) < 5:
        return None
    likely = next((name for pattern, name in table.likely if pattern.search(words)), None)
    if likely is not None:
        return None if likely == here else likely
    return None if here in _KEEPS_UNKNOWN else OTHER


def _candidates(text: str, table: _Headings) -> list[_Heading]:
    """Return what looks like a heading, in order, without overlaps."""
    found: list[_Heading] = []
    last = 0
    for colon in _COLON.finditer(text):
        low = max(last, colon.start() - _WINDOW)
        low = max(low, text.rfind("\n", low, colon.start()) + 1)
        heading = _before(text, low, colon.start(), colon.end(), table)
        if heading is not None:
            found.append(heading)
        last = heading.body if heading is not None else colon.end()
    for pattern in (_LINE, _DASHED, _GLUED):
        for line in pattern.finditer(text):
            words = normal(line.group(1))
            if words in table.names and (pattern is not _LINE or _titled(line.group(1))):
                body = _AFTER.match(text, line.end())
                found.append(
                    _Heading(line.start(1), body.end() if body else line.end(), words, line.group(1).isupper())
                )
    found.sort()
    kept: list[_Heading] = []
    for heading in found:
        if not kept or heading.start >= kept[-1].body:
            kept.append(heading)
    return kept if _soap(kept) else [h for h in kept if h.words not in _LETTERS]


def _soap(headings: list[_Heading]) -> bool:
    """Tell whether single letters head the assessment and plan: an "A" and then a "P", as in "S: O: A: P:"."""
    letters = [h.words for h in headings if h.words in _LETTERS]
    return letters == ["a", "p"]


def _before(text: str, low: int, end: int, after: int, table: _Headings) -> _Heading | None:
    """Return the heading that ends at a colon: the longest known one, else the last piece if it is in capitals."""
    window = text[low:end]
    starts = [0] if low == 0 else []
    starts += [m.end() for m in _BREAK.finditer(window) if m.end() > m.start()]
    if low and text[low - 1] in "\n:,. \t*":
        starts.insert(0, 0)
    piece, at = "", -1
    for offset in starts:
        raw = window[offset:]
        piece = raw.lstrip(_STRIP)
        if not piece or not piece[0].isupper():
            continue
        at = end - len(piece)
        words = normal(piece)
        if words in table.names and (piece.isupper() or _free(text, at)):
            return _Heading(at, _body(text, after), words, piece.isupper())
    if at < 0 or not piece or not piece[0].isupper():
        return None
    words = normal(piece)
    sub = words in table.strong or words in table.weak
    capitals = piece.isupper() and len(words) > 1
    if not (capitals or (sub and _free(text, at))):
        return None
    return _Heading(at, _body(text, after), words, capitals)


def _free(text: str, at: int) -> bool:
    """Tell whether a heading in small letters may begin here: on a line, glued to a comma, or behind a sentence."""
    before = text[max(0, at - 8) : at]
    bare = before.rstrip(" \t>#*_=•-")
    return at == 0 or not bare or bare[-1] in "\n:" or (bare[-1] in ".;,!?" and (bare == before or bare[-1] != ","))


def _titled(heading: str) -> bool:
    """Tell whether a heading without colon is written as one: in capitals, or each longer word with a capital."""
    return heading.isupper() or all(word[0].isupper() for word in heading.split() if len(word) > 3)


def _body(text: str, after: int) -> int:
    """Return where the content behind a heading begins."""
    match = _AFTER.match(text, after)
    return match.end() if match else after
