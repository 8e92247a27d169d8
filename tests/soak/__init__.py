"""Processes under load that are killed, and what is left of what they confirmed."""
