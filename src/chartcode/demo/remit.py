"""What payers would send for the accounts: acknowledgements (277CA) and remittances (835), month by month.

They have what real mail has: claims returned at the door, lines refused, payments taken back and corrected, one made
twice, a claim of nobody's, a remittance that is a part, one that came twice. Which claims these are follows from their
numbers, so that the same practice always gets the same mail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zlib import crc32

from chartcode.demo.accounts import Account, payer
from chartcode.demo.fees import allowed, charge
from chartcode.demo.setting import CLINIC, EMERGENCY, STAY
from chartcode.demo.year import LAST, Event
from chartcode.report.claims.segments import Joined, segment

DOWNCODER, SINCE = "Union Mutual", date(2026, 1, 1)
"""A payer that allows some visits of level moderate as if they were of level low, from a day on."""
_LOWER = {"99214": "99213"}
_REMARKS = {"11": "M76", "16": "M51", "18": "N522", "29": "N30", "50": "N115", "97": "M15", "197": "M62"}
_SHARE = Decimal("0.1")
"""The patient's share of what is allowed."""
_BESIDE = {
    EMERGENCY: (("0300", 35), ("0320", 50), ("0250", 15)),
    STAY: (("0300", 30), ("0320", 25), ("0250", 25), ("0270", 20)),
}
_SURGERY = (("0360", 45), ("0300", 15), ("0250", 15), ("0270", 25))
_REFUSES, _RETURNED, _CORRECTED, _TWICE = 37, 53, 97, 211
"""Of so many claims one has a line refused, is returned at first, has its payment corrected, is paid twice."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a claim: code or revenue code, charge, and what becomes of it; dollars."""

    code: str
    revenue: str
    charge: Decimal
    paid: Decimal = Decimal(0)
    patient: Decimal = Decimal(0)
    refused: str = ""


def mail(accounts: Iterable[tuple[Event, Account]]) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of each file."""
    ordered = list(accounts)
    acknowledged: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    answered: defaultdict[tuple[str, str], list[tuple[Decimal, str]]] = defaultdict(list)
    for event, account in ordered:
        name = event.person.payer
        for day, text in (s for s in _statuses(event, account) if s[0] <= LAST):
            acknowledged[name, f"{day:%Y-%m}"].append(text)
        for day, paid, text in _answers(event, account):
            answered[name, f"{day:%Y-%m}"].append((paid, text))
    for (name, month), texts in sorted(acknowledged.items()):
        yield f"{_short(name)}-{month}.277", _acknowledgement(name, month, texts)
    for number, ((name, month), claims) in enumerate(sorted(answered.items())):
        if number == 0:
            claims.append(
                (Decimal(0), _claim("OLD-4711", "4", [Line("99213", "", Decimal(180), refused="29")], name, LAST))
            )
        written = _remittance(name, month, claims, part=number == len(answered) // 2)
        yield f"{_short(name)}-{month}.835", written
        if number == 1:
            yield f"{_short(name)}-{month}-again.835", written


def lines(event: Event, account: Account) -> list[Line]:
    """Return the lines of an account; their charges sum up to the account's."""
    left = Decimal(str(account.charges))
    found = []
    if account.billed_visit:
        fee = Decimal(str(charge(account.billed_visit)))
        found.append(Line(account.billed_visit, "" if event.place == CLINIC else "0450", fee))
        left -= fee
    nights = (event.last - event.first).days if event.place == STAY else 0
    if nights:
        room = nights * Decimal(str(charge("room")))
        found.append(Line("", "0120", room))
        left -= room
    parts = _SURGERY if "surgery" in event.template and event.place == STAY else _BESIDE.get(event.place, ())
    whole = left
    for at, (revenue, share) in enumerate(parts):
        amount = left if at == len(parts) - 1 else (whole * share / 100).quantize(Decimal("0.01"))
        found.append(Line("", revenue, amount))
        left -= amount
    return found


def _decided(event: Event, account: Account) -> list[Line]:
    """Return the lines as the payer decided them."""
    billed = lines(event, account)
    if account.status == "denied":
        return [Line(one.code, one.revenue, one.charge, refused=account.carc or "") for one in billed]
    who = payer(event.person.payer)
    if event.place == CLINIC:
        code = billed[0].code
        lowered = event.person.payer == DOWNCODER and event.last >= SINCE and event.number % 5 < 2
        amounts = [Decimal(str(allowed(_LOWER.get(code, code) if lowered else code, who)))]
    else:
        amounts = [(one.charge * Decimal(str(account.paid or 0)) / Decimal(str(account.charges))) for one in billed]
    decided = []
    for at, (one, amount) in enumerate(zip(billed, amounts, strict=True)):
        if at and at == len(billed) - 1 and event.number % _REFUSES == 0:
            decided.append(Line(one.code, one.revenue, one.charge, refused="97"))
            continue
        patient = (amount * _SHARE).quantize(Decimal("0.01"))
        paid = amount.quantize(Decimal("0.01")) - patient
        decided.append(Line(one.code, one.revenue, one.charge, paid, patient))
    return decided


def _answers(event: Event, account: Account) -> Iterator[tuple[date, Decimal, str]]:
    """Yield (day, paid, segments) of each answer to a claim."""
    if account.decided_on is None:
        return
    name, day = event.person.payer, account.decided_on
    decided = _decided(event, account)
    paid = sum((one.paid for one in decided), Decimal(0))
    status = "4" if account.status == "denied" else "1"
    yield day, paid, _claim(account.case_id, status, decided, name, event.last)
    later = day + timedelta(days=24)
    if status == "1" and later <= LAST:
        if event.number % _CORRECTED == 0:
            yield later, -paid, _claim(account.case_id, "22", decided, name, event.last)
            less = [Line(o.code, o.revenue, o.charge, o.paid - o.patient, 2 * o.patient, o.refused) for o in decided]
            yield later, sum((o.paid for o in less), Decimal(0)), _claim(account.case_id, "1", less, name, event.last)
        elif event.number % _TWICE == 0:
            yield later, paid, _claim(account.case_id, "1", decided, name, event.last)


def _claim(number: str, status: str, decided: Sequence[Line], name: str, day: date) -> str:
    """Return the segments of a claim in a remittance; a reversal (22) has all of it with the sign turned."""
    sign = -1 if status == "22" else 1
    total, paid, owed = (
        sum((getattr(o, key) for o in decided), Decimal(0)) * sign for key in ("charge", "paid", "patient")
    )
    control = f"P{crc32(number.encode()):08X}"
    bill = ("11" if any(o.revenue == "0120" for o in decided) else "13") if any(o.revenue for o in decided) else "11"
    rows = [segment("CLP", number, status, total, paid, owed, payer(name)["filing"], control, bill, "1")]
    for one in decided:
        code = Joined("HC", one.code) if one.code else Joined("NU", one.revenue)
        rows.append(segment("SVC", code, one.charge * sign, one.paid * sign, one.revenue if one.code else ""))
        rows.append(segment("DTM", "472", f"{day:%Y%m%d}"))
        if one.refused:
            rows += [segment("CAS", "CO", one.refused, one.charge * sign), segment("LQ", "HE", _REMARKS[one.refused])]
        else:
            rows.append(segment("CAS", "CO", "45", (one.charge - one.paid - one.patient) * sign))
            rows += [segment("CAS", "PR", "2", one.patient * sign)] if one.patient else []
    return "\n".join(rows)


def _statuses(event: Event, account: Account) -> Iterator[tuple[date, str]]:
    """Yield (day, segments) of the acknowledgements of a claim: returned at first or at last, or accepted."""
    if account.billed_on is None:
        return
    day = account.billed_on + timedelta(days=1)
    returned = account.status == "billed" and event.number % 5 == 0
    if returned or event.number % _RETURNED == 0:
        yield day, _status(account, "A7:562", day)
        day += timedelta(days=3)
    if not returned:
        yield day, _status(account, "A2:20", day)


def _status(account: Account, state: str, day: date) -> str:
    told = segment("STC", Joined(*state.split(":")), f"{day:%Y%m%d}", "WQ" if state.startswith("A2") else "U",
                   Decimal(str(account.charges)))  # fmt: skip
    return "\n".join((segment("HL", "3", "2", "PT"), segment("TRN", "2", account.case_id), told))


def _acknowledgement(name: str, month: str, texts: Sequence[str]) -> str:
    head = [segment("HL", "1", "", "20", "1"), segment("NM1", "PR", "2", name), segment("HL", "2", "1", "21", "1")]
    return _interchange("HN", "005010X214", "277", name, month, [*head, *texts])


def _remittance(name: str, month: str, claims: Sequence[tuple[Decimal, str]], *, part: bool) -> str:
    """Return a remittance; of one that is a part the last claim that was paid is missing, its money is not."""
    trace = f"{_short(name).upper()}-{month.replace('-', '')}"
    total = sum((paid for paid, _ in claims), Decimal(0))
    day = f"{month.replace('-', '')}28"
    head = [
        segment("BPR", "I", total, "C", "ACH", *[""] * 11, day), segment("TRN", "1", trace, "1999999999"),
        segment("N1", "PR", name), segment("N1", "PE", "MILLBROOK HEALTH", "XX", "1234567893"), segment("LX", "1"),
    ]  # fmt: skip
    paid_last = max((n for n, (paid, _) in enumerate(claims) if paid > 0), default=None) if part else None
    there = [claim for n, claim in enumerate(claims) if n != paid_last]
    return _interchange("HP", "005010X221A1", "835", name, month, [*head, *(text for _, text in there)])


def _interchange(group: str, guide: str, kind: str, name: str, month: str, texts: Sequence[str]) -> str:
    day = f"{month.replace('-', '')}28"
    rows = "\n".join(texts).split("\n")
    who = f"{_short(name).upper()[:15]:15}"
    return "\n".join((
        f"ISA*00*          *00*          *ZZ*{who}*ZZ*{'MILLBROOK':15}*{day[2:]}*0815*^*00501*000000001*0*P*:~",
        segment("GS", group, who.strip(), "MILLBROOK", day, "0815", "1", "X", guide),
        segment("ST", kind, "0001", guide),
        *rows, segment("SE", len(rows) + 2, "0001"), segment("GE", "1", "1"), segment("IEA", "1", "000000001"), "",
    ))  # fmt: skip


def _short(name: str) -> str:
    return name.split(maxsplit=1)[0].lower() if not name.startswith("State") else "medicaid"
