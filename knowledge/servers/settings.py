"""What the moderators of each server have set: in memory to be asked, in the ledger to be kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from pydantic import BaseModel, ConfigDict

from knowledge.model import ForPeople
from knowledge.store import Ledger, LedgerEntry

_KIND = "settings"
_KEY = ""
"""A place has one record of settings."""
NO_CHANNEL = 0
"""Stands for a review channel that was taken away on purpose; no channel has this id."""


class ServerSettings(BaseModel):
    """What one server has set; nothing stands for the default of whoever runs the bot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    curator_roles: tuple[int, ...] | None = None
    """None of them: only those who manage the server."""
    contributor_roles: tuple[int, ...] | None = None
    review_channel: int | None = None
    language: str | None = None
    """The ISO 639 code of what public answers speak; nothing: whatever each asker speaks."""
    private_answers: bool | None = None
    """Whether answers are for the asker alone, unless they ask otherwise."""
    keep_questions: bool | None = None
    """Whether questions that found nothing are kept for the curators."""
    published: str | None = None
    """The name under which anybody may read on the web what is on file here; nothing: nobody may.
    It is the server's as it was then: the pages may run in a process that Discord does not tell."""

    @property
    def names_roles(self) -> bool:
        """Whether roles were set here, so that a role's mere name grants nothing any more."""
        return self.curator_roles is not None or self.contributor_roles is not None


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """One change of a server's settings; `number` is what it is undone by."""

    number: int
    at: datetime
    who: str
    why: str
    before: ServerSettings
    after: ServerSettings

    def fields(self) -> Iterator[str]:
        """Name the settings that it changed."""
        for name in ServerSettings.model_fields:
            if getattr(self.before, name) != getattr(self.after, name):
                yield name


class Unchanged(ForPeople):
    """There is no such change of this server's settings."""

    def __init__(self) -> None:
        super().__init__("There is no such change of the settings here; nothing was taken back.")


class Settings:
    """The settings of every server. Asking reads memory; changing waits for the disk.

    Every method may be called from any thread. Those that change raise `StoreError` where the
    database cannot be written; nothing is changed then.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._read = 0
        """The newest entry that was taken up."""
        self._known: dict[str, ServerSettings] = {}
        self.catch_up()

    def of(self, place: str | None) -> ServerSettings:
        """Return what a place has set."""
        return self._known.get(place or "", _DEFAULTS)

    def publishing(self) -> list[str]:
        """Return the places that have published what is on file there."""
        return sorted(key for key, one in self._known.items() if one.published is not None)

    def catch_up(self) -> None:
        """Take up what was set since, by this process or by another one.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._lock:
            fresh = self._ledger.standing(_KIND, after=self._read)
            # Made anew, so that whoever asks meanwhile sees the one or the other.
            self._known = self._known | {
                entry.place or "": _settings(entry.after) for entry in fresh
            }
            self._read = max([self._read, *(entry.number for entry in fresh)])

    def change(
        self,
        place: str,
        who: str,
        alter: Callable[[ServerSettings], ServerSettings],
        why: str = "set",
    ) -> SettingsChange | None:
        """Set what `alter` makes of what stands; nothing where it stands so already."""
        entry = self._ledger.write(
            _KIND, place, _KEY, (who, why), lambda before: _content(alter(_settings(before)))
        )
        if entry is None:
            return None
        self.catch_up()
        return _change(entry)

    def undo(self, place: str, who: str, number: int) -> SettingsChange | None:
        """Give the settings that a change touched the values that they had before it.

        Raises:
            Unchanged: this place has no such change.
        """
        undone = next((one for one in self.history(place) if one.number == number), None)
        if undone is None:
            raise Unchanged
        before = {name: getattr(undone.before, name) for name in undone.fields()}
        return self.change(place, who, lambda now: now.model_copy(update=before), f"undid {number}")

    def history(self, place: str) -> list[SettingsChange]:
        """Return every change of a place, newest first."""
        return [_change(one) for one in reversed(self._ledger.of(_KIND, place, _KEY))]


_DEFAULTS = ServerSettings()


def _settings(fields: object) -> ServerSettings:
    return _DEFAULTS if fields is None else ServerSettings.model_validate(fields)


def _content(settings: ServerSettings) -> dict[str, object]:
    return settings.model_dump(mode="json", exclude_none=True)


def _change(entry: LedgerEntry) -> SettingsChange:
    before, after = _settings(entry.before), _settings(entry.after)
    return SettingsChange(entry.number, entry.at, entry.who, entry.why, before, after)
