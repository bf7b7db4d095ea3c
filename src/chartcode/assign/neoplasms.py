"""What a record says of a cancer's spread, its treatment and its end (Guidelines I.C.2).

"Prostate cancer metastatic to bone" names a primary and a secondary site, "metastatic breast cancer" a primary, "brain
and liver metastases" two secondary sites. What was removed and shows no disease is past; what is still treated is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from chartcode.assign.circumstances import surroundings
from chartcode.model.chart import Document

_NODES = r"(?:lymph nodes?|nodes?|nodal|lymphadenopathy|lymph node)"
_SITES: tuple[tuple[str, str], ...] = (
    (rf"(?:neck|cervical|supraclavicular|submandibular|head and neck) {_NODES}|{_NODES} (?:of|in) the (?:\w+ )?neck", "C77.0"),
    (rf"(?:mediastinal|hilar|intrathoracic|thoracic|paratracheal|subcarinal) {_NODES}", "C77.1"),
    (rf"(?:abdominal|retroperitoneal|mesenteric|para-?aortic|periportal|celiac|perigastric) {_NODES}", "C77.2"),
    (rf"(?:axillary|axilla|arm|sentinel axillary) {_NODES}|{_NODES} (?:of|in) the (?:\w+ )?(?:axilla|arm)", "C77.3"),
    (rf"(?:inguinal|groin|leg|femoral) {_NODES}|{_NODES} (?:of|in) the (?:\w+ )?(?:groin|leg)", "C77.4"),
    (rf"(?:pelvic|iliac|obturator) {_NODES}", "C77.5"),
    (rf"(?:regional |multiple |distant )?{_NODES}", "C77.9"),
    (r"bone marrow", "C79.52"),
    (r"bon(?:es?|y)|skelet(?:on|al)|osseous|spine|spinal column|vertebra[el]?|vertebral bod(?:y|ies)|ribs?|sacrum|calvarium|skull|femur|humerus", "C79.51"),
    (r"leptomening\w+|mening\w+", "C79.32"),
    (r"brain|cerebral|cerebell\w+|intracranial|cns|central nervous system", "C79.31"),
    (r"spinal cord|epidural space", "C79.49"),
    (r"liver|hepatic", "C78.7"),
    (r"lungs?|pulmonary", "C78.0"),
    (r"pleura[el]?|pleural", "C78.2"),
    (r"mediastin\w+", "C78.1"),
    (r"peritone\w+|oment\w+|retroperitone\w+|mesenter\w+", "C78.6"),
    (r"small (?:bowel|intestine)", "C78.4"),
    (r"colon\w*|rectum|rectal|large bowel", "C78.5"),
    (r"pancreas|pancreatic|spleen|splenic|stomach|gastric|gallbladder", "C78.89"),
    (r"adrenals?(?: glands?)?", "C79.7"),
    (r"kidneys?|renal", "C79.0"),
    (r"bladder", "C79.11"),
    (r"skin|cutaneous|scalp|subcutaneous", "C79.2"),
    (r"breasts?", "C79.81"),
    (r"ovar(?:y|ies|ian)", "C79.6"),
    (r"uterus|cervix|vagina\w*|prostate", "C79.82"),
    (r"heart|pericardi\w+|thyroid|soft tissues?|muscles?|chest wall|abdominal wall", "C79.89"),
)  # fmt: skip
_SITE = "(?:" + "|".join(pattern for pattern, _ in _SITES) + ")"
_WHICH = tuple((re.compile(rf"(?:{pattern})\Z"), code) for pattern, code in _SITES)
_FILL = r"(?:the|his|her|both|bilateral|right|left|multiple|widespread|diffuse|extensive|regional|and|or|as well as|of|upper|lower|frontal|lobe|parietal|thoracic|lumbar)"
_LIST = rf"(?:{_FILL} )*{_SITE}(?:(?:,? and |, | as well as |/)(?:{_FILL} )*{_SITE})*"
_KIND = r"(?:cancer|carcinoma|adenocarcinoma|melanoma|sarcoma|malignancy|neoplasm|tumou?r|lymphoma|ca|nsclc|carcinoid|seminoma)"
_SPREAD_TO = re.compile(
    rf"\bmetasta(?:tic(?: (?:[\w-]+ ){{0,3}}?(?:disease|lesions?|deposits?|{_KIND}))?|s[ie]s|sized?|sizing|ses)[\s,]*(?:disease )?(?:now |widely )?(?:to|in|into|involving|within) (?P<sites>{_LIST})\b"
)
_SPREAD_OF = re.compile(
    rf"\b(?P<sites>{_SITE}(?:(?:,? and |, |/)(?:{_FILL} )*{_SITE})*) (?:metasta(?:s[ie]s|ses|tic (?:disease|lesions?|deposits?))|mets)\b"
)
_EACH = re.compile(rf"\b{_SITE}\b")
_PRIMARY = re.compile(
    rf"\bmetastatic (?P<what>(?:[\w-]+ ){{0,4}}?{_KIND}(?: (?:of|in) (?:the )?(?:[\w-]+ ){{0,2}}?[\w-]+)?)\b"
)
_FROM = re.compile(
    r"\b(?:metasta\w+(?: disease| lesions?)?|carcinomatosis|mets|ascites|effusion|deposits?)(?: [\w-]+){0,2}? from (?:(?:his|her|the|a|an|known|primary|presumed) )*"
)
_CURED = re.compile(
    r"\bno evidence of (?:any )?(?:recurr\w+|(?:residual |active |local )?disease|metasta\w+|local recurrence|malignan\w+|cancer)|\bned\b|\b(?:cancer|disease)[- ]free\b|\bin remission\b|\bwas (?:cured|resected|excised|removed)\b|\bcompleted (?:all )?(?:therapy|treatment|chemotherapy|radiation)\b|\bremote\b"
    r"|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many) years? ago\b|\b(?:in|since) (?:19|20)\d\d\b"
)
_TREATED = re.compile(
    r"\b(?:on|continu\w+|takes|taking|receiving|undergoing|currently|current|remains on|started|adjuvant|neoadjuvant|cycle|maintenance)\b[^.;\n]{0,40}\b(?:chemo\w*|anastrozole|arimidex|letrozole|femara|exemestane|aromasin|tamoxifen|lupron|leuprolide|hormon\w+|endocrine therapy|immunotherapy|radiation|trastuzumab|herceptin|androgen deprivation|bicalutamide|imatinib|treatment|therapy)\b"
    r"|(?<!no )(?<!local )\brecurrent\b|\bprogress(?:ive|ion)\b|\bactive (?:cancer|disease)\b|\bsurveillance\b(?! colonoscopy)"
)
_NO = re.compile(r"\bno (?:evidence of )?$|\bwithout (?:evidence of )?$|\bnegative for $")


class Spread(NamedTuple):
    """A secondary site: the beginning of its code, its words, and where what says so begins.

    ``follows`` tells whether the primary is named right before ("prostate cancer metastatic to bone").
    """

    code: str
    start: int
    end: int
    begins: int
    follows: bool


class Primary(NamedTuple):
    """The words of "metastatic breast cancer" without the first: what has spread."""

    start: int
    end: int


@lru_cache(maxsize=16)
def spread(document: Document) -> tuple[Spread, ...]:
    """Return the secondary sites that a document names; linear in its length."""
    small = surroundings(document).context.small
    if "metasta" not in small and "mets" not in small:
        return ()
    found = [
        Spread(_code(site[0]), site.start(), max(site.end(), match.end("sites")), match.start(), pattern is _SPREAD_TO)
        for pattern in (_SPREAD_TO, _SPREAD_OF)
        for match in pattern.finditer(small)
        if not _NO.search(small[max(0, match.start() - 25) : match.start()])
        for site in _EACH.finditer(small, match.start("sites"), match.end("sites"))
    ]
    return tuple(dict.fromkeys(found))


def _code(site: str) -> str:
    return next(code for pattern, code in _WHICH if pattern.match(site))


@lru_cache(maxsize=16)
def primaries(document: Document) -> tuple[Primary, ...]:
    """Return the words for the primary of each "metastatic ... cancer" of a document."""
    small = surroundings(document).context.small
    return (
        tuple(Primary(m.start("what"), m.end("what")) for m in _PRIMARY.finditer(small))
        if "metastatic" in small
        else ()
    )


def origins(document: Document) -> tuple[int, ...]:
    """Return where the words for the primary begin after "metastases from"."""
    return tuple(m.end() for m in _FROM.finditer(surroundings(document).context.small))


def _sentence(document: Document, start: int) -> str:
    first, last = surroundings(document).context.near(start)
    return surroundings(document).context.small[first:last]


def over(document: Document, start: int, end: int) -> bool:
    """Tell whether the sentence of a cancer (and the next one) says that it is gone, and no treatment goes on."""
    context = surroundings(document).context
    first, last = context.near(start)
    cured = _CURED.search(context.small, first, last) is not None
    if not cured and last < len(context.small):
        following = context.small[last : context.near(last)[1]]
        cured = context.small[start:end].split()[0] in following and _CURED.search(following) is not None
    return cured and not treated(document, start)


def treated(document: Document, start: int) -> bool:
    """Tell whether the sentence of a cancer says that it is under treatment or has come back."""
    return _TREATED.search(_sentence(document, start)) is not None


def metastatic_words(document: Document) -> Iterator[tuple[int, int]]:
    """Yield the stretches in which a document speaks of a spread or of a primary that has spread."""
    for part in spread(document):
        yield min(part.begins, part.start), part.end
    for primary in primaries(document):
        yield primary.start - len("metastatic "), primary.end
