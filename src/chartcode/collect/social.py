"""Tobacco, alcohol and drugs: what the note says of the patient's use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.model.chart import AFFIRMED, HISTORICAL, NEGATED, Document, Fact, small

_TOBACCO = re.compile(
    r"""\b(?:(?P<never>(?:non-?\s?smok(?:er|ing)|never\s+(?:\w+\s+){0,3}?smok\w+
    |never\s+used\s+(?:any\s+)?tobacco|(?:no|denies|negative\s+for|does\s+not|doesn't|did\s+not|without|nor
    |not)\s+(?:[\w/,'-]+\s+){0,6}?(?:smok\w+|tobacco|cigarettes?|nicotine)
      |lifelong\s+non-?smoker|tobacco\s*:\s*(?:none|never|no|denies|negative)|(?:smoking
      |tobacco)(?:\s+\w+){0,2}\s*:?\s+(?:is\s+|are\s+)?(?:none|never|negative|denied)|nonsmoker))
    |(?P<past>(?:former|ex|previous|prior|past|remote|reformed)[-\s]+(?:\w+\s+){0,2}?(?:smok\w+
    |tobacco\s+use\w*|cigarette\w*)|quit\s+(?:\w+\s+){0,3}?(?:smok\w+|tobacco|cigarettes)|quit\s+(?:about\s+
    |over\s+)?\d+\s+years|(?:stopped|discontinued|gave\s+up|has\s+not)\s+smok\w+
      |(?:used\s+to|had)\s+smoke\w*|smoking\s+history\b|history\s+of\s+(?:\w+\s+){0,3}?(?:smoking
      |tobacco(?:\s+(?:use|abuse))?)|smoked\b|(?:smoking|tobacco)\s+(?:use\s+)?in\s+the\s+(?:distant\s+)?past)
    |(?P<now>(?:current|active|heavy|chronic|daily|social|light|everyday
    |occasional)\s+(?:\w+\s+){0,2}?smok\w+|smokes\b|smoker\b|(?:continues|continued|still)\s+to\s+smoke|(?:is
    |currently|still)\s+smok\w+|\d+[\s-]packs?[\s-](?:a|per)[\s-]day|packs?\s+per\s+day|chew\w*\s+tobacco
    |tobacco\s+(?:abuse|dependence|use\s+disorder|chewing)|nicotine\s+dependence|uses\s+tobacco
      |positive\s+for\s+(?:tobacco|smoking)|tobacco\s+use|vap(?:es|ing)|smokeless\s+tobacco|snuff))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ALCOHOL = re.compile(
    r"""\b(?:(?P<never>(?:no|denies|negative\s+for|does\s+not|doesn't|without|nor|not
    |never)\s+(?:(?!occasion|social|but\b|eat\b|complic|rare)[\w/,'-]+\s+){0,6}?(?:alcohol|drinks?\b|drinking
    |etoh|ethanol)(?!\s+withdrawal)|non-?drinker|teetotaler|alcohol\s*:\s*(?:none|never|no|denies|negative)
    |alcohol(?:\s+use)?\s+(?:is\s+)?(?:none|negative|denied))
    |(?P<past>(?:former|previous|prior|past|recovering|reformed)\s+(?:\w+\s+){0,2}?(?:alcohol\w*|drinker
    |etoh)|(?:quit|stopped)\s+(?:\w+\s+){0,2}?(?:drinking|alcohol)
    |history\s+of\s+(?:\w+\s+){0,3}?(?:alcohol\w*|etoh|drinking)|used\s+to\s+drink|sober\s+(?:for|since))
    |(?P<now>(?:drinks|consumes)\s+(?:[\w-]+\s+){0,4}?(?:alcohol\w*|beers?|wine|liquor|socially
    |occasionally|daily|vodka|drinks)|(?:social|occasional|moderate|heavy|rare|daily
    |minimal)\s+(?:\w+\s+){0,2}?(?:alcohol|drinker|drinking|etoh)|alcohol\s+(?:abuse|dependence
    |use(?:\s+disorder)?|intake|consumption|socially|occasionally|rarely)|alcoholi(?:c|sm)
      |(?:\d+|several|few|six)(?:-pack)?\s+(?:beers?|drinks|glasses\s+of\s+wine)|etoh\s+(?:abuse|use)
      |drinks\s+(?:socially|occasionally|rarely)|uses\s+alcohol|occasional\s+(?:drink|beer|wine)))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DRUGS = re.compile(
    r"""\b(?:(?P<never>(?:no|denies|negative\s+for|does\s+not|doesn't|without|nor|not|never
    |any)\s+(?:(?!complic|other\b|but\b)[\w/,'-]+\s+){0,8}?(?:(?:illicit|recreational|street|illegal|iv
    |intravenous|elicit)\s+(?:\w+\s+)?(?:drugs?|substances?)|drug\s+(?:use|abuse)|substance\s+(?:use|abuse)
    |ivda|ivdu|drugs))
    |(?P<past>(?:former|previous|prior|past|remote|history\s+of)\s+(?:\w+\s+){0,3}?(?:(?:drug|substance
    |cocaine|heroin|methamphetamine|amphetamine|marijuana|opiate|opioid|polysubstance)\s+(?:use|abuse
    |addiction|dependence)|ivda|ivdu))
    |(?P<now>(?:uses|using|smokes|used|abuses|abusing|admits\s+to
    |positive\s+for)\s+(?:\w+\s+){0,2}?(?:cocaine|heroin|methamphetamine|marijuana|crack|cannabis
    |amphetamines?|crystal\s+meth|illicit\s+drugs|recreational\s+drugs)|(?:cocaine|heroin|methamphetamine
    |marijuana|cannabis|amphetamine|opioid|opiate|polysubstance|drug|substance)\s+(?:abuse|dependence
    |use\s+disorder|addiction|use)|drug\s+addict\w*|ivda|ivdu))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COUNT = r"\b(?:\d+(?:\.\d+)?(?:-\d+)?|one|two|three|half|a|one-half)(?:[\s-](?:to|and)[\s-]\w+)?[\s-](?:half[\s-])?"
_PERIOD = r"(?:[\w\s-]{0,20}?\b(?:daily|day|week|weekly|years?))?"
_PACKS = re.compile(
    _COUNT
    + r"(?:packs?[\s-](?:years?|(?:a|per|every|each)[\s-]day)|ppd|pack-?year\w*|cigarettes?\s+(?:a|per)\s+day)\b"
    + _PERIOD,
    re.IGNORECASE,
)
_GLASSES = re.compile(_COUNT + r"(?:beers?|drinks?|glasses|six-?packs?|ounces|pints?)\b" + _PERIOD, re.IGNORECASE)
_AMOUNTS = {"tobacco": _PACKS, "alcohol": _GLASSES}
_TOPICS = (
    ("tobacco", _TOBACCO, re.compile(r"smok|tobacco|cigar|nicotine|packs? per|pack-|vap|snuff")),
    ("alcohol", _ALCOHOL, re.compile(r"alcohol|drink|etoh|ethanol|beer|wine|vodka|sober|teetotal")),
    (
        "drugs",
        _DRUGS,
        re.compile(r"drug|substance|cocaine|heroin|marijuana|amphetamine|ivd|cannabis|opi[ao]"),
    ),
)
_PARTS = frozenset({"family history", "allergies", "procedure description", "procedure"})
_STATES = (("never", "never", NEGATED), ("past", "former", HISTORICAL), ("now", "current", AFFIRMED))


def social(document: Document) -> Iterator[Fact]:
    """Yield at most one fact each for tobacco, alcohol and drugs; attributes ``topic``, ``use`` and ``amount``.

    ``use`` is never, former or current. The social history is asked first, then the other parts in order.
    """
    parts = [s for s in document.sections if s.name not in _PARTS]
    lower = small(document.text)
    parts.sort(key=lambda s: s.name != "social history")
    for topic, pattern, hint in _TOPICS:
        for part in parts:
            near = hint.search(lower, part.body, part.end)
            if near is None:
                continue
            match = pattern.search(document.text, max(part.body, near.start() - 100), part.end)
            if match is None:
                continue
            use, assertion = next((use, meant) for name, use, meant in _STATES if match.group(name))
            span = document.span(*match.span())
            said = [("topic", topic), ("use", use)]
            if use != "never" and topic in _AMOUNTS:
                low, high = max(part.body, match.start() - 40), min(part.end, match.end() + 80)
                amount = _AMOUNTS[topic].search(document.text, low, high)
                said += [("amount", amount.group())] if amount else []
            yield Fact("social", span.text, (span,), assertion=assertion, attributes=tuple(said))
            break
