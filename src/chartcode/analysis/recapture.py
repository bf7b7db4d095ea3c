"""Whether the lasting conditions (CMS-HCC) of one calendar year were documented again in the next, patient by patient.

Counted are patients seen in both years. Both years go by the model of the later one, so that a change of the model is
no lost condition. A condition is found again if its category, or a severer one of its hierarchy, is documented in any
record that risk adjustment accepts; a milder one alone is told apart. Patients are the numbers of the store.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from chartcode.books.hcc import HCC
from chartcode.books.parameters import Parameters
from chartcode.group.hcc import NOT_ACCEPTED
from chartcode.group.risk import AGED
from chartcode.report.columns import Column

if TYPE_CHECKING:
    from chartcode.analysis.practice import Practice

CONDITIONS: tuple[Column, ...] = (
    Column("patient", "integer", "the patient's number in the store"),
    Column("hcc", "text", "category of CMS-HCC V28 that was documented in the earlier year and lasts"),
    Column("title", "text", "its title"),
    Column("codes", "text", "the diagnoses behind it, separated by spaces"),
    Column("documented_on", "day", "day on which it was last documented in the earlier year"),
    Column("documented_in", "text", "the case of that day"),
    Column("provider", "text", "who saw the patient last in the later year outside of stays and emergencies"),
    Column("facility", "text", "where; of patients seen in stays and emergencies alone, the last of these"),
    Column("payer", "text", "who paid then"),
    Column("seen_on", "day", "the day of that encounter"),
    Column("state", "text", "found again, milder, or open"),
    Column("factor", "number", "what is not documented again is worth: factor of the community without Medicaid"),
)
_CODES = (Column("code", "text", "diagnosis"), Column("hcc", "text", "category"))
_BELOW = (Column("upper", "text", "category"), Column("lower", "text", "one that it puts out"))
_WORTH = (
    Column("hcc", "text", "category"),
    Column("title", "text", "its title"),
    Column("aged", "number", "factor from 65 years on"),
    Column("disabled", "number", "factor below"),
)


def recapture(practice: Practice) -> None:
    """Make the table conditions, or say why there is none."""
    practice.lacks["two years"] = _fill(practice)
    if not practice.lacks["two years"]:
        del practice.lacks["two years"]
    else:
        practice.table("conditions", CONDITIONS)


def _fill(practice: Practice) -> str:
    """Fill the table; return why that cannot be, or nothing."""
    if not practice.count("SELECT count(patient) FROM cases"):
        return "the records number no patient, so that nobody is known to have come again"
    later = practice.count("SELECT year(max(day)) FROM cases WHERE patient IS NOT NULL")
    practice.make("seen_twice", _BOTH.format(earlier=later - 1, later=later))
    both = practice.count("SELECT count(*) FROM seen_twice")
    if not both:
        return f"no patient was seen in both {later - 1} and {later}"
    model = next((m for year in (later, later - 1) if (m := HCC(date(year, 12, 31))).payment_year), None)
    if model is None:
        installed = HCC(date(later, 12, 31)).installed
        return f"CMS-HCC V28 has no tables for {later}" + ("" if installed else "; pip install 'chartcode[risk]'")
    _tables(practice, model)
    days = {"earlier": later - 1, "later": later}
    kinds = ", ".join(f"'{kind}'" for kind in sorted(NOT_ACCEPTED))
    practice.make("documented", _DOCUMENTED.format(**days, kinds=kinds))
    practice.make("conditions", _CONDITIONS.format(**days, aged=AGED))
    practice.drop("seen_twice", "documented")
    last = practice.ask("SELECT max(day) FROM cases")[1][0][0]
    proposed = ", factors as proposed" if model.proposed else ""
    practice.notes.append(
        f"HCC recapture compares {later - 1} with {later}, which goes to {last}: {both:,} patients were seen in both"
        f" (V28 of payment year {model.payment_year}{proposed})."
    )
    return ""


def _tables(practice: Practice, model: HCC) -> None:
    """Make tables of what the model says of the diagnoses in the store."""
    _, rows = practice.ask("SELECT DISTINCT code FROM lines WHERE system = 'ICD-10-CM' AND code IS NOT NULL")
    facts = Parameters(model.day)
    lasts: dict[str, str] = facts["hcc_recapture.lasts_as"]
    passing = set(facts["hcc_recapture.passing"])

    def mapped() -> Iterator[tuple[Any, ...]]:
        for (code,) in rows:
            found = (lasts.get(c, c) for c in model.categories(code, None, None) if c not in passing)
            yield from ((code, category) for category in dict.fromkeys(found))

    known = list(mapped())
    categories = sorted({category for _, category in known}, key=int)
    practice.table("hcc_codes", _CODES, known)
    practice.table("hcc_below", _BELOW, [(c, lower) for c in categories for lower in sorted(model.below(c), key=int)])
    worth = [(c, model.label(c), model.factor("CNA", c), model.factor("CND", c)) for c in categories]
    practice.table("hcc_worth", _WORTH, worth)


_BOTH = """
SELECT patient FROM cases WHERE patient IS NOT NULL AND year(day) IN ({earlier}, {later})
GROUP BY patient HAVING min(year(day)) < max(year(day))"""
_DOCUMENTED = """
WITH each AS (
  SELECT c.patient, h.hcc, year(c.day) AS of_year, l.code, max(c.day) AS day, arg_max(c.case_id, c.day) AS case_id
  FROM cases c JOIN seen_twice USING (patient) JOIN lines l USING (case_id)
  JOIN hcc_codes h ON h.code = l.code AND l.system = 'ICD-10-CM'
  WHERE year(c.day) IN ({earlier}, {later}) AND coalesce(c.kind, '') NOT IN ({kinds})
  GROUP BY 1, 2, 3, 4)
SELECT patient, hcc, of_year, string_agg(code, ' ' ORDER BY code) AS codes, max(day) AS documented_on,
       arg_max(case_id, day) AS documented_in
FROM each GROUP BY 1, 2, 3"""
_CONDITIONS = """
WITH later AS (SELECT *, setting NOT IN ('inpatient', 'ed') AS visit
               FROM cases WHERE patient IS NOT NULL AND year(day) = {later}),
seen AS (
  SELECT patient, max(day) AS seen_on, max(age) >= {aged} AS aged, arg_max(payer, day) AS payer,
         arg_max(provider, day) FILTER (visit) AS provider,
         coalesce(arg_max(facility, day) FILTER (visit), arg_max(facility, day)) AS facility
  FROM later GROUP BY patient),
before AS (
  SELECT d.* FROM documented d WHERE of_year = {earlier} AND NOT EXISTS
    (SELECT 1 FROM documented o JOIN hcc_below b ON b.upper = o.hcc
     WHERE o.patient = d.patient AND o.of_year = {earlier} AND b.lower = d.hcc)),
again AS (
  SELECT b.patient, b.hcc, bool_or(n.hcc = b.hcc OR up.lower IS NOT NULL) AS found,
         bool_or(down.lower IS NOT NULL) AS less,
         max(CASE WHEN down.lower IS NOT NULL THEN CASE WHEN s.aged THEN w.aged ELSE w.disabled END END) AS milder
  FROM before b JOIN seen s USING (patient)
  LEFT JOIN documented n ON n.patient = b.patient AND n.of_year = {later}
  LEFT JOIN hcc_below up ON up.upper = n.hcc AND up.lower = b.hcc
  LEFT JOIN hcc_below down ON down.upper = b.hcc AND down.lower = n.hcc
  LEFT JOIN hcc_worth w ON w.hcc = n.hcc
  GROUP BY 1, 2)
SELECT b.patient, b.hcc, w.title, b.codes, b.documented_on, b.documented_in,
       s.provider, s.facility, s.payer, s.seen_on,
       CASE WHEN a.found THEN 'found again' WHEN a.less THEN 'milder' ELSE 'open' END AS state,
       CASE WHEN a.found THEN 0.0
            ELSE greatest(0.0, CASE WHEN s.aged THEN w.aged ELSE w.disabled END - coalesce(a.milder, 0)) END AS factor
FROM before b JOIN seen s USING (patient) JOIN again a USING (patient, hcc) LEFT JOIN hcc_worth w ON w.hcc = b.hcc"""
