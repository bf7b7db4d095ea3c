"""Claims read whole, to be written again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from chartcode.collect.source import Source, Unreadable
from chartcode.collect.x12 import whole
from chartcode.model.claim import Claim
from chartcode.report.claims.x12 import Envelope, interchange

HEAD = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*HOUSE          *260601*0815*^*00501*000000001*0*P*>~"
CLAIM = f"""{HEAD}
GS*HC*CLINIC*HOUSE*20260601*0815*1*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*1*20260601*0815*CH~
NM1*41*2*CLINIC*****46*C1~
HL*1**20*1~
PRV*BI*PXC*207Q00000X~
NM1*85*2*ELM CLINIC*****XX*1234567893~
N3*12 ELM STREET~
N4*EDGEWOOD*AZ*860015590~
REF*EI*123456789~
PER*IC*ANN*TE*5555550100~
HL*2*1*22*1~
SBR*P**G1*GROUP******CI~
NM1*IL*1*DOE*JANE****MI*M77~
NM1*PR*2*MUTUAL*****PI*MN1~
HL*3*2*23*0~
PAT*19~
NM1*QC*1*DOE*JOY~
N3*1 OAK~
N4*EDGEWOOD*AZ*86001~
DMG*D8*20180412*F~
CLM*V-1*185***11>B>7*Y*A*Y*Y**AA>>>AZ~
DTP*439*D8*20260501~
REF*F8*P-9~
HI*ABK>S52501A*ABF>I10~
NM1*82*1*ROE*ANN****XX*1987654328~
PRV*PE*PXC*207Q00000X~
SBR*S*18*******CI~
OI***Y***Y~
NM1*IL*1*DOE*JANE****MI*X1~
LX*1~
SV1*HC>99213>25*120*UN*1***1>2**Y~
DTP*472*RD8*20260501-20260502~
LIN**N4*00000000001~
CTP****2.5*ML~
NM1*DK*1*ROE*ANN****XX*1987654328~
SE*35*0001~
GE*1*1~
IEA*1*000000001~
"""
ENVELOPE = Envelope("S1", "R1", "ELM", "HOUSE", "ANN", "5555550100", date(2026, 5, 9))


def read(data):
    return list(whole(Source("c", "c", held=data if isinstance(data, bytes) else data.encode())))


def test_everything_of_a_claim_has_its_place():
    (claim,) = read(CLAIM)
    assert isinstance(claim, Claim)
    assert (claim.billing.name, claim.billing.tax_id, claim.billing.taxonomy, claim.billing.phone) == (
        "ELM CLINIC", "123456789", "207Q00000X", "5555550100",
    )  # fmt: skip
    assert (claim.subscriber.group, claim.subscriber.party.id, claim.subscriber.relationship) == ("G1", "M77", "")
    assert claim.patient is not None
    assert (claim.treated.party.called, claim.treated.born, claim.treated.relationship) == (
        "JOY DOE", date(2018, 4, 12), "19",
    )  # fmt: skip
    assert (claim.frequency, claim.original, claim.further) == ("7", "P-9", ())
    assert (claim.circumstances.related, claim.circumstances.state) == (("AA",), "AZ")
    (line,) = claim.lines
    assert (line.pointers, line.first, line.last) == ((1, 2), date(2026, 5, 1), date(2026, 5, 2))
    assert (line.ndc, line.ndc_quantity, line.ndc_unit) == ("00000000001", Decimal("2.5"), "ML")
    assert line.further == ("", "Y")
    assert line.carried == ("NM1*DK*1*ROE*ANN****XX*1987654328",)
    assert claim.circumstances.accident == date(2026, 5, 1)
    assert claim.carried == ("SBR*S*18*******CI", "OI***Y***Y", "NM1*IL*1*DOE*JANE****MI*X1")


def test_it_is_written_again_with_other_separators_to_the_same_claim():
    claims = read(CLAIM)
    text = interchange(claims, ENVELOPE)
    assert read(text) == claims
    for part in ("CLM*V-1*185***11:B:7*Y*A*Y*Y**AA:::AZ~", "SV1*HC:99213:25*120*UN*1***1:2**Y~", "CTP****2.5*ML~"):
        assert part in text


def test_a_line_without_its_number_is_a_line():
    (claim,) = read(CLAIM.replace("LX*1~\n", ""))
    assert len(claim.lines) == 1


def test_a_segment_without_a_name_is_left_out_and_said():
    (claim,) = read(CLAIM.replace("HI*ABK", "?X*1~HI*ABK"))
    assert claim.remarks == ("1 segments before the end of the claim are none by their names and were left out",)
    assert len(read(interchange([claim], ENVELOPE))) == 1


@given(st.integers(110, len(CLAIM) - 60), st.binary(max_size=6), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_what_is_damaged_is_read_or_refused_and_never_breaks_the_writer(at, put, gone):
    data = CLAIM.encode()
    for found in read(data[:at] + put + data[at + gone :]):
        if not isinstance(found, Unreadable):
            again = read(interchange([found], ENVELOPE))
            assert len(again) == 1
            assert isinstance(again[0], Claim)
