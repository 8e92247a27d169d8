"""The shape of the code beside what import-linter holds: every module says what it is for."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST = 500
NUMBERED = ("bot/", "commands/", "knowledge/")
