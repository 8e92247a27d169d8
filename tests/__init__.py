"""Tests: what the bot does, stated as behaviour and driven as a user would."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
