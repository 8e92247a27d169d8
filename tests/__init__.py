"""Tests: what the bot does, stated as behaviour and driven as a user would."""
