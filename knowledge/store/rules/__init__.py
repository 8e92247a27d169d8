"""The rules of change, history, preview and take-up: over any engine, and without SQL."""
