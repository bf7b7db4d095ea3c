"""An invented practice and its patients, and pyx12 as the judge of what we write."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable

import pytest

from chartcode.collect.source import Source
from chartcode.collect.x12 import whole
from chartcode.model.claim import Claim
from chartcode.report.claims.practice import Practice, practice
from chartcode.report.claims.registration import Registration, registrations

PRACTICE = """
[interchange]
sender = "123456789"
sender_name = "Elm Street Clinic"
receiver = "987654321"
receiver_name = "Clearing House"
contact = "Billing Office"
phone = "555-555-0100"

[billing]
name = "Elm Street Clinic"
npi = "1234567893"
tax_id = "12-3456789"
taxonomy = "207Q00000X"
address = "12 Elm Street"
city = "Edgewood"
state = "AZ"
zip = "86001-5590"

[providers.roe]
last = "Roe"
first = "Ann"
npi = "1987654328"
taxonomy = "207Q00000X"

[facilities.annex]
name = "Elm Annex"
npi = "1000000004"
address = "14 Elm Street"
city = "Edgewood"
state = "AZ"
zip = "860015590"

[payers.mutual]
name = "Mutual of Nowhere"
id = "MN1"
filing = "CI"

[claim]
provider = "roe"
payer = "mutual"
place = "11"
admission_type = "1"
admission_source = "1"
disposition = "01"

[fees]
99213 = 120.00
71046 = 65
71046-26 = 20
99283 = 300

[revenue]
99 = "0510"
99283 = "0450"
71 = "0324"

[stay]
revenue = "0120"
daily = 1500
"""

PATIENTS = """case,last,first,born,sex,address,city,state,zip,member,admission_hour,discharge_hour,relationship,\
subscriber_last,subscriber_first,subscriber_born,subscriber_sex,subscriber_address,subscriber_city,subscriber_state,\
subscriber_zip
own,Doe,Jane,1958-04-12,F,1 Oak St,Edgewood,AZ,86001,M77,9,11:30,,,,,,,,,
child,Doe,Joy,2018-04-12,F,1 Oak St,Edgewood,AZ,86001,M77,,,child,Doe,Jane,1958-04-12,F,1 Oak St,Edgewood,AZ,86001
"""


@pytest.fixture(scope="session")
def clinic() -> Practice:
    return practice(PRACTICE)


@pytest.fixture(scope="session")
def desk_of() -> dict[str, Registration]:
    return registrations(PATIENTS)


@pytest.fixture(scope="session")
def again() -> Callable[[str], list[Claim]]:
    """Reads an interchange back by our own reader."""

    def read(text: str) -> list[Claim]:
        found = list(whole(Source("claims", "claims", held=text.encode())))
        assert all(isinstance(claim, Claim) for claim in found), found
        return [claim for claim in found if isinstance(claim, Claim)]

    return read


@pytest.fixture(scope="session")
def faults() -> Callable[[str], list[str]]:
    """Asks pyx12, a validator of the guides, what is wrong with an interchange."""
    params = pytest.importorskip("pyx12.params")
    from pyx12.x12n_document import x12n_document

    def judge(text: str) -> list[str]:
        told = io.StringIO()
        logging.disable(logging.CRITICAL)
        try:
            holds = x12n_document(params.ParamsBase(), io.StringIO(text), None, None, None, told)
        finally:
            logging.disable(logging.NOTSET)
        tree = json.loads(told.getvalue() or "{}")
        found = list(_errors(tree, ""))
        assert holds or found
        return found

    return judge


def _errors(tree: object, segment: str):
    if isinstance(tree, dict):
        segment = tree.get("seg_id", segment)
        for error in tree.get("errors", ()):
            yield f"{segment}: {error.get('err_str', error)}"
        for key, value in tree.items():
            if key != "errors":
                yield from _errors(value, segment)
    elif isinstance(tree, list):
        for each in tree:
            yield from _errors(each, segment)
