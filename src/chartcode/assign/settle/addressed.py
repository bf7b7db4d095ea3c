"""What an office visit tells of without assessing it is reported only if nearly every coder would (Guidelines IV.J).

IV.J: code what coexists at the time of the visit *and* requires or affects care. A visit whose assessment names its
problems says by that what it cared for; what stands in the history or the examination alone has to weigh more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chartcode.assign.settle import coded
from chartcode.assign.settle.candidates import Candidate
from chartcode.assign.settle.listed import PLANS
from chartcode.model.case import Case
from chartcode.model.chart import AFFIRMED

_VISIT = "office visit"
_SEVERAL = 2
"""From so many assessed problems on, an assessment is taken for complete."""
_NEEDED = 0.4
"""How likely nearly every coder must be to report what is not assessed."""
_LIST = "past medical history"
"""Who keeps such a list names there what the patient has besides: long illnesses under treatment are coded (IV.I)."""
_WHY = "optional: told, but not among the problems that the visit assesses (Guidelines IV.J)"


def unaddressed(chosen: Sequence[Candidate], needs: Mapping[str, float], case: Case) -> list[Candidate]:
    """Return the chosen candidates that an office visit does not assess and that hardly any coder needs, with the reason.

    Args:
        chosen: what would be reported.
        needs: how likely nearly every coder reports each, by code.
        case: the record.
    """
    if case.inpatient or not any(document.kind == _VISIT for document in case.chart.documents):
        return []
    assessed = [c for c in chosen if any(m.section in PLANS for m in c.asserted(AFFIRMED))]
    if len(assessed) < _SEVERAL:
        return []
    told = [c for c in chosen if c not in assessed and not coded.told(c)]
    unneeded = [c for c in told if needs.get(c.code, 0.0) < _NEEDED]
    found = [c for c in unneeded if not any(m.section == _LIST for m in c.mentions)]
    for candidate in found:
        candidate.why = _WHY
    return found
