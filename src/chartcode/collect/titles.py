"""What a note calls itself: a title on its first line outweighs every cue.

The cues were weighed on notes whose titles were cut off; where a title stands, it is not to be guessed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chartcode.collect.kinds import (
    CONSULT,
    DISCHARGE_SUMMARY,
    ED_NOTE,
    HISTORY_AND_PHYSICAL,
    OFFICE_VISIT,
    OPERATIVE_NOTE,
    PATHOLOGY_REPORT,
    PROCEDURE_NOTE,
    PROGRESS_NOTE,
    RADIOLOGY_REPORT,
)
from chartcode.model.chart import ED, INPATIENT, OUTPATIENT

_NOTE = r"(?: (?:visit|physician|provider|clinical))?(?: (?:note|report|record|summary|chart|documentation))?"
_TITLES = (
    (rf"(?:emergency (?:department|room|medicine)|e[dr])(?: discharge)?{_NOTE}", ED_NOTE, ED),
    (r"(?:hospital |inpatient )?discharge summary", DISCHARGE_SUMMARY, INPATIENT),
    (r"(?:office|clinic|outpatient)(?: follow ?up)?(?: visit| clinic)?(?: note)?", OFFICE_VISIT, OUTPATIENT),
    (r"(?:operative|operation|surgical) (?:note|report|record)", OPERATIVE_NOTE, None),
    (r"procedure (?:note|report)", PROCEDURE_NOTE, None),
    (r"(?:radiology|imaging|diagnostic imaging) report", RADIOLOGY_REPORT, None),
    (r"(?:surgical )?pathology report", PATHOLOGY_REPORT, None),
    (r"(?:consult|consultation)(?: note| report)?", CONSULT, None),
    (
        r"(?:admission )?(?:history and physical|h&p|h and p)(?: examination| exam)?(?: note)?",
        HISTORY_AND_PHYSICAL,
        None,
    ),
    (r"(?:daily )?progress note", PROGRESS_NOTE, None),
)
_LINE = re.compile(r"\s*(\S[^\n]{0,60})(?:\n|$)")


class Title(NamedTuple):
    """What a title says: the kind of document, and the setting where it settles that too."""

    kind: str
    setting: str | None


def title(text: str) -> Title | None:
    r"""Return what the first line of a note calls it, or None where it is no title.

    >>> title("EMERGENCY DEPARTMENT NOTE\nA 41-year-old woman fell.")
    Title(kind='ed note', setting='ed')
    >>> title("Emergency department visit for a fall was on Monday.")
    """
    line = _LINE.match(text)
    if line is None:
        return None
    words = " ".join(line[1].lower().replace("-", " ").strip(" :*#=_.").split())
    return next((Title(kind, where) for form, kind, where in _TITLES if re.fullmatch(form, words)), None)
