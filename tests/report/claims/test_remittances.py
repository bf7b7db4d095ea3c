"""What payers answered: reasons, sums, the tie to case, line, rule and words, and the appeal packet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chartcode.collect.source import Source, Unreadable
from chartcode.collect.x12 import remittances
from chartcode.model.case import INFO, Diagnosis, Finding
from chartcode.model.code import CPT, Code
from chartcode.model.notation import read
from chartcode.model.remittance import Adjustment, ClaimPayment, ProviderAdjustment, Remittance, ServicePayment
from chartcode.report.claims.answers import answers, summary, table
from chartcode.report.claims.appeal_html import packet
from chartcode.report.claims.reasons import CONTRACT, DENIAL, OTHER_PAYER, PATIENT, REASONS, REMARKS, reason

CASE = """professional 2026-05-01, F 67, id V-1
dx M17.11 "osteoarthritis of the right knee" in assessment
dx I10
px 20610 -RT -> M17.11 "injected the right knee <20 mg>"
px 99213
"""


def line(code, charge, paid, *adjustments, remarks=(), modifiers=()):
    return ServicePayment(
        Code(CPT, code), Decimal(charge), Decimal(paid), modifiers, on=date(2026, 5, 1), remarks=remarks,
        adjustments=tuple(Adjustment(g, r, Decimal(a)) for g, r, a in adjustments),
    )  # fmt: skip


def remittance(*claims, amount=None):
    paid = sum((c.paid for c in claims), Decimal(0)) if amount is None else Decimal(amount)
    return Remittance("Mutual", "Clinic", "1", paid, date(2026, 6, 1), "T1", claims=claims)


PAID = ClaimPayment("V-1", "1", Decimal(300), Decimal(90), Decimal(10), lines=(
    line("20610", 180, 0, ("CO", "50", 180), remarks=("N115",), modifiers=("RT",)),
    line("99213", 120, 90, ("CO", "45", 20), ("PR", "3", 10)),
))  # fmt: skip


@pytest.fixture
def case():
    made = next(iter(read(CASE))).case
    found = Finding("not covered by L1 <x>", (made.procedures[0],), rule="coverage/not_supported")
    return made.plus([found])


@pytest.mark.parametrize(
    ("group", "code", "kind"),
    [("CO", "45", CONTRACT), ("PR", "1", PATIENT), ("CO", "3", PATIENT), ("OA", "23", OTHER_PAYER),
     ("CO", "50", DENIAL), ("PR", "96", DENIAL), ("CO", "253", CONTRACT), ("CO", "ZZ9", DENIAL),
     ("PR", "ZZ9", PATIENT)],
)  # fmt: skip
def test_an_adjustment_is_of_one_of_four_kinds(group, code, kind):
    assert reason(group, code).kind == kind


def test_our_words_are_short_and_our_own():
    for words in (*REASONS.values(), *REMARKS.values()):
        assert 0 < len(words) < 65
        assert "Start:" not in words
        assert words[-1] != "."


def test_a_denial_is_tied_to_its_line_rule_and_words(case):
    (answer,), told = answers([remittance(PAID)], [case])
    assert told == []
    assert answer.refused == Decimal(180)
    first, second = answer.lines
    assert first.entry is case.procedures[0]
    assert [str(d.code) for d in first.diagnoses] == ["M17.11"]
    assert [f.rule for f in first.findings] == ["coverage/not_supported"]
    assert second.denied == ()
    text = summary([answer], told)
    for words in ("20610-RT: CO-50 180.00: not medically necessary", "remark N115", "our rule coverage/not_supported",
                  "the record says: injected the right knee", "refused 180.00 of 1 claims"):  # fmt: skip
        assert words in text, words


def test_what_does_not_add_up_is_said(case):
    short = replace(PAID, charge=Decimal(310))
    _, told = answers(
        [remittance(short, amount=50)], [case, next(iter(read("professional 2026-05-01, id V-2\ndx I10"))).case]
    )
    assert len(told) == 4
    for words in ("remittance T1 does not add up", "10.00 of its charge is unexplained", "its lines 300.00",
                  "case V-2 has no answer"):  # fmt: skip
        assert any(words in sentence for sentence in told), words


def test_a_payment_for_no_case_is_said(case):
    (answer,), told = answers([remittance(replace(PAID, id="X-9"))], [case])
    assert answer.case is None
    assert "claim X-9 answers no case that was given" in told


def test_a_claim_denied_whole_without_reasons_is_refused_whole():
    bare = ClaimPayment("V-1", "4", Decimal(300), Decimal(0))
    (answer,), _ = answers([remittance(bare)], [])
    assert answer.refused == Decimal(300)


def test_a_reversal_refuses_nothing():
    (answer,), _ = answers([remittance(replace(PAID, status="22"))], [])
    assert answer.refused == 0


def test_money_outside_of_claims_is_shown():
    moved = replace(remittance(PAID, amount=80), adjustments=(ProviderAdjustment("WO", "r", Decimal(10)),))
    found, told = answers([moved], [])
    assert told == []
    assert "outside of any claim: -10.00 (reason WO)" in summary(found, told)


def test_the_table_has_a_row_for_each_adjustment(case):
    found, _ = answers([remittance(PAID)], [case])
    rows = list(csv.DictReader(io.StringIO(table(found))))
    assert [(r["code"], r["reason"], r["kind"], r["amount"]) for r in rows] == [
        ("20610", "50", "denial", "180"), ("99213", "45", "contract", "20"), ("99213", "3", "patient", "10"),
    ]  # fmt: skip


def test_a_packet_shows_code_words_rule_and_timeline_and_escapes_them(case):
    (answer,), _ = answers([remittance(PAID)], [case])
    page = packet(answer, {"coverage/not_supported": ("fault", "Social Security Act, 1862(a)(1)(A)")})
    for words in ("Appeal: claim V-1", "refused 180.00", "injected the right knee &lt;20 mg&gt;", "M17.11",
                  "osteoarthritis of the right knee", "not covered by L1 &lt;x&gt;", "1862(a)(1)(A)",
                  "2026-05-01: service 20610-RT", "2026-06-01: Mutual answered"):  # fmt: skip
        assert words in page, words
    assert "99213" not in page.replace("service 99213", "")
    assert "<20 mg>" not in page


def test_what_was_not_checked_and_how_engines_weighed_is_not_in_a_packet(case):
    first, *rest = case.entries
    assert isinstance(first, Diagnosis)
    weighed = replace(first, path=("own term: knee", "Osteoarthritis"), title="Knee", reasons=("coded so in 9%",))
    unknown = Finding("not checked: a book", rule="coverage/other", severity=INFO)
    made = replace(case, entries=(weighed, *(e for e in rest if not isinstance(e, Finding)), unknown))
    (answer,), told = answers([remittance(PAID)], [made])
    page = packet(answer, {})
    assert "in the book: Osteoarthritis &gt; Knee" in page
    for words in ("own term", "coded so", "not checked", "No rule found a fault"):
        assert words not in page, words
    assert "our rule coverage/other: not checked" in summary([answer], told)


def test_a_packet_without_its_case_says_so():
    (answer,), _ = answers([remittance(PAID)], [])
    assert "has no evidence" in packet(answer, {})


def test_every_sample_is_answered_and_each_dollar_has_its_place(shared):
    count = 0
    for path in sorted((shared / "records" / "x12").glob("*/*835*")):
        for found in remittances(Source("x", "x", path)):
            if isinstance(found, Unreadable):
                continue
            made, told = answers([found], [])
            rows = list(csv.DictReader(io.StringIO(table(made))))
            assert sum(Decimal(r["amount"] or 0) for r in rows) == sum(
                a.amount for c in found.claims for a in c.every_adjustment
            )
            assert summary(made, told)
            count += len(made)
    assert count > 5


def test_the_packet_as_pdf_says_the_same_and_is_the_same_each_time(case):
    pytest.importorskip("reportlab", reason="packets as PDF need the extra 'claims'")
    from chartcode.report.claims.appeal import ASIDE, blocks
    from chartcode.report.claims.appeal_pdf import packet_pdf

    (answer,), _ = answers([remittance(PAID)], [case])
    rules = {"coverage/not_supported": ("fault", "Social Security Act, 1862(a)(1)(A)")}
    made = packet_pdf(answer, rules)
    assert made == packet_pdf(answer, rules)
    pdf = pytest.importorskip("pypdf", reason="no reader of PDF is installed").PdfReader(io.BytesIO(made))
    told = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    for block in blocks(answer, rules):
        assert (" ".join(block.text.split()) in told) == (block.kind != ASIDE), block.text
    assert "Social Security Act" in told
    assert "page 1" in told


@pytest.mark.parametrize("words", ["fi\u00e8vre \u4e2d <b>", "\u0142 & \u2265 38 \u00b0C", "word " * 3000])
def test_any_words_can_be_quoted_in_a_pdf(case, words):
    pytest.importorskip("reportlab", reason="packets as PDF need the extra 'claims'")
    from chartcode.report.claims.appeal_pdf import packet_pdf

    first = case.procedures[0]
    quoted = replace(first.evidence[0], span=replace(first.evidence[0].span, text=words))
    spoken = replace(case, entries=tuple(replace(e, evidence=(quoted,)) if e is first else e for e in case.entries))
    (answer,), _ = answers([remittance(PAID)], [spoken])
    assert packet_pdf(answer, {}).startswith(b"%PDF")
