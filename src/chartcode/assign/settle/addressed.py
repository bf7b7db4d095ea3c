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
from chartcode.model.chart import AFFIRMED, INPATIENT, OUTPATIENT

_VISIT = "office visit"
_ALIKE = frozenset(("consult", "other"))
"""Documents that are written like a visit's and are one where the setting is outpatient."""
_EXAMINED = frozenset(("physical exam", "objective", "vitals", "labs", "review of systems", "imaging", "findings"))
_MEASURED = ("E66", "R03", "Z68")
"""What an examination tells by itself: it is measured."""
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
    if not _visits(case):
        return []
    assessed = [c for c in chosen if any(m.section in PLANS for m in c.asserted(AFFIRMED))]
    told = [c for c in chosen if c not in assessed and not coded.told(c)]
    found = [c for c in told if assessed and _only_examined(c)]
    if len(assessed) >= _SEVERAL:
        unneeded = [c for c in told if c not in found and needs.get(c.code, 0.0) < _NEEDED]
        found += [c for c in unneeded if not any(m.section == _LIST for m in c.mentions)]
    for candidate in found:
        candidate.why = _WHY
    return found


def _visits(case: Case) -> bool:
    """Tell whether the record is of a visit to an office."""
    kinds = {document.kind for document in case.chart.documents}
    setting = case.chart.encounter.setting
    return setting != INPATIENT and (_VISIT in kinds or (setting == OUTPATIENT and bool(kinds & _ALIKE)))


def _only_examined(candidate: Candidate) -> bool:
    """Tell whether a condition is only a finding that the provider does not take up."""
    found = all(m.section in _EXAMINED for m in candidate.mentions)
    return found and not candidate.code.startswith(_MEASURED)
