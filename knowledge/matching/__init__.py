"""Matching: from a question to the topic and the claims it is about, or to silence."""
