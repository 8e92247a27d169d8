"""What belongs to a server beside its records: its settings, and the errors reported there."""

from knowledge.servers.reports import (
    LONGEST,
    LONGEST_ADDRESS,
    LONGEST_LINE,
    MOST,
    ErrorReport,
    Filed,
    Reports,
    ReportState,
    Settled,
    TooManyReports,
    cleaned,
    excerpt,
)
from knowledge.servers.settings import (
    NO_CHANNEL,
    ServerSettings,
    Settings,
    SettingsChange,
    Unchanged,
)

__all__ = [
    "LONGEST",
    "LONGEST_ADDRESS",
    "LONGEST_LINE",
    "MOST",
    "NO_CHANNEL",
    "ErrorReport",
    "Filed",
    "ReportState",
    "Reports",
    "ServerSettings",
    "Settings",
    "SettingsChange",
    "Settled",
    "TooManyReports",
    "Unchanged",
    "cleaned",
    "excerpt",
]
