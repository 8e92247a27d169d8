"""Measuring how well questions are matched: over questions, checks and retrieval sets."""
