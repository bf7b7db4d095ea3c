"""The small language of this room's tables: words in order, with choices, beginnings and gaps, compiled once.

``fell/fall .. from/off .. ladder*`` is one of two words, up to four words, one of two words, up to four words, and a
beginning; ``...`` is up to nine words. ``a_b`` is two words that count as one, ``word?`` may be missing, ``@name`` stands for a list of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

_MANY_FORMS = re.compile(r"[^a-z0-9]")
_BETWEEN = r"[^\w.;:]{1,3}"
_GAPS = {"..": r"(?:[^\w.;:]{1,3}[\w']+){0,4}?", "...": r"(?:[^\w.;:]{1,3}[\w']+){0,9}?"}


class Row(NamedTuple):
    """A line of a table: the beginning of a code, its weight (0 where the table has none), what says it.

    ``spelled`` is the expression of what says it; ``needs`` has for each phrase the choices of words of which a text must have one each, to be asked before ``said``.
    """

    code: str
    weight: int
    spelled: str
    needs: tuple[tuple[frozenset[str], ...], ...] = ()

    @property
    def said(self) -> re.Pattern[str]:
        """The expression, compiled when a text first may hold one of its phrases."""
        return _pattern(self.spelled)

    def may_say(self, words: AbstractSet[str]) -> bool:
        """Tell whether a text of these words may hold a phrase of this row."""
        return any(all(not need.isdisjoint(words) for need in phrase) for phrase in self.needs)


@lru_cache(maxsize=2_000)
def _pattern(spelled: str) -> re.Pattern[str]:
    return re.compile(spelled)


def compiled(phrase: str, words: dict[str, str]) -> str:
    """Return the regular expression of a phrase, for text in small letters.

    >>> bool(re.search(compiled("fell/fall .. ladder*", {}), "he fell off of a tall ladder"))
    True
    """
    made, first = "", True
    for token in phrase.split():
        if token in _GAPS:
            made += _GAPS[token]
            continue
        bare = token.removesuffix("?")
        choices = "|".join(_word(w) for w in _spelt(bare, words).split("/"))
        part = rf"(?:{choices})" if first else rf"{_BETWEEN}(?:{choices})"
        made += f"(?:{part})?" if bare != token else part
        first = False
    return rf"\b{made}(?!\w)"


def _needs(phrase: str, words: dict[str, str]) -> tuple[frozenset[str], ...]:
    """Return the choices of first words of a phrase's tokens; what has many forms asks for nothing."""
    tokens = [_spelt(t, words).split("/") for t in phrase.split() if t not in _GAPS and not t.endswith("?")]
    plain = [choices for choices in tokens if not any(_MANY_FORMS.search(c.split("_")[0]) for c in choices)]
    return tuple(frozenset(c.split("_")[0] for c in choices) for choices in plain)


def _spelt(token: str, words: dict[str, str]) -> str:
    return "/".join(words.get(choice, choice) for choice in token.split("/"))


def _word(word: str) -> str:
    open_ended = word.endswith("*")
    parts = [re.escape(part).replace(r"\-", "[- ]?") for part in word.removesuffix("*").split("_")]
    return _BETWEEN.join(parts) + (r"\w*" if open_ended else "")


@lru_cache(maxsize=8)
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of a table of this room, in its order."""
    return tuple(_rows(resources.files(__package__).joinpath(name).read_text(encoding="utf-8")))


def _rows(text: str) -> Iterator[Row]:
    words: dict[str, str] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        code, *columns = line.split("\t")
        if code.startswith("@"):
            words[code] = columns[0]
            continue
        phrases = [phrase for phrase in columns[-1].split(";") if phrase.strip()]
        spelled = "|".join(compiled(phrase, words) for phrase in phrases)
        weight = int(columns[0]) if len(columns) > 1 else 0
        yield Row(code, weight, spelled, tuple(_needs(phrase, words) for phrase in phrases))
