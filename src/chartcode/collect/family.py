"""Family history: which relative has or had what, and what the family does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from chartcode.model.chart import FAMILY, NEGATED, Document, Fact

SECTION = "family history"

_RELATIVE = (
    r"(?:(?:maternal|paternal|half|step|younger|older|oldest|youngest|twin|first|second)[\s-]+)*"
    r"(?:grand(?:mother|father|parents?)|mothers?|fathers?|mom|dad|parents?|brothers?|sisters?|siblings?|sons?|daughters?"
    r"|aunts?|uncles?|cousins?|niece|nephew|children|child|relatives?|family\s+members?)"
)
_SAID = re.compile(
    rf"""\b(?P<who>(?:(?:two|three|both|one|his|her|a|an|the)\s+)?{_RELATIVE}(?:\s+and\s+(?:his\s+|her\s+)?{_RELATIVE})?)
    \s*(?:(?:is|are|was|were|has|have|had|who|with|died|dead|deceased|passed\s+away|suffers?|suffered|diagnosed|developed
    |of|from|at|in|the|a|age|aged|history|positive|for|and|also|both|his|her|their|\d{{1,3}}s?|years?|old)\b\s*
    |[:,(-]\s*)+
    (?P<what>[A-Za-z][\w\s/'-]{{2,70}}?)(?=\s*(?:[.;,\n)]|\bat\s+(?:the\s+)?age|\bat\s+\d|\bin\s+(?:his|her|their)\b|\bwho\b
    |\bbut\b|\b(?:and|her|his|the)\s+(?:(?:his|her|the)\s+)?{_RELATIVE}|$))""",
    re.IGNORECASE | re.VERBOSE,
)
_REVERSED = re.compile(
    rf"""\b(?P<what>[A-Za-z][\w/'-]+(?:\s+[\w/'-]+){{0,5}}?)\s+(?:in|on\s+the\s+part\s+of|affecting)\s+
    (?:(?:his|her|the|a|an|both|multiple|several|two)\s+)*(?P<who>{_RELATIVE}(?:(?:,|\s+and|\s+or)\s+(?:his\s+|her\s+|a\s+)?{_RELATIVE})*)""",
    re.IGNORECASE | re.VERBOSE,
)
_POSITIVE = re.compile(
    r"\b(?:positive|significant|remarkable|notable)\s+for\s+(?P<what>[A-Za-z][\w\s,/'-]{2,120}?)(?=[.;\n]|$)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"""\b(?:(?:no|denies(?:\s+any)?|negative\s+for(?:\s+any)?|without(?:\s+any)?)\s+(?:known\s+|significant\s+|strong\s+)?
    (?:family\s+history(?:\s+of)?\s*)?(?P<what>[A-Za-z][\w\s,/'-]{2,90}?)
    |(?P<nothing>non-?contributory|unremarkable|negative|none))(?=\s*[.;\n]|\s+in\s+the\s+family|$)""",
    re.IGNORECASE | re.VERBOSE,
)
_LIST = re.compile(r"\s*(?:,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+)\s*", re.IGNORECASE)
_EMPTY = re.compile(
    r"""(?:alive|living|well|healthy|good\s+health|died|deceased|dead|unknown|old\s+age|natural\s+causes|age|no|none|not|noted|known
    |history|family|negative|significant|contributory|one|two|three|four|problems|medical|illness(?:es)?|her|his|she|he|it|this|that
    |similar|same|other|some|any|present|in\s|stepdaughter|stepson)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_POSSESSIVE = re.compile(r"\b(?:his|her|their|the|a|an)\s+")
_OPENING = re.compile(
    r"(?:(?:notable|significant|remarkable|positive|history)\s+(?:for|of)\s+|(?:a|an|some|type of)\s+)+", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s+(?:in|on|as\s+well\s+as|diagnosed|starting|at|with\s+onset|since|when|during|less|who|which|that)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_MOST = 20
"""The most facts that one section gives; more is prose that was not understood."""


def family(document: Document) -> Iterator[Fact]:
    """Yield the family history of a note; attributes ``relation`` and ``condition``.

    What a relative has is asserted ``family``; what the family does not have, or a history that tells nothing, is
    ``negated``.
    """
    for section in document.sections:
        if section.name != SECTION:
            continue
        yield from islice(_section(document, section.body, section.end), _MOST)


def _section(document: Document, start: int, end: int) -> Iterator[Fact]:
    text = document.text
    taken: list[tuple[int, int]] = []
    for pattern in (_SAID, _REVERSED, _POSITIVE):
        for match in pattern.finditer(text, start, end):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            who = _POSSESSIVE.sub("", " ".join(match.groupdict().get("who", "").lower().split()))
            found = list(_conditions(document, *match.span("what"), who, FAMILY))
            if found:
                taken.append(match.span())
                yield from found
    for match in _NONE.finditer(text, start, end):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        if match.group("nothing"):
            span = document.span(*match.span("nothing"))
            yield Fact("family", span.text, (span,), assertion=NEGATED)
        else:
            yield from _conditions(document, *match.span("what"), "", NEGATED)


def _conditions(document: Document, start: int, end: int, who: str, assertion: str) -> Iterator[Fact]:
    """Yield a fact for each condition of a list."""
    text = document.text
    at = start
    for part in (*_LIST.finditer(text, start, end), None):
        stop = part.start() if part else end
        raw = text[at:stop]
        words = _TAIL.sub("", raw).strip(" -,'\n")
        opening = _OPENING.match(words)
        words = words[opening.end() :] if opening else words
        if len(words) > 2 and not _EMPTY.match(words) and not re.fullmatch(_RELATIVE, words, re.IGNORECASE):
            low = at + raw.index(words)
            span = document.span(low, low + len(words))
            said = (("relation", who),) if who else ()
            yield Fact(
                "family",
                words,
                (span,),
                assertion=assertion,
                attributes=(*said, ("condition", " ".join(words.split()))),
            )
        at = part.end() if part else end
