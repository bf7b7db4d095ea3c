"""Words that look alike in Spanish and English, as most medical words do (Greek and Latin stems).

Both spellings are reduced to a skeleton in which regular differences vanish: `esclerosis` and `sclerosis`,
`nefropatía` and `nephropathy`, `quiste` and `cyst` come close; likeness is the share of letters in common, in order.
"""

from difflib import SequenceMatcher
from functools import cache

_REWRITES = (
    ("ph", "f"), ("th", "t"), ("rh", "r"), ("ch", "c"), ("qu", "c"), ("k", "c"), ("y", "i"), ("ae", "e"), ("oe", "e"),
    ("cion", "tion"), ("sion", "tion"), ("z", "c"), ("x", "s"), ("j", "g"), ("v", "b"), ("w", "b"), ("h", ""),
)  # fmt: skip
LEAST_LIKENESS = 0.6


@cache
def skeleton(word: str) -> str:
    """The spelling common to both languages of a folded word; numbers stay."""
    if word[0].isdigit():
        return word
    for old, new in _REWRITES:
        word = word.replace(old, new)
    if word.startswith("es") and len(word) > 4 and word[2] not in "aeiou":
        word = word[1:]
    return "".join(char for before, char in zip(" " + word, word, strict=False) if char != before)


def likeness(spanish: str, english: str) -> float:
    """How alike two folded words are: 1 for the same skeleton, 0 for those that do not begin alike or are short."""
    if spanish == english:
        return 1.0
    a, b = skeleton(spanish), skeleton(english)
    if min(len(a), len(b)) < 4 or a[:2] != b[:2]:
        return 0.0
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio if ratio >= LEAST_LIKENESS else 0.0
