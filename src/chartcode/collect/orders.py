"""Orders: the tests, pictures, referrals and treatments that a note asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chartcode.collect.words import Words
from chartcode.model.chart import AFFIRMED, Document, Fact

_WHAT = {
    "imaging": (
        r"(?:(?:ct|cat|mri|mra|pet|dexa|bone|nuclear|vq|v/q|hida)(?:[\s/-]+(?:scan|angiogram|angiography|urogram))?|x-?rays?"
        r"|ultrasound|sonogram|mammogra(?:m|phy)|doppler|echocardiogram|echo|barium\s+\w+|upper\s+gi|duplex|angiogram)"
    ),
    "test": (
        r"(?:ekg|ecg|electrocardiogram|holter|stress\s+test|eeg|emg|sleep\s+study|polysomnogram|pulmonary\s+function\s+tests?"
        r"|pfts?|colonoscopy|endoscopy|egd|cystoscopy|biopsy|pap(?:\s+smear)?|audiogram|spirometry)"
    ),
    "laboratory": (
        r"(?:labs?|laboratory|blood\s*work|blood\s+tests?|cbc|bmp|cmp|chem(?:istry)?(?:-?\d)?|lipid(?:s|\s+panel|\s+profile)?"
        r"|tsh|(?:hemoglobin\s+)?a1c|urinalysis|ua|urine\s+culture|blood\s+cultures?|cultures?|inr|pt/inr|esr|crp|psa|bnp"
        r"|troponins?|lfts?|liver\s+function\s+tests?|renal\s+panel|electrolytes|d-dimer|hcg|pregnancy\s+test"
        r"|vitamin\s+\w+\s+level|drug\s+screen)"
    ),
    "consult": (
        r"(?:(?:\w+\s+)?(?:consult(?:ation)?|referral|evaluation)|(?:physical|occupational|speech)\s+therapy|hospice"
        r"|home\s+health(?:\s+care)?|cardiology|neurology|nephrology|gastroenterology|orthopedics|oncology|hematology"
        r"|urology|dermatology|pulmonology|endocrinology|psychiatry|rheumatology|surgery|podiatry|ophthalmology|ent"
        r"|pain\s+management|nutrition|dietitian|social\s+work|wound\s+care)"
    ),
}
_ANY = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _WHAT.items())
_VERB = (
    r"(?:order(?:ed|ing)?|obtain(?:ed|ing)?|check(?:ing)?|recheck|repeat|get|request(?:ed)?|send\s+for|sent\s+for|set\s+up"
    r"|schedul(?:e|ed|ing)(?:\s+(?:him|her|the\s+patient))?(?:\s+for)?|arrange(?:d)?(?:\s+for)?|consult(?:ed)?(?:\s+with)?"
    r"|refer(?:red|ring)?(?:\s+(?:him|her|the\s+patient))?\s+(?:to|for)|will\s+(?:need|have|undergo|require)"
    r"|plan(?:\s+(?:for|is\s+for|to\s+(?:get|obtain|do|perform)))|proceed\s+with|recommend(?:ed)?|perform(?:ed)?"
    r"|follow\s+up\s+with\s+(?:an?\s+)?)"
)
_SMALL = r"(?:an?|the|his|her|some|another|repeat|follow-?up|outpatient|routine|stat|baseline|fasting|of|for|with|to)"
_OF = (
    r"(?P<of>(?:\s+scan)?(?:\s+of\s+(?:the\s+|his\s+|her\s+|both\s+)?[\w-]+"
    r"(?:\s(?!(?:and|or|to|for|in|with|as|at|was|is|were|today)\b)[\w-]+){0,2})?)"
)
_ORDER = re.compile(
    rf"(?P<verb>{_VERB})\s+(?:{_SMALL}\s+)*(?P<lead>(?:[\w-]+\s+){{0,3}}?)(?:{_ANY})\b{_OF}", re.IGNORECASE
)
_PASSIVE = re.compile(
    rf"\b(?:{_ANY})\b{_OF}\s+(?:was|were|is|are|has\s+been|will\s+be|to\s+be)\s+(?:also\s+)?"
    r"(?P<verb>ordered|requested|scheduled|arranged|pending)\b",
    re.IGNORECASE,
)
_BACK = 80
"""How far before its verb an ordered thing may begin, in characters."""

_PASSIVE_VERBS = frozenset({"ordered", "requested", "scheduled", "arranged", "pending"})
_ACTIVE_VERBS = _PASSIVE_VERBS | frozenset(
    (
        "order", "ordering", "obtain", "obtained", "obtaining", "check", "checking", "recheck", "repeat", "get",
        "request", "send", "sent", "set", "schedule", "scheduling", "arrange", "consult", "consulted", "refer",
        "referred", "referring", "will", "plan", "proceed", "recommend", "recommended", "perform", "performed",
        "follow",
    )
)  # fmt: skip
_NOT = re.compile(
    r"\b(?:not|no\s+need\s+to|decline[ds]?|deferred?|refuse[ds]?|without|instead\s+of)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:and|a|an|the|also|then|we|i|to|for|with|was|will|her|his|patient|on|of|in|go|have|get|undergo|obtaining|getting|doing|do|this|that|including|include)\s+)+",
    re.IGNORECASE,
)
_SILENT = frozenset(
    ("past medical history", "past surgical history", "family history", "social history", "allergies", "medications",
     "review of systems", "imaging", "labs", "findings", "procedure description", "indications", "technique")
)  # fmt: skip
_DONE = re.compile(r"(?:obtained|performed)$", re.IGNORECASE)


def orders(document: Document, of: Words) -> Iterator[Fact]:
    """Yield what a note orders; attribute ``class``: imaging, test, laboratory or consult.

    Status: ``ordered``, or ``performed`` where the note says that it was done.
    """
    last = -1
    for match in _found(document.text, of):
        name = next(name for name in _WHAT if match.group(name))
        start, end = match.start(name), match.end("of" if match.group("of") and name != "consult" else name)
        if start <= last or document.section_at(start) in _SILENT:
            continue
        if _NOT.search(document.text, max(0, match.start() - 40), match.start()):
            continue
        last = start
        lead = _LEADING.sub("", match.groupdict().get("lead") or "")
        begin = start - len(lead) if lead and document.text[start - len(lead) : start] == lead else start
        span = document.span(begin, end)
        status = "performed" if _DONE.search(match.group("verb")) else "ordered"
        said = (("class", name),)
        yield Fact("order", " ".join(span.text.split()), (span,), assertion=AFFIRMED, status=status, attributes=said)


def _found(text: str, of: Words) -> Iterator[re.Match[str]]:
    """Yield where a verb of ordering governs something that can be ordered; only the verbs' places are looked at."""
    for word, start, end in zip(of.lower, of.starts, of.ends, strict=True):
        if word not in _ACTIVE_VERBS:
            continue
        match = _ORDER.match(text, start)
        if match is None and word in _PASSIVE_VERBS:
            behind = [m for m in _PASSIVE.finditer(text, max(0, start - _BACK), end) if m.end() == end]
            match = behind[-1] if behind else None
        if match is not None:
            yield match
