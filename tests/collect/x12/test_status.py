"""Claim status responses and acknowledgements (277)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from chartcode.collect.source import Source, Unreadable
from chartcode.collect.x12 import statuses
from chartcode.model.status import ClaimStatus, State

HEAD = "ISA*00*          *00*          *ZZ*MUTUAL         *ZZ*CLINIC         *260601*0815*^*00501*000000001*0*P*:~"
RESPONSE = f"""{HEAD}
GS*HN*MUTUAL*CLINIC*20260601*0815*1*X*005010X212~
ST*277*0001*005010X212~
BHT*0010*08*1*20260601*0810*DG~
HL*1**20*1~
NM1*PR*2*MUTUAL OF NOWHERE*****PI*MN1~
HL*2*1*21*1~
NM1*41*2*CLINIC*****46*C1~
TRN*2*BATCH~
HL*3*2*19*1~
NM1*1P*2*CLINIC*****XX*1234567893~
HL*4*3*22*0~
NM1*IL*1*ROE*ALEX****MI*M7~
TRN*2*ASKED-1~
STC*F2:88:QC*20260531**150*0******A7:562~
REF*1K*PAYER-9~
REF*EJ*V-1~
SVC*HC:99213*150*0****1~
STC*F2:88~
TRN*2*ASKED-2~
STC*A2:20*20260530**80~
SE*19*0001~
GE*1*1~
IEA*1*000000001~
"""


def test_a_response_says_where_each_claim_stands():
    one, two = statuses(Source("s", "s", held=RESPONSE.encode()))
    assert isinstance(one, ClaimStatus)
    assert (one.id, one.payer_control, one.payer) == ("V-1", "PAYER-9", "MUTUAL OF NOWHERE")
    assert one.states == (State("F2", "88", "QC"), State("A7", "562"))
    assert (one.on, one.charge, one.paid) == (date(2026, 5, 31), Decimal(150), Decimal(0))
    assert [(str(line.code), line.states) for line in one.lines] == [("99213", (State("F2", "88"),))]
    assert one.refused
    assert isinstance(two, ClaimStatus)
    assert (two.id, two.states[0].words, two.refused) == ("ASKED-2", "accepted into adjudication", False)


@pytest.mark.parametrize(
    ("category", "words", "refused"),
    [("F1", "finalized, paid", False), ("R3", "information is asked for", False),
     ("A6", "rejected: something is missing", True),
     ("E1", "the payer's system is down", True), ("ZZ", "ZZ", False)],
)  # fmt: skip
def test_a_category_in_words(category, words, refused):
    state = State(category)
    assert (state.words, state.refused) == (words, refused)


def test_what_is_no_status_is_refused_by_name():
    (found,) = statuses(Source("s", "s", held=RESPONSE.replace("ST*277", "ST*834").encode()))
    assert isinstance(found, Unreadable)


def test_the_samples_are_read(shared):
    seen = 0
    for path in sorted((shared / "records" / "x12").glob("*/*.277")):
        for found in statuses(Source("s", "s", path)):
            assert isinstance(found, ClaimStatus), path.name
            seen += 1
            assert found.states or found.lines, path.name
    assert seen >= 5
