"""The chat in a terminal or a browser."""
