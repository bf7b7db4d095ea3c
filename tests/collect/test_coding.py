from __future__ import annotations

import pytest

from chartcode.collect.coding import DIAGNOSES, Coding, attributes, chosen, coding, measured, said, system
from chartcode.model.code import Code


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM"),
        ("http://hl7.org/fhir/sid/icd-10-cm|2026", "ICD-10-CM"),
        ("urn:oid:2.16.840.1.113883.6.90", "ICD-10-CM"),
        ("2.16.840.1.113883.6.4", "ICD-10-PCS"),
        ("http://www.cms.gov/Medicare/Coding/ICD10", "ICD-10-PCS"),
        ("http://snomed.info/sct", "SNOMED CT"),
        ("SNOMED-CT", "SNOMED CT"),
        ("ICD-10-CM", "ICD-10-CM"),
        ("http://hospital.example/codes", "http://hospital.example/codes"),
        ("", ""),
    ],
)
def test_systems_by_uri_oid_and_name(written, name):
    assert system(written) == name


@pytest.mark.parametrize(
    ("written", "value", "found"),
    [
        ("ICD-10-CM", " e1142 ", Coding("ICD-10-CM", "E11.42")),
        ("ICD-10-CM", "no code", Coding("ICD-10-CM", "no code")),
        ("CPT", "E0143", Coding("HCPCS", "E0143")),
        ("HCPCS", "99213", Coding("CPT", "99213")),
        ("CPT", "0001F", Coding("CPT", "0001F")),
    ],
)
def test_codes_as_their_books_print_them(written, value, found):
    assert coding(written, value) == found


def test_the_first_system_in_the_order_speaks():
    both = [Coding("SNOMED CT", "1"), Coding("ICD-10-CM", "I10")]
    assert chosen(both, DIAGNOSES) == Code("ICD-10-CM", "I10")
    assert chosen([Coding("local", "x")], DIAGNOSES) == Code("local", "x")
    assert chosen([], DIAGNOSES) is None
    assert attributes(both) == [("coding", "SNOMED CT 1; ICD-10-CM I10")]
    assert attributes([]) == []


def test_values_and_attributes_that_say_something():
    assert (measured("9.1", "g/dL"), measured("7", ""), measured("", "kg")) == ("9.1 g/dL", "7", "")
    assert said([("a", "x"), ("b", "")]) == (("a", "x"),)
