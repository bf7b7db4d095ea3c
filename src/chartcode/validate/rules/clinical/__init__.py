"""What the values of a record say beside its diagnoses: each asks the clinician, none codes by itself."""
