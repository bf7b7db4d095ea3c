"""The chapters of ICD-10-CM by the first three characters of a code, so that answers can be scored without books."""

from __future__ import annotations

from bisect import bisect_right

# First category and title of each chapter; source: ICD-10-CM Tabular List of Diseases and Injuries, FY2026.
_CHAPTERS = (
    ("A00", "1 Infectious and parasitic"),
    ("C00", "2 Neoplasms"),
    ("D50", "3 Blood and immune"),
    ("E00", "4 Endocrine and metabolic"),
    ("F01", "5 Mental"),
    ("G00", "6 Nervous system"),
    ("H00", "7 Eye"),
    ("H60", "8 Ear"),
    ("I00", "9 Circulatory"),
    ("J00", "10 Respiratory"),
    ("K00", "11 Digestive"),
    ("L00", "12 Skin"),
    ("M00", "13 Musculoskeletal"),
    ("N00", "14 Genitourinary"),
    ("O00", "15 Pregnancy"),
    ("P00", "16 Perinatal"),
    ("Q00", "17 Congenital"),
    ("R00", "18 Symptoms and signs"),
    ("S00", "19 Injury and poisoning"),
    ("U00", "22 Special purposes"),
    ("V00", "20 External causes"),
    ("Z00", "21 Factors and status"),
)
_FIRST = [first for first, _ in _CHAPTERS]

NAMES = tuple(name for _, name in sorted(_CHAPTERS, key=lambda chapter: int(chapter[1].split()[0])))


def chapter(code: str) -> str:
    """Return the number and short name of a code's chapter.

    >>> chapter("D49.59"), chapter("D50.0"), chapter("Z79.4")
    ('2 Neoplasms', '3 Blood and immune', '21 Factors and status')
    """
    return _CHAPTERS[max(bisect_right(_FIRST, code[:3].upper()) - 1, 0)][1]
