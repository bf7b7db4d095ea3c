"""The conventions of ICD-10-CM and its Official Guidelines."""
