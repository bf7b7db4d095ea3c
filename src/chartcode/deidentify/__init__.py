"""De-identify: a chart without the identifiers of the HIPAA Safe Harbor, its facts still in place.

Source of the list: 45 CFR 164.514(b)(2)(i). What is found by pattern and list is not all that there may be: the
measured recall stands in ``bench/RESULTS.md``, and a person reads what leaves the house.
"""

from chartcode.deidentify.charts import Deidentified, deidentify

__all__ = ["Deidentified", "deidentify"]
