"""How prices are joined to the lines of a store and to the lines as billed: one question for each table."""

from __future__ import annotations

LINES = """
SELECT l.case_id, l.line, l.code, coalesce(l.modifiers, '') AS modifiers, coalesce(l.units, 1) AS units,
       p.charge * coalesce(l.units, 1) AS charge, p.revenue, p.allowed * coalesce(l.units, 1) AS allowed,
       p.work_rvu * coalesce(l.units, 1) AS work_rvu, p.total_rvu * coalesce(l.units, 1) AS total_rvu,
       p.charged_by, p.allowed_by
FROM lines l JOIN cases c USING (case_id)
LEFT JOIN prices p ON p.code = l.code AND p.modifiers = coalesce(l.modifiers, '')
  AND p.quarter = CAST({quarter} AS DATE) AND p.inside = (coalesce(c.setting, '') IN {inside}) AND p.payer = {who}
WHERE l.system IN ('CPT', 'HCPCS')"""
EXPECTED = """
WITH sent AS (
  SELECT b.case_id, b.code, b.modifiers, p.allowed * b.units AS allowed, p.allowed_by, 'as billed' AS basis
  FROM billed b JOIN cases c USING (case_id)
  LEFT JOIN prices p ON p.code = b.code AND p.modifiers = coalesce(b.modifiers, '')
    AND p.quarter = coalesce(CAST(date_trunc('quarter', c.day) AS DATE), DATE '1900-01-01')
    AND p.inside = (coalesce(c.setting, '') IN {inside}) AND p.payer = {who}),
every AS (
  SELECT * FROM sent UNION ALL SELECT case_id, code, modifiers, allowed, allowed_by, 'as coded' FROM priced
  WHERE case_id NOT IN (SELECT case_id FROM sent)
    AND case_id NOT IN (SELECT case_id FROM cases WHERE setting IN {inside}))
SELECT case_id, sum(allowed) AS expected, count(*) = count(allowed) AS whole, any_value(basis) AS basis,
       string_agg(code || CASE WHEN modifiers <> '' THEN '-' || replace(modifiers, ' ', '-') ELSE '' END, ' ') AS codes,
       any_value(allowed_by) AS allowed_by
FROM every GROUP BY case_id"""
HOSPITAL = """
WITH sent AS (SELECT case_id FROM billed WHERE revenue IS NOT NULL GROUP BY case_id),
listed AS (
  SELECT case_id, revenue, units, charge, source FROM billed
  WHERE case_id IN (SELECT case_id FROM sent) AND charge IS NOT NULL
  UNION ALL
  SELECT case_id, revenue, units, charge, source FROM rooms WHERE case_id NOT IN (SELECT case_id FROM sent)
  UNION ALL
  SELECT case_id, revenue, units, charge, charged_by FROM priced
  WHERE charge IS NOT NULL AND case_id NOT IN (SELECT case_id FROM sent)
    AND case_id IN (SELECT case_id FROM cases WHERE setting IN {inside}))
SELECT case_id, revenue, w.what, CAST(units AS DOUBLE) AS units, charge, source
FROM listed LEFT JOIN revenue_words w ON w.prefix = left(revenue, 3)"""
