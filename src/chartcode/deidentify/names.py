"""Names of persons: where the note says that one follows, where lists know one, and wherever a found one stands again.

Safe Harbor (A): of the patient, of relatives, employers and household members; names of clinicians go as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from chartcode.deidentify.findings import NAME, Finding
from chartcode.deidentify.lists import Lists

_PART = r"(?:(?:[DO]['\u2019]|Mc|Mac|St\.\s?)?[A-Z][A-Za-z]+(?:[-'\u2019][A-Z][A-Za-z]+)*|[A-Z]\.?(?=\s|,|$)|Wm\.|Jr\.|Sr\.)"
_LINK = r"(?:\s+(?:de|del|de\sla|di|da|van|von|van\sder|der|den|la|le|bin|al|el|y)\s+|[ \t]+)"
_FULL = rf"{_PART}(?:{_LINK}{_PART}){{0,3}}"
_CREDENTIAL = (
    r"(?:M\.?\s?D|D\.?\s?O|R\.?\s?N|B\.?S\.?N|N\.?\s?P|A\.?R\.?N\.?P|C\.?R\.?N\.?A|P\.?\s?A(?:-?\s?C)?|Ph\.?\s?D|D\.?D\.?S|D\.?M\.?D"
    r"|D\.?P\.?M|O\.?D|L\.?P\.?N|L\.?C\.?S\.?W|M\.?S\.?W|Pharm\.?\s?D|D\.?C|P\.?T|O\.?T\.?R|Psy\.?D|F\.?A\.?C\.?[SPC]|M\.?B\.?B\.?S|Esq)\b"
)
_TITLED = re.compile(
    rf"\b(?:[Dd]rs?|DRS?|[Dd]octors?|DOCTOR|[Pp]rof(?:essor)?|[Mm]rs?|MRS?|[Mm]s|MS|[Mm]iss|Mister|Rev(?:erend)?|Sgt|Capt(?:ain)?|Officer|Father|Rabbi"
    rf"|[Nn]urse(?:\s[Pp]ractitioner)?|Judge|Attorney)\.?[ \t]{{1,2}}(?P<x>{_FULL}(?:(?:,|\s+and|\s+or|,\s+and)\s+(?={_PART}\s+{_PART}|{_PART}[,.]){_FULL})?)"
)
_BEFORE_CREDENTIAL = re.compile(
    rf"(?<![\w.])(?P<x>{_PART}(?:{_LINK}{_PART}){{1,3}}|{_PART},\s{_PART}(?:\s{_PART})?),?\s{{1,2}}{_CREDENTIAL}"
)
_LABEL = re.compile(
    rf"""(?:\b(?i:patient(?:'s)?(?:\sname)?|pt\s?name|name(?:\sof\spatient)?|full\sname|last\sname|first\sname|resident|client|member|subscriber|insured|guarantor
    |(?:attending|admitting|referring|consulting|ordering|dictating|primary\scare|primary|treating|responsible|family|supervising)
      (?:\s(?:physician|provider|doctor|md|surgeon|clinician))?|physician|provider|(?:assistant\s|co-?|first\s)?surgeon(?:s)?|assistants?|anesthesiologist
    |anesthetist|radiologist|pathologist|cardiologist|pcp|p\.c\.p\.|consultants?|resident\sphysician|dictated\sby|transcribed\sby|transcriptionist|signed(?:\sby)?
    |electronically\ssigned(?:\sby)?|e-?signed(?:\sby)?|authenticated(?:\sby)?|verified\sby|reviewed\sby|seen\sby|read\sby|interpreted\sby|performed\sby|prepared\sby
    |reported\sby|entered\sby|author|cc|c\.c\.|carbon\scopy|copy\sto|attention|attn|re|regarding|dear|to|from|emergency\scontact|contact(?:\sperson)?|next\sof\skin
    |guardian|power\sof\sattorney|poa|spouse|husband|wife|mother|father|daughter|son|parent|caregiver|case\smanager|social\sworker|nurse|rn|witness(?:es)?
    |interpreter|informant|historian|employer|maiden\sname|alias|aka|a\.k\.a\.))
    (?:'s\sname|\sname)?\s{{0,3}}(?P<sign>[:,=-]|\bis\b|(?<=[Dd]ear)|(?<=DEAR)|(?<=[bB][yY])|(?<=[nN]ame))[\s:,]{{0,4}}(?P<x>{_PART}(?:(?:{_LINK}|,[ \t]{{0,2}}){_PART}){{0,4}})""",
    re.VERBOSE,
)
_RELATED = re.compile(
    rf"\b(?i:his|her|their|patient's|the)\s(?:(?i:older|younger|ex-?|late|adult|step)\s?)*(?i:wife|husband|spouse|partner|son|daughter|mother|father|sister"
    rf"|brother|aunt|uncle|niece|nephew|cousin|grand\w+|girlfriend|boyfriend|fianc\xe9e?|fiancee?|friend|neighbor|caregiver|roommate|guardian|boss)"
    rf"(?:,?\s(?i:named|called|whose\sname\sis)|,)?\s(?P<x>{_FULL})"
)
_CALLED = re.compile(
    rf"\b(?i:named|name\sis|named\sas|goes\sby|known\sas|introduced\s(?:him|her)self\sas|a\.?k\.?a\.?|called\sherself|called\shimself)\s(?P<x>{_FULL})"
)
_SUBJECT = re.compile(
    r"['\u2019]?s?\s{1,2}(?:says?|states?|reports?|denies|denied|complains?|feels?|tells|told|wants|admits?|agrees?|understands?|presented|presents|returns?"
    r"|returned|came|comes|underwent|lives|works|will\s(?:follow|return|call|see)|(?:was|is|has\sbeen)\s(?:given|seen|admitted|discharged|told|here|doing"
    r"|a\s\d|transferred|brought|advised|instructed|examined|counseled|scheduled|referred))\b"
)
_OBJECT = re.compile(
    r"\b(?i:referring|refer|saw|seeing|evaluating|evaluate|met\swith|spoke\s(?:with|to)|discussed\swith|called|accompanied\sby|care\sof|sending)\s$"
)
_TOKEN = re.compile(r"(?<!\w)(?:[DO]['\u2019]|Mc|Mac)?[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)*(?!\w)")
_WORD = re.compile(r"[A-Za-z]+")
_NEXT = re.compile(r"['\u2019]?s?\s{1,2}([A-Za-z-]+)")
_BEGINS = re.compile(r"(?:^|[.!?:;]\s{1,3}|\n\s*(?:\d{1,2}[.)]\s*|[-*\u2022]\s*)?|[\"\u201c(])$")


def full(text: str, of: Lists) -> Iterator[Finding]:
    """Yield the names that the words around them show, and those of which first and last name stand together."""
    yield from _anchored(text, of)
    yield from _paired(text, of)


def known(text: str, of: Lists, given: Iterable[str]) -> set[str]:
    """Return the parts of names that a text shows to be someone's, in small letters.

    Args:
        text: a document.
        of: the lists.
        given: names that the caller knows.
    """
    found = {part for name in given for part in _parts(name)}
    for finding in full(text, of):
        found |= {p for p in _parts(text[finding.start : finding.end]) if len(p) > 2 or p in of.last}
    return {part for part in found if len(part) > 1 and part not in of.generic and part not in of.no_persons}


def single(
    text: str, of: Lists, known_parts: Iterable[str], ordinary: Iterable[tuple[int, int]] = ()
) -> Iterator[Finding]:
    """Yield single words that are names: a part of a name found elsewhere, or a word that only lists of names have.

    Args:
        text: a document.
        of: the lists.
        known_parts: parts of names that some document of the chart shows, in small letters.
        ordinary: where words stand that are known to be none: drugs, devices.
    """
    parts = frozenset(known_parts)
    taken = list(ordinary)
    for match in _TOKEN.finditer(text):
        if _state(match.group(), of) or any(a <= match.start() < b for a, b in _near(taken, match.start())):
            continue
        if _is_name(text, match, of, parts):
            yield _finding(match.start(), match.end())


def _near(spans: list[tuple[int, int]], offset: int) -> list[tuple[int, int]]:
    at = bisect_right(spans, (offset, 1 << 62))
    return spans[max(0, at - 1) : at]


def _finding(start: int, end: int) -> Finding:
    return Finding(start, end, NAME, "[NAME]")


def _parts(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)}


def _is_name(text: str, match: re.Match[str], of: Lists, parts: frozenset[str]) -> bool:
    """Tell whether a word with a capital is a name: one found elsewhere, or one that only the lists of names have."""
    word = match.group().lower().replace("\u2019", "'")
    bare = word.replace("'", "")
    pieces = word.split("-")
    if word in parts or (len(pieces) > 1 and any(p in parts for p in pieces)) or set(re.split(r"['-]", word)) & parts:
        return (
            word not in of.words
            or not _BEGINS.search(text, max(0, match.start() - 4), match.start())
            or _two(text, match, parts)
        )
    if word in of.no_persons or word in of.generic:
        return False
    acts = _SUBJECT.match(text, match.end()) or _OBJECT.search(text, max(0, match.start() - 20), match.start())
    if acts and (word not in of.words or word in of.first) and not match.group().isupper():
        return True
    if _eponym(text, match, of, pieces):
        return False
    listed = all(p in of.first or p in of.last for p in pieces) or bare in of.last
    if not listed or word in of.words or bare in of.words or len(word) < 3:
        return False
    capitals = match.group().isupper()
    return not (capitals and len(word) < 5)


def _two(text: str, match: re.Match[str], parts: frozenset[str]) -> bool:
    """Tell whether the next word is a part of a known name too."""
    after = _NEXT.match(text, match.end())
    return after is not None and after[1].lower() in parts


def _eponym(text: str, match: re.Match[str], of: Lists, pieces: list[str]) -> bool:
    """Tell whether a word names a disease, a sign or an instrument here."""
    after = _NEXT.match(text, match.end())
    following = after[1].lower() if after else ""
    if following in of.things or following.rstrip("s") in of.things:
        return True
    return all(piece in of.eponyms for piece in pieces)


def _paired(text: str, of: Lists) -> Iterator[Finding]:
    """Yield first and last names that stand together, one of them at least being no ordinary word."""
    tokens = list(_TOKEN.finditer(text))
    for first, second in pairwise(tokens):
        between = text[first.end() : second.start()]
        if not re.fullmatch(r"[ \t]{1,2}(?:[A-Z]\.?[ \t]{1,2})?|,[ \t]{0,2}", between):
            continue
        a, b = first.group().lower(), second.group().lower()
        a, b = (b, a) if between.startswith(",") else (a, b)
        if (
            a in of.no_persons
            or b in of.no_persons
            or b in of.generic
            or a in of.generic
            or _eponym(text, second, of, [b])
        ):
            continue
        acts = _SUBJECT.match(text, second.end()) is not None and a not in of.words
        if not (acts or (a in of.first and (b in of.last or a not in of.words))):
            continue
        if (a in of.words and b in of.words) or (a in of.eponyms and b in of.eponyms):
            continue
        if b in of.words and a in of.words and _BEGINS.search(text, max(0, first.start() - 4), first.start()):
            continue
        end = second.end()
        middle = re.compile(r"[ \t][A-Z]\.?(?![\w])").match(text, end) if between.startswith(",") else None
        yield _finding(first.start(), middle.end() if middle else end)


def _anchored(text: str, of: Lists) -> Iterator[Finding]:
    """Yield names of which the words around them say that they are."""
    for pattern in (_TITLED, _BEFORE_CREDENTIAL, _CALLED):
        for match in pattern.finditer(text):
            yield from _trimmed(text, *match.span("x"), of, strict=False)
    for pattern in (_LABEL, _RELATED):
        for match in pattern.finditer(text):
            yield from _trimmed(text, *match.span("x"), of, strict=True)


def _trimmed(text: str, start: int, end: int, of: Lists, *, strict: bool) -> Iterator[Finding]:
    """Yield the part of some capitalised words that can be a name: up to the first ordinary word.

    Behind a title the first word is a name whatever the lists say, unless no name can be that; behind a label
    (``strict``) an ordinary word is one only if the next word is a name.
    """
    parts = list(re.finditer(r"[A-Za-z][A-Za-z'\u2019.-]*", text[start:end]))
    # One ordinary word may end a name ("Frank Fields"), unless an initial is all that stands before it.
    last, spare = start, int(bool(parts) and len(_bare(parts[0])) > 1)
    for number, match in enumerate(parts):
        word = _bare(match)
        if word in of.generic or word in of.no_persons or _state(match.group(), of):
            break
        initial, ordinary = len(word) == 1, _ordinary(word, of)
        if number == 0 and strict and ordinary:
            after = _bare(parts[1]) if len(parts) > 1 else ""
            if not after or _ordinary(after, of):
                break
        elif number and not initial and ordinary and not _listed(word, of):
            if not spare or match.group().isupper() or text[start + match.end() : start + match.end() + 1] == ":":
                break
            spare -= 1
        if not initial or number == 0:
            last = start + match.end()
    stop = start + len(text[start:last].rstrip(" ,"))
    if stop - start > 1:
        yield _finding(start, stop)


def _state(word: str, of: Lists) -> bool:
    """Tell whether a word in capitals is the abbreviation of a state."""
    return len(word) == 2 and word.isupper() and word.lower() in of.states


def _bare(match: re.Match[str]) -> str:
    return match.group().strip(".'-").lower().replace("\u2019", "'")


def _listed(word: str, of: Lists) -> bool:
    """Tell whether the lists have a word as a first or last name, whole or in parts."""
    return any(p in of.first or p in of.last for p in (word, word.replace("'", ""), *word.split("-")))


def _ordinary(word: str, of: Lists) -> bool:
    """Tell whether a word is an ordinary one and no first name."""
    return len(word) > 1 and word in of.words and word not in of.first
