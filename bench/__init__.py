"""Measurements: what answers cost in time and memory, beside their aims."""
