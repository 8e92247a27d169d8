"""What belongs to a server beside its records: its settings, and the errors reported there."""

from knowledge.servers.settings import (
    NO_CHANNEL,
    ServerSettings,
    Settings,
    SettingsChange,
    Unchanged,
)

__all__ = [
    "NO_CHANNEL",
    "ServerSettings",
    "Settings",
    "SettingsChange",
    "Unchanged",
]
