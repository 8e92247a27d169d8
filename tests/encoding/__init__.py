"""Sentence models: loaded, asked, kept, and done without."""
