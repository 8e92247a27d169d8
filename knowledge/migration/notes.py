"""What a migration tells of a record: what it changed and why, or what it leaves to a person."""

from typing import NamedTuple


class Note(NamedTuple):
    """One change or one question, in words, and the record that it is about."""

    record: str
    words: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.record}: {self.words}"
