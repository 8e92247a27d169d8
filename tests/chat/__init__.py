"""What every command stands on: pace, errors, faults of Discord's, languages, shared answers."""
