"""Damage done to records at random: bytes, pieces, and the structure of JSON and XML; the seed decides all of it."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from typing import Any

from lxml import etree

HOSTILE: tuple[bytes, ...] = (
    *(b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"]]>", b"<!--"),
    *(b"{" * 300, b"[" * 300, b"<a>" * 300, b"null", b"-1", b"1e999", b"NaN", b'"\\ud800"', b"\r", b"\x0b\x1c\r"),
    *(b"~", b"|", b"^", b"MSH|", b"ISA*", b"9" * 400, b"\xc3\x28", "\u202e\u0410\u4e2d".encode(), b"<", b">", b'"'),
    *(b"{}", b"[]", b"ID=", b"xsi:type="),
)
"""Pieces that break careless readers."""

_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, "", "x" * 2000, [], {}, [[]], [None], {"reference": "#"}, {"reference": "Patient/\0"},
    {"coding": "x"}, {"coding": [None, {"code": 1}]}, "0000-00-00", "9999-99-99T99:99", {"value": {}},
)  # fmt: skip
_XML = re.compile(rb'(<[^<>]*>)|([\w:]+="[^"]*")')


def mutated(data: bytes, seed: int) -> bytes:
    """Return a record with one to four kinds of damage."""
    chance = random.Random(seed)  # noqa: S311 - chance that can be repeated, not secrets
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _drop(data: bytes, chance: random.Random) -> bytes:
    first, last = _piece(data, chance)
    return data[:first] + data[last:]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    first, last = _piece(data, chance)
    return data[:last] + data[first:last] * chance.randint(1, 3) + data[last:]


def _move(data: bytes, chance: random.Random) -> bytes:
    first, last = _piece(data, chance)
    rest = data[:first] + data[last:]
    at = chance.randint(0, len(rest))
    return rest[:at] + data[first:last] + rest[at:]


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _put(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(HOSTILE) + data[at:]


def _recode(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "cp1252", "utf-16-be", "utf-8-sig", "latin-1")), "replace")


def _json(data: bytes, chance: random.Random) -> bytes:
    """Put odd values into a JSON tree."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return _flip(data, chance)
    for _ in range(chance.randint(1, 6)):
        here = tree
        for _ in range(chance.randint(1, 12)):
            if isinstance(here, dict) and here:
                key: Any = chance.choice(list(here))
            elif isinstance(here, list) and here:
                key = chance.randrange(len(here))
            else:
                break
            if not isinstance(here[key], dict | list) or chance.random() < 0.15:
                here[key] = deepcopy(chance.choice(_VALUES))
                break
            here = here[key]
    return json.dumps(tree).encode()


def _xml(data: bytes, chance: random.Random) -> bytes:
    """Drop, repeat or spoil tags and attributes of XML."""
    found = list(_XML.finditer(data))
    if not found:
        return _flip(data, chance)
    match = chance.choice(found)
    instead = chance.choice(
        (b"", match[0] * 2, match[0].replace(b'"', b"'"), match[0].replace(b"=", b'="" x='), b"<a/>")
    )
    return data[: match.start()] + instead + data[match.end() :]


def _nodes(data: bytes, chance: random.Random) -> bytes:
    """Drop, repeat, rename or spoil the elements of an XML tree, which stays well-formed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return _flip(data, chance)
    if root is None:
        return data
    for _ in range(chance.randint(1, 8)):
        one = chance.choice([e for e in root.iter() if isinstance(e.tag, str)])
        above = one.getparent()
        what = chance.randrange(6)
        if what == 0 and above is not None:
            above.remove(one)
        elif what == 1 and above is not None:
            above.append(deepcopy(one))
        elif what == 2 and one.attrib:
            with suppress(ValueError):  # lxml reads undeclared prefixes, and does not write them
                one.set(chance.choice(list(one.attrib)), chance.choice(_WORDS))
        elif what == 3 and one.attrib:
            with suppress(ValueError):
                del one.attrib[chance.choice(list(one.attrib))]
        elif what == 4:
            one.text = chance.choice(_WORDS)
        else:
            one.append(deepcopy(chance.choice([e for e in root.iter() if len(e) < 5])))
    return etree.tostring(root)


_WORDS = (
    "",
    "0",
    "-1",
    "99999999",
    "2012",
    "x" * 500,
    "#",
    "#a",
    "2.16.840.1.113883.6.90",
    "EVN",
    "true",
    "\u202e",
    "\n",
)


def _piece(data: bytes, chance: random.Random) -> tuple[int, int]:
    first = chance.randint(0, len(data))
    return first, min(len(data), first + chance.choice((1, 2, 5, 20, 100, 1000, 10_000)))


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _drop, _repeat, _move, _flip, _put, _recode, _json, _json, _json, _xml, _nodes, _nodes, _nodes,
)  # fmt: skip
