"""Where sentences end: in prose, in lists, and in notes whose line breaks were lost."""

from __future__ import annotations

import re

_END = re.compile(
    r"""(?=[.?!;\n,\s])(?:                               # what any of these begins with, asked first
      (?<![\s.][A-Za-z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bvs)(?<!\bSt)(?<!\bNo)(?<!\bapprox)(?<!\be\.g)(?<!\bi\.e)
      [.?!](?=["')]?[\s,]+["'(*]*[A-Z0-9•\-])          # full stop before a capital, a digit or a bullet
    | [.?!](?=["')]?\s*$)
    | ;
    | \n[ \t]*\n
    | \n(?=[ \t]*(?:[-\u2013•*#+>]|\d{1,2}[.)]\s|[a-z][.)]\s|[A-Z][A-Za-z /&\-]{2,40}:))   # a list item or a heading
    | (?:,|\s{2,})(?=\d{1,2}[.)]\s+[A-Za-z])           # numbered items run together
    | ,(?=[A-Z][A-Z /&\-]{4,40}:)
    )""",
    re.VERBOSE,
)
_SHORT_LINE = 55


def sentence_ends(text: str) -> list[int]:
    """Return the offsets at which a sentence ends, in order; the last is the length of the text.

    Linear in the length of the text. A single line break ends a sentence when its line is short, as in lists.
    """
    ends = {m.end() for m in _END.finditer(text)}
    start = 0
    while (at := text.find("\n", start)) >= 0:
        following = text[at + 1 : at + 2]
        if at - start < _SHORT_LINE and not following.islower():
            ends.add(at + 1)
        start = at + 1
    ends.add(len(text))
    return sorted(ends)
