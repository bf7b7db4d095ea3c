"""Whether a drug was taken at home, given here, or ordered: by the verb that governs its name, else by its section."""

from __future__ import annotations

import re

HOME, GIVEN, ORDERED = "home", "given", "ordered"

_VERBS = re.compile(
    r"""\b(?:
    (?P<home>takes?|taking|(?:is|was|been|maintained|managed|remains?|currently|chronically|kept)\s+on|continu(?:e|es|ed|ing)
      |home|resum(?:e|es|ed|ing)|uses?|using|long-term|chronic|prior\s+to\s+admission|previously\s+on)
    |(?P<given>given|gave|giving|administered|received?|receiving|infus(?:ed|ion)|inject(?:ed|ion)|bolus(?:ed)?|loaded\s+with
      |treated\s+with|covered\s+with|premedicated|sedated\s+with|anesthetized|irrigated\s+with|prepped\s+with|infiltrated
      |placed\s+on|put\s+on|transfused)
    |(?P<ordered>start(?:ed|ing|s)?|beg[aiu]n(?:ning)?|prescri(?:be|bed|bing|ption|ptions)|initiat(?:e|ed|ing)|add(?:ed|ing)?
      |order(?:ed|ing|s)?|will\s+(?:give|try|use|need|receive)|increas(?:e|ed|ing)|decreas(?:e|ed|ing)|switch(?:ed|ing)?
      |chang(?:e|ed|ing)\s+to|refill(?:ed|s)?|recommend(?:ed|s)?|rx|call(?:ed)?\s+in|discharged\s+(?:home\s+)?(?:on|with)
      |sent\s+home\s+(?:on|with)|titrat(?:e|ed)|trial\s+of|plan\s+(?:for|is))
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"[\w\s,./%()-]{0,50}?\b(?:(?P<given>(?:was|were)\s+(?:\w+\s+)?(?:given|administered|infused|injected|used|instilled))"
    r"|(?P<ordered>(?:was|were|is)\s+(?:\w+\s+)?(?:started|prescribed|ordered|added|increased|initiated|begun))"
    r"|(?P<home>(?:was|were|is)\s+(?:\w+\s+)?(?:continued|resumed)))\b",
    re.IGNORECASE,
)
_SECTIONS = {
    "plan": ORDERED,
    "assessment and plan": ORDERED,
    "disposition": ORDERED,
    "procedure description": GIVEN,
    "procedure": GIVEN,
    "anesthesia": GIVEN,
    "ed course": GIVEN,
    "emergency department course": GIVEN,
    "hospital course": GIVEN,
    "technique": GIVEN,
}


def status(sentence: str, after: str, section: str, *, dosed: bool) -> str:
    """Return ``home``, ``given``, ``ordered``, or nothing where the record does not tell.

    Args:
        sentence: what stands before the name in its sentence.
        after: what stands behind it.
        section: where it stands.
        dosed: a dose, route or frequency goes with it; in a plan only such a drug is an order by its place alone.
    """
    found = _AFTER.match(after)
    for verb in _VERBS.finditer(sentence):
        found = verb
    if found is not None and found.lastgroup:
        return found.lastgroup
    here = _SECTIONS.get(section, "")
    return here if here == GIVEN or dosed else ""
