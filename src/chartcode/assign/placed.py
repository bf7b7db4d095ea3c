"""Conditions that the classification files by their place or their company under another category.

The Alphabetic Index sends a coder elsewhere as soon as the record names a joint or a region of the spine:
Osteoarthritis, knee M17.-; Displacement, intervertebral disc, cervical M50.2-; Disorder, disc, with myelopathy. A
phrase that names no place leads to the residual category; this table is the way from there.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

_HERNIATED = frozenset(
    ("herniated", "herniation", "displacement", "displaced", "protrusion", "extrusion", "prolapse", "prolapsed",
     "bulge", "bulging", "ruptured", "hnp")
)  # fmt: skip
_WORN = frozenset(("degenerative", "degeneration", "desiccation", "degenerated"))
_MYELOPATHY = frozenset(("myelopathy", "myelopathic"))
_RADICULOPATHY = frozenset(("radiculopathy", "sciatica", "radiculitis", "radicular"))
_BOTH = frozenset(("bilateral", "both"))
_ONE_SIDE = frozenset(("right", "left"))
_ANY: frozenset[str] = frozenset()
_REGIONS = {"lumbar": "6", "lumbosacral": "7", "thoracic": "4", "thoracolumbar": "5"}

PLACED: tuple[tuple[tuple[str, ...], str, frozenset[str], str], ...] = (
    (("M19.9", "M17.9"), "knee", _BOTH, "M17.0"),
    (("M19.9", "M17.9"), "knee", _ONE_SIDE, "M17.1"),
    (("M19.9",), "knee", _ANY, "M17.9"),
    (("M19.9", "M16.9"), "hip", _BOTH, "M16.0"),
    (("M19.9", "M16.9"), "hip", _ONE_SIDE, "M16.1"),
    (("M19.9",), "hip", _ANY, "M16.9"),
    (("M51.9", "M51.0", "M51.A"), "cervical", _MYELOPATHY, "M50.0"),
    (("M51.9", "M51.1"), "cervical", _RADICULOPATHY, "M50.1"),
    (("M51.9", "M51.2"), "cervical", _HERNIATED, "M50.2"),
    (("M51.9", "M51.3"), "cervical", _WORN, "M50.3"),
    (("M51.9",), "cervical", _ANY, "M50.9"),
    *((("M51.9",), region, _MYELOPATHY, f"M51.0{n}") for region, n in _REGIONS.items() if n != "7"),
    *((("M51.9", "M51.2"), region, _RADICULOPATHY, f"M51.1{n}") for region, n in _REGIONS.items()),
    *((("M51.9",), region, _HERNIATED, f"M51.2{n}") for region, n in _REGIONS.items()),
    *((("M51.9",), region, _WORN, f"M51.3{n}") for region, n in _REGIONS.items()),
    (("M50.2",), "cervical", _MYELOPATHY, "M50.0"),
    (("M50.2",), "cervical", _RADICULOPATHY, "M50.1"),
    (("S22.3",), "rib", frozenset(("multiple",)), "S22.4"),
    *((("M84.4",), word, _ANY, "M84.5") for word in ("cancer", "metastatic", "metastasis", "neoplasm", "myeloma")),
    (("M47.812", "M47.892", "M47.81", "M47.9"), "cervical", _MYELOPATHY, "M47.12"),
    (("M47.812", "M47.892", "M47.81", "M47.9"), "cervical", _RADICULOPATHY, "M47.22"),
    (("M47.816", "M47.896", "M47.81", "M47.9"), "lumbar", _RADICULOPATHY, "M47.26"),
)  # fmt: skip
"""(beginnings of a code, the place, words of which one must stand beside it, the node to take instead)."""


_MOVED = tuple({beginning for beginnings, *_ in PLACED for beginning in beginnings})


def placed(code: str, words: AbstractSet[str]) -> str | None:
    """Return the node to which the record's words move a code, or None."""
    if not code.startswith(_MOVED):
        return None
    for beginnings, place, company, node in PLACED:
        if place in words and code.startswith(beginnings) and (not company or company & words):
            return node
    return None
