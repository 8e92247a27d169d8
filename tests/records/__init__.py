"""Records as types and as text, what has to hold between them, and those of earlier versions."""
