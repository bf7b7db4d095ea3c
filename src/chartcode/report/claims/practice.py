"""What a practice is, and no record says: its numbers and addresses, its payers, its prices (``practice.toml``).

Read once; a claim asks it. A key that is not known is refused by name, because a misspelt price list would otherwise
be an unsaid gap in every claim.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from chartcode.model.claim import Address, Party


class BadPractice(ValueError):  # noqa: N818 - named as one would say it
    """The practice file cannot be used; the message is one sentence that names the place."""


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer: its name and number, and what kind it is (claim filing indicator: CI, MB, MA, MC, BL, ...).

    ``multiple`` says that it wants 51 on the lesser of several operations; Medicare does not.
    """

    party: Party
    filing: str = "CI"
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Practice:
    """Everything from the practice file; ``fees`` by code, ``revenue`` by code or the first characters of codes.

    ``providers``, ``facilities`` and ``payers`` are found by the name that the record uses for them, or by their key.
    ``stay`` says how a day of a stay is billed (revenue code, dollars a day).
    """

    billing: Party = field(default_factory=Party)
    pay_to: Party | None = None
    providers: Mapping[str, Party] = field(default_factory=dict)
    facilities: Mapping[str, Party] = field(default_factory=dict)
    payers: Mapping[str, Payer] = field(default_factory=dict)
    fees: Mapping[str, Decimal] = field(default_factory=dict)
    revenue: Mapping[str, str] = field(default_factory=dict)
    stay: tuple[str, Decimal] | None = None
    provider: str = ""
    payer: str = ""
    place: str = ""
    bill_type: Mapping[str, str] = field(default_factory=dict)
    admission_type: str = ""
    admission_source: str = ""
    disposition: str = ""
    interchange: Mapping[str, str] = field(default_factory=dict)

    def who(self, name: str | None) -> Party | None:
        """Return the provider of a name (without one: the practice's own), or None."""
        key = _found({k: v.called for k, v in self.providers.items()}, name or self.provider)
        return None if key is None else self.providers[key]

    def where(self, name: str | None) -> Party | None:
        """Return the facility of a name, or None."""
        key = _found({k: v.called for k, v in self.facilities.items()}, name or "")
        return None if key is None else self.facilities[key]

    def pays(self, name: str | None) -> Payer | None:
        """Return the payer of a name (without one: the practice's usual one), or None."""
        key = _found({k: v.party.called for k, v in self.payers.items()}, name or self.payer)
        return None if key is None else self.payers[key]

    def fee(self, code: str, modifiers: tuple[str, ...] = ()) -> Decimal | None:
        """Return the charge for one unit: of the code with its modifier (``71046-26``) if listed, else of the code."""
        for modifier in modifiers:
            if f"{code}-{modifier}" in self.fees:
                return self.fees[f"{code}-{modifier}"]
        return self.fees.get(code)

    def revenue_of(self, code: str) -> str:
        """Return the revenue code of a service: by the whole code, else by the longest beginning that is listed."""
        for length in range(len(code), 0, -1):
            if code[:length] in self.revenue:
                return self.revenue[code[:length]]
        return ""


def practice(text: str) -> Practice:
    """Return the practice that a TOML text describes.

    Raises:
        BadPractice: it is not TOML, or a key or value is not one that a practice has.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPractice(f"it is not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from None
    _only(tree, _TABLES, "the file")
    usual = _table(tree, "claim")
    _only(usual, ("provider", "payer", "place", "bill_type", "admission_type", "admission_source", "disposition"),
          "[claim]")  # fmt: skip
    stay = _table(tree, "stay")
    _only(stay, ("revenue", "daily"), "[stay]")
    sent = _table(tree, "interchange")
    _only(sent, ("sender", "sender_name", "receiver", "receiver_name", "contact", "phone"), "[interchange]")
    return Practice(
        billing=_party(_table(tree, "billing"), "[billing]"),
        pay_to=_party(_table(tree, "pay_to"), "[pay_to]") if "pay_to" in tree else None,
        providers={k: _party(v, f"[providers.{k}]", person=True) for k, v in _tables(tree, "providers")},
        facilities={k: _party(v, f"[facilities.{k}]") for k, v in _tables(tree, "facilities")},
        payers={k: _payer(v, f"[payers.{k}]") for k, v in _tables(tree, "payers")},
        fees={_code(k): _dollars(v, f"[fees] {k}") for k, v in _table(tree, "fees").items()},
        revenue={_code(k): str(v).zfill(4) for k, v in _table(tree, "revenue").items()},
        stay=_stay(stay),
        bill_type={k: str(v) for k, v in _table(usual, "bill_type").items()},
        interchange={k: str(v) for k, v in sent.items()},
        **{k: str(v) for k, v in usual.items() if k != "bill_type"},
    )


_TABLES = ("billing", "pay_to", "providers", "facilities", "payers", "fees", "revenue", "stay", "claim",
           "interchange")  # fmt: skip
_PARTY = ("name", "last", "first", "middle", "npi", "tax_id", "ssn", "taxonomy", "address", "city", "state", "zip",
          "contact", "phone", "aliases")  # fmt: skip


def _party(tree: Mapping[str, Any], place: str, *, person: bool = False, also: tuple[str, ...] = ()) -> Party:
    _only(tree, (*_PARTY, *also), place)
    lines = tree.get("address", ())
    lines = (str(lines),) if isinstance(lines, str) else tuple(map(str, lines))
    city, state, code = (str(tree.get(key, "")) for key in ("city", "state", "zip"))
    at = Address(lines, city, state, re.sub(r"\D", "", code)) if lines or city else None
    npi = str(tree.get("npi", ""))
    return Party(
        str(tree.get("last", tree.get("name", ""))), str(tree.get("first", "")), str(tree.get("middle", "")),
        person=person or "last" in tree, id=npi, id_kind="XX" if npi else "", address=at,
        tax_id=re.sub(r"\D", "", str(tree.get("tax_id", tree.get("ssn", "")))),
        tax_kind="SY" if "ssn" in tree else "EI" if "tax_id" in tree else "",
        taxonomy=str(tree.get("taxonomy", "")), contact=str(tree.get("contact", "")),
        phone=re.sub(r"\D", "", str(tree.get("phone", ""))),
    )  # fmt: skip


def _stay(tree: Mapping[str, Any]) -> tuple[str, Decimal] | None:
    if not tree:
        return None
    return str(tree.get("revenue", "0120")).zfill(4), _dollars(tree.get("daily"), "[stay] daily")


def _payer(tree: Mapping[str, Any], place: str) -> Payer:
    party = _party({k: v for k, v in tree.items() if k not in ("id", "filing", "multiple")}, place)
    number = str(tree.get("id", ""))
    named = Party(party.name, id=number, id_kind="PI" if number else "", address=party.address)
    wants = tree.get("multiple", False)
    if not isinstance(wants, bool):
        raise BadPractice(f"{place} multiple is true or false, without quotes")
    return Payer(named, str(tree.get("filing", "CI")), wants)


def _table(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = tree.get(key, {})
    if not isinstance(value, Mapping):
        raise BadPractice(f"{key} must be a table: [{key}]")
    return value


def _tables(tree: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return named tables, each under its key and under each of its aliases."""
    found = []
    for name in _table(tree, key):
        table = _table(_table(tree, key), name)
        aliases = table.get("aliases", ())
        found += [(str(one), table) for one in (name, *((aliases,) if isinstance(aliases, str) else aliases))]
    return found


def _only(tree: Mapping[str, Any], known: tuple[str, ...], place: str) -> None:
    for key in tree:
        if key not in known:
            raise BadPractice(f"{place} has no key {key!r}; it has {', '.join(known)}")


def _dollars(value: object, place: str) -> Decimal:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found < Decimal(10) ** 8:
        raise BadPractice(f"{place} is not an amount in dollars; write it like 125.00")
    return found.quantize(Decimal("0.01"))


def _code(value: str) -> str:
    return value.strip().upper()


def _found(among: Mapping[str, str], name: str) -> str | None:
    """Return the key of a name: the key itself, or of what is called so."""
    if name in among:
        return name
    wanted = _plain(name)
    return next((key for key, called in among.items() if wanted and wanted in (_plain(key), _plain(called))), None)


def _plain(name: str) -> str:
    """Return a name as names are compared: without title, degree, marks and case, its parts in one order."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return " ".join(sorted(w for w in words if w not in ("dr", "md", "do", "np", "pa", "rn", "phd")))
