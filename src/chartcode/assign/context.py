"""How words are meant: denied, suspected, past, hypothetical, or said of somebody else.

Cues stand before or after what they qualify and reach to the end of the sentence, or to a word that turns it.
The method is that of NegEx and ConText (Chapman 2001, Harkema 2009); the lists are our own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from chartcode.assign.sentences import sentence_ends
from chartcode.model.chart import AFFIRMED, FAMILY, HISTORICAL, HYPOTHETICAL, NEGATED, OTHER_PERSON, POSSIBLE, small

_CUES: dict[str, str] = {
    "pseudo": r"no (?:increase|improvement|interval|significant change|relief|response)|not (?:only|necessarily|certain|sure|"
    r"improv\w+|control\w+|respond\w+|well)|without (?:difficulty|improvement|relief|response|change)|gram negative|"
    r"no longer able|not able|unable|cannot see|not been (?:able|taking)|non ?compliant|rh negative|non[- ]?insulin|"
    r"(?:long|lengthy|(?:several|many|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})(?:[- ](?:to|or)[- ]\w+)?[- ](?:hour|day|week|month|year)s?'?(?:[- ](?:old|long))?) history of",
    # Who tells or comes along is not who has it: "brought in by his mother", "Mom reports".
    "informant": r"(?:with|by|per|according to) (?:(?:his|her|the|their|both) )?(?:mom|mommy|mother|dad|father|parents?|grandmother|grandfather|grandparents)|"
    r"(?:mom|mommy|mother|dad|father|parents?|grandmother|grandfather)(?= (?:also )?(?:states?|stated|reports?|reported|says?|said|notes?|noted|noticed|denies|denied|thinks?|thought|"
    r"describes?|described|feels|felt|is concerned|was concerned|concerned|brings?|brought|gave|gives|tried|wants?|called|requests?)\b)",
    "open_before": r"(?:can ?not|can't|could not|unable to|not) (?:be able to )?(?:rule out|exclude)(?: the possibility of)?",
    "open_after": r"(?:can ?not|can't|could not) be (?:entirely |completely )?(?:ruled out|excluded)|not (?:yet )?(?:been )?(?:ruled out|excluded)|not to be ruled out",
    "negated_before": r"no (?:evidence|sign|signs|history|known|complaints?|symptoms?|further (?:signs?|episodes?|symptoms?)|acute|obvious|definite|suspicion|findings?|"
    r"radiographic evidence|clinical evidence|clear|overt|gross|new|prior|previous|other|associated|mention|suggestion|indication|cause|focal)"
    r"(?: (?:of|for|to suggest|or symptoms of|and symptoms of))?|no|not|none|non|nor|neither|never(?: had)?|without(?: any)?(?: evidence of| signs? of)?|"
    r"den(?:y|ies|ied|ying)|negative(?: for)?|neg(?: for)?|(?:free|clear) of|absence of|absent|lack(?:s|ed|ing)?(?: of)?|"
    r"(?:rule|rules|ruled|ruling) (?:him |her |the patient )?out(?: for)?(?= (?:for )?(?:an? )?(?:mi|myocardial))|"
    r"(?:fails?|failed) to (?:reveal|show|demonstrate)|(?:did|does|do|has|have|had|is|was|were|are) ?n[o']t|isn't|wasn't|"
    r"didn't|doesn't|don't|hasn't|haven't|rather than|instead of|unremarkable for|resolution of|exclud(?:e|es|ed|ing)|"
    r"declin(?:es|ed)|unlikely|with no|cannot",
    "negated_after": r"(?<!not be )(?<!'t be )(?<!entirely )(?<!completely )(?<!not been )(?<!not )(?<!yet )(?:is|are|was|were|has been|have been|had been)?\s?(?:ruled out|excluded|negative|absent|denied|"
    r"not (?:elevated|increased|seen|present|identified|found|noted|detected|evident|appreciated|demonstrated|visualized|suspected|likely|an issue)|unlikely|unremarkable)|"
    r"(?:did|does|do) not (?:exist|occur|apply)|free\b",
    "possible_before": r"possibl[ey]|probabl[ey]|suspect(?:ed|s|ing)?(?: of| to have)?|suspicious for|suspicion (?:of|for)|likely|most likely|concern(?:s|ing|ed)? (?:for|of|about|regarding)|"
    r"questionable|question of|possibilit(?:y|ies) (?:of|that|includ\w+)|rule ?out|r/o|may (?:have|be|represent|reflect)|might (?:have|be|represent)|could (?:have|be|represent)|"
    r"to (?:further )?(?:evaluate|assess|exclude|look|test|check|screen)(?: her| him| them| further)?(?: for)?|believ(?:ed|es?|ing) (?:that )?(?:he|she|they|it|this) (?:had|has|have|is|was|may)|thought (?:that )?(?:he|she|they) (?:had|might|may)|"
    r"(?:can ?not|can't|could not|unable to) (?:rule out|exclude)|differential(?: diagnos[ei]s)?(?: includes?| of)?|versus|vs|appears? to (?:be|have)|"
    r"looks? (?:to be|like)|sounds? like|worrisome for|presum(?:ed|ably|ptive)|suggest(?:s|ive|ed|ing)?(?: of)?|evaluat(?:e|ion|ed) (?:for|of possible)|equivocal for|"
    r"unknown (?:if|whether)|unclear (?:if|whether)|question(?:ing|ed)? (?:if|whether)|questions?(?= \w+ (?:associated|related))|perhaps|maybe|consider(?:ation of|ed|ing)?|think this (?:is|may)|working diagnosis|borderline|threatened|impending|compatible with|consistent with|c/w|\?",
    "possible_after": r"(?:(?:is|are|was|were|remains?) )?(?:suspected|possible|probable|in the differential|considered|questioned|a (?:possibility|consideration|concern))|"
    r"(?:can ?not|can't|could not) be (?:ruled out|excluded)|not (?:ruled out|excluded)|versus|vs|\?",
    "historical_before": r"(?:recent(?:ly)?|previous(?:ly)?|prior|earlier|last (?:week|month|year|\w+day)|\w+ (?:days?|weeks?|months?|years?) ago)(?: [a-z]+){0,4}? (?:admitted|admissions?|hospitali[sz](?:ed|ations?))(?: [a-z]+){0,4}? (?:with|for)|"
    r"(?:admitted|hospitali[sz]ed)(?: [a-z]+){0,3}? (?:in (?:19|20)\d\d|(?:last|over the) (?:week|month|year|weekend)|[a-z]+ [a-z]+ ago)(?: [a-z]+){0,3}? (?:with|for)|"
    r"(?:past |prior |previous |remote |known |long |longstanding |significant |medical |surgical |personal |positive |strong )*(?:history|hx)(?: is)?(?: \w+)?(?: of| for|:)|h/o|"
    r"status ?post|s/p|previous(?:ly)?|prior|remote|in the past|formerly|resolved|past",
    "historical_after": r"\w+ (?:years?|yrs?|months?|decades?|weeks?) ago|in the past|as a child|in (?:19|20)\d\d|in childhood|(?:has|had|have|is|was|now)? ?(?:completely |since |now )?resolved|(?:by|per|in) history|in remission",
    "family_before": r"family (?:medical )?(?:history|hx)|fhx?|mother|father|brothers?|sisters?|siblings?|grand(?:mother|father|parents?|ma|pa)|"
    r"aunts?|uncles?|cousins?|parents?|maternal|paternal|mom|dad|niece|nephew|relatives?|family members?",
    "family_after": r"(?:in|by) (?:(?:his|her|the|a|an|maternal|paternal|both) ){0,2}(?:mother|father|brothers?|sisters?|siblings?|grand\w+|aunts?|uncles?|parents?|family)|runs? in (?:the|his|her) family",
    "hypothetical_before": r"if|should (?:he|she|they|the patient|you|there)|return (?:for|if|to)|risks?(?:,| and| of|\b)|in case of|to prevent|prevention of|prevent|prophyla\w+(?: for| against| of)?|"
    r"watch(?:ed)? for|(?:call|notify|contact|return)(?: (?:me|us|him|her|back|to|the|our|his|an|er|ed|dr|doctor|physician|surgeon|office|clinic|hospital|emergency|room|department|immediately|or)){0,8} (?:if|for|with)|"
    r"(?:encourag\w+|recommend\w*|advis\w+|counsel\w+|instruct\w+|discuss\w*|needs?|attempt\w*|benefits?|goals?|interested|pursu\w+|desir\w+|stress\w*|options?|work\w*|help\w*|plan\w*|diet\w*|exercise)(?: [a-z]+){0,4}(?= weight (?:loss|reduction))|"
    r"seek (?:medical |immediate |emergency )*(?:attention|care)(?: if| for)?|monitor(?:ed|ing)? for|to avoid|avoid(?:ing)?|complications (?:including|such as|of)|potential (?:for|complications?)|screen(?:ing|ed)?(?! and\b)(?: for)?|"
    r"educat(?:ed|ion) (?:about|on|regarding)|warning signs|unless|at risk (?:of|for)|increased risk|alert for|precautions? (?:for|about|against|including|of|regarding)|"
    r"as needed for|p\.?r\.?n\.?(?: for)?|test(?:ed|ing)? for|look(?:ing)? for|assess for|check for|workup for|work-up for|vaccin\w+|immuniz\w+|exposure to|exposed to",
    "hypothetical_after": r"(?<=weight loss )(?:surg\w+|program\w*|diets?|goals?|efforts?|attempts?|medications?|management)|(?:risk|precautions?|prophylaxis|suppression|prevention|screen(?:ing)?|vaccin\w+|clinic|diets?|protocol|panel|titers?|test(?:ing)?|education|awareness|support group)\b",
    "other_before": r"(?:his|her|patient's|the) (?:wife|husband|son|daughter|partner|spouse|roommate|friend|boyfriend|girlfriend|coworker|co-worker|baby|donor)|donor",
    "stop": r"but|however|although|though|except(?: for)?|aside from|apart from|which|who|presents?|presented|presenting|"
    r"complain(?:s|ed|ing)?(?: of)?|reports?|reported|admits?|endorses?|positive for|because|since|found to have|diagnosed with|does have|"
    r"now (?:with|has)|secondary to|due to|he has|she has|patient has|still has|otherwise|other than|shows?|showed|revealed?|reveals|demonstrates?d?|significant for|remarkable for|developed|nevertheless|yet|"
    r"(?:as )?(?:the |a |an )?(?:cause|causes|etiology|source|explanation|reason|culprit) (?:of|for|behind)|contribut\w+ to|(?<!not )explain(?:s|ing)",
}  # fmt: skip
_PATTERN = re.compile(r"(?<![\w-])(?:" + "|".join(rf"(?P<{name}>(?:{body})(?![\w]))" for name, body in _CUES.items() if name != "negated_after")
                      .replace(r"\?)(?![\w])", r"\?)") + ")")  # fmt: skip
_RISKS = re.compile(
    r"\brisks\b[^.\n]{0,70}?\b(?:includ\w+|such as|discussed|explained|of|associated with)\b|\b(?:potential|possible) complications\b[^.\n]{0,40}?\binclud\w+"
)
_FULL_STOP = re.compile(r"\.(?:[\s,]|$)|\n\s*\n")
_LONGEST_LIST = 900
"""What a consent enumerates: nothing in it has happened."""
_ANSWER = r"(?:[:\-] ?|\()(?:no|none|negative|neg|denies|denied|absent)(?=\s*(?:[.,;)\n]|$))|, (?:which |this )?(?:was|were|is) (?:negative|ruled out)\b"
"""The answer to a question of a form, ``Fever: no.``; "Asthma: no wheezing" is no denial of asthma."""
_AFTERTHOUGHT = r"(?:,|\s[-\u2013]|\s?\()\s?(?:(?:is|are|was|were|highly|most|very) )?{}(?=\s*(?:[.,;:)\n]|$))"
"""A verdict that follows its diagnosis and ends there: "Meniscal tear, suspected." """
_AFTER = re.compile(
    rf"(?P<negated_after>(?<![\w-])(?:{_CUES['negated_after']})(?![\w])|{_ANSWER}"
    rf"|{_AFTERTHOUGHT.format('(?:ruled out|not present|unlikely)')})"
    rf"|(?P<possible_after>{_AFTERTHOUGHT.format('(?:suspected|probable|possible|presumed|questionable|likely)')})"
)
_FOLLOWS = re.compile(_CUES["hypothetical_after"])
"""Words that make what stands before them a thing to prevent or to look for, of which some do so both ways."""

_SECTION_MEANING = {"family history": FAMILY}
_PAST = frozenset(("past medical history", "past surgical history"))
_OPERATED = re.compile(
    r"\s+(?:\w+ )?(?:repair|surgery|removal|resection|excision|extraction|reduction|ligation|clipping|drainage)s?\b|\s+(?:repaired|removed|resected|excised|operated)\b"
)
"""What was operated on, among the past: "hernia repair", "colon cancer removed"."""
_TOLD_NOW = frozenset(("history of present illness", "clinical history", "indications", "subjective"))
_BARE = frozenset(("history:", "hx:"))
"""The heading of what is told of the present illness: "HISTORY: She fell on ice" is not about the past."""
_REACH = {"negated_before": 110, "possible_before": 80, "open_before": 80, "historical_before": 70, "family_before": 140,
          "hypothetical_before": 90, "other_before": 60}  # fmt: skip
_REACH_AFTER = {"negated_after": 30, "possible_after": 25, "open_after": 25, "historical_after": 35, "family_after": 40,
                "hypothetical_after": 12}  # fmt: skip
_NEXT_WORD = 1
_OTHERS_OWN = re.compile(r"found to have|diagnosed with|which|who|shows?|showed|developed|presented|reports?|reported")
"""What would turn a cue, but says of another person what that person has."""
_RELATIVES_OWN = re.compile(
    r"(?:who|which|that) (?:had|has|have|was|were|is|died|suffer\w+|developed|also|both|all)\b|found to have|diagnosed with"
)
"""The same of a relative; what a relative reports is the patient's."""
_CONDITIONS = ("if", "should", "unless", "unknown", "unclear")
"""A condition reaches across what would turn a denial: "if she has pain"."""
_FARTHEST = 200
_FARTHEST_AFTER = 60
_NEARBY = 600
_WEAK = re.compile(r"consistent with|compatible with|c/w|appears? to|suggest|considered|may be|borderline")
_BEFORE = {
    "other_before": OTHER_PERSON,
    "family_before": FAMILY,
    "hypothetical_before": HYPOTHETICAL,
    "negated_before": NEGATED,
    "possible_before": POSSIBLE,
    "open_before": POSSIBLE,
    "historical_before": HISTORICAL,
}
_AFTERS = {
    "family_after": FAMILY,
    "negated_after": NEGATED,
    "possible_after": POSSIBLE,
    "open_after": POSSIBLE,
    "hypothetical_after": HYPOTHETICAL,
    "historical_after": HISTORICAL,
}
_RANK = {OTHER_PERSON: 0, FAMILY: 1, NEGATED: 2, HYPOTHETICAL: 3, POSSIBLE: 4, HISTORICAL: 5, AFFIRMED: 6}


_OFF = re.compile(
    r"\b(?:off(?: of)?|stopped|discontinued|no longer (?:on|takes|taking))\s+(?:(?:his|her|the)\s+)?$", re.IGNORECASE
)
_BEFORE_DRUG = 40


class Cue(NamedTuple):
    """A cue in the text: its kind and its place."""

    kind: str
    start: int
    end: int


class Context:
    """The sentences and cues of one document, and how a passage of it is meant."""

    def __init__(self, text: str) -> None:
        """Read a document once; linear in its length."""
        self.small = small(text)
        self.ends = sentence_ends(text)
        self._cues = [Cue(m.lastgroup or "", m.start(), m.end()) for m in _PATTERN.finditer(self.small)]
        self._cues += [Cue(m.lastgroup or "", m.start(), m.end()) for m in _AFTER.finditer(self.small)]
        self._cues.sort(key=lambda c: c.start)
        self._starts = [c.start for c in self._cues]
        self._risks = [(m.start(), self._end_of_list(m.end())) for m in _RISKS.finditer(self.small)]

    def _end_of_list(self, start: int) -> int:
        found = _FULL_STOP.search(self.small, start, start + _LONGEST_LIST)
        return found.start() if found else min(len(self.small), start + _LONGEST_LIST)

    def _enumerated(self, start: int) -> bool:
        """Tell whether a place lies in a list of risks."""
        at = bisect_right(self._risks, (start, len(self.small))) - 1
        return at >= 0 and start < self._risks[at][1]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the start and end of the sentence in which an offset lies."""
        at = bisect_right(self.ends, offset)
        return (self.ends[at - 1] if at else 0), self.ends[min(at, len(self.ends) - 1)]

    def near(self, offset: int) -> tuple[int, int]:
        """Return the start and end of the sentence around an offset, at most 600 characters to either side.

        So what is asked of every mention takes linear time in a text of one endless sentence too.
        """
        first, last = self.sentence(offset)
        return max(first, offset - _NEARBY), min(last, offset + _NEARBY)

    def assertion(self, start: int, end: int, section: str) -> tuple[str, str]:
        """Return how a passage is meant, and the words that decide it."""
        if section in _SECTION_MEANING:
            return _SECTION_MEANING[section], section
        if self._enumerated(start):
            return HYPOTHETICAL, "risks"
        if "?" in self.small[start : end + 1]:
            return POSSIBLE, "?"
        first, last = self.sentence(start)
        # No cue reaches farther than this, so a text of one endless sentence still takes linear time.
        low = bisect_right(self._starts, max(first, start - _FARTHEST) - 1)
        high = bisect_right(self._starts, min(last, end + _FARTHEST_AFTER) - 1)
        cues = self._cues[low:high]
        stops = [c for c in cues if c.kind == "stop"]
        best, words = AFFIRMED, ""
        for cue in cues:
            if section in _TOLD_NOW and self.small[cue.start : cue.end] in _BARE:
                continue
            found = self._meaning(cue, stops, start, end)
            if found and _RANK[found] < _RANK[best]:
                best, words = found, self.small[cue.start : cue.end].strip()
        if best in (AFFIRMED, HISTORICAL) and section in _PAST and (operated := _OPERATED.match(self.small, end)):
            return HISTORICAL, operated.group().strip()
        return best, words

    def _meaning(self, cue: Cue, stops: list[Cue], start: int, end: int) -> str | None:
        """Return what a cue makes of a passage, or None if it does not reach it."""
        if cue.kind == "historical_before" and cue.start >= end and self.small[cue.start : cue.end] == "resolved":
            return (
                HISTORICAL
                if cue.start - end <= _REACH_AFTER["historical_after"] and "," not in self.small[end : cue.start]
                else None
            )
        if cue.kind == "hypothetical_before" and cue.start >= end and _FOLLOWS.match(self.small, cue.start, cue.end):
            return HYPOTHETICAL if cue.start - end <= _REACH_AFTER["hypothetical_after"] else None
        if cue.kind in _BEFORE:
            if cue.start >= start or start - cue.end > _REACH[cue.kind]:  # a cue may run into what it qualifies
                return None
            if self.small.startswith("non-", cue.start) and cue.end + 1 < start:  # "non-displaced fracture"
                return None
            if not self.small.startswith(_CONDITIONS, cue.start) and any(
                cue.end <= s.start < start and not self._carried(cue, s) for s in stops
            ):
                return None
            return _BEFORE[cue.kind]
        if cue.kind in _AFTERS:
            if cue.start < end or cue.start - end > _REACH_AFTER[cue.kind]:
                return None
            if any(end <= s.start < cue.start for s in stops) or "," in self.small[end : cue.start]:
                return None
            return _AFTERS[cue.kind]
        return None

    def _carried(self, cue: Cue, stop: Cue) -> bool:
        """Tell whether a word that would turn a cue belongs to it: "did not show", "her husband was found to have"."""
        if cue.kind == "negated_before":
            return stop.start - cue.end <= _NEXT_WORD
        if cue.kind == "family_before":
            return _RELATIVES_OWN.match(self.small, stop.start) is not None
        return cue.kind == "other_before" and _OTHERS_OWN.fullmatch(self.small, stop.start, stop.end) is not None


def weak(cue: str) -> bool:
    """Tell whether a cue of doubt is of the mild kind that a final diagnosis often carries."""
    return _WEAK.search(cue) is not None


def left_off(text: str, start: int) -> bool:
    """Tell whether what begins at an offset was stopped: "has been off metformin"."""
    return _OFF.search(text, max(0, start - _BEFORE_DRUG), start) is not None
