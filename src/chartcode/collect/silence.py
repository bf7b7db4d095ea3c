"""What a structured record does not say: filled from what the caller said, and remarked where neither did."""

from __future__ import annotations

from dataclasses import replace

from chartcode.collect.source import Silent
from chartcode.model.chart import SETTINGS, Chart, Encounter, Patient

NO_DATE = "no date of the encounter was found in the record"
NO_SETTING = "the setting was not found in the record; taken as {}"


def completed(chart: Chart, silent: Silent, *, setting_known: bool) -> Chart:
    """Return a chart whose gaps are filled by the caller's words; readers end with this.

    Raises:
        ValueError: the caller's setting or sex is not one of the known words.
    """
    if silent.setting not in (None, *SETTINGS):
        raise ValueError(f"unknown setting {silent.setting!r}; use one of {', '.join(SETTINGS)}")
    if silent.sex not in (None, "F", "M"):
        raise ValueError(f"unknown sex {silent.sex!r}; use F or M")
    remarks = list(chart.remarks)
    encounter, patient = _encounter(chart, silent, setting_known), _patient(chart, silent)
    if not setting_known and silent.setting is None:
        remarks.append(NO_SETTING.format(encounter.setting))
    if encounter.on is None:
        remarks.append(NO_DATE)
    if patient.sex is None:
        remarks.append("the patient's sex was not found in the record")
    if patient.age is None:
        remarks.append("the patient's age was not found in the record")
    return replace(chart, encounter=encounter, patient=patient, remarks=tuple(remarks))


def _encounter(chart: Chart, silent: Silent, setting_known: bool) -> Encounter:
    said = chart.encounter
    first = said.first or (None if said.last else silent.day)
    setting = said.setting if setting_known else silent.setting or said.setting
    return replace(said, setting=setting, first=first)


def _patient(chart: Chart, silent: Silent) -> Patient:
    said = chart.patient
    return replace(said, sex=said.sex or silent.sex, age=silent.age if said.age is None else said.age)
