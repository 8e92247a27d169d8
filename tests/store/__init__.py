"""The database, on both engines: changes, history, refusals, copies."""
