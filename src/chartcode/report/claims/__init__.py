"""Cases -> claims, and claims as payers and offices take them: 837, FHIR, CMS-1500, UB-04, CSV."""
