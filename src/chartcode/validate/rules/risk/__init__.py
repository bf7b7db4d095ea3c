"""Diagnoses that count for risk adjustment, and the support that audits ask for."""
