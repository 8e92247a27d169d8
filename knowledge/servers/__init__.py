"""What belongs to a server beside its records: settings, reported errors, unanswered questions."""

from knowledge.servers.asked import KEPT_DAYS, MOST_OF_A_SERVER, Group, Unanswered, grouped, key_of
from knowledge.servers.asked import KEY as QUESTION_KEY
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
    "KEPT_DAYS",
    "LONGEST",
    "LONGEST_ADDRESS",
    "LONGEST_LINE",
    "MOST",
    "MOST_OF_A_SERVER",
    "NO_CHANNEL",
    "QUESTION_KEY",
    "ErrorReport",
    "Filed",
    "Group",
    "ReportState",
    "Reports",
    "ServerSettings",
    "Settings",
    "SettingsChange",
    "Settled",
    "TooManyReports",
    "Unanswered",
    "Unchanged",
    "cleaned",
    "excerpt",
    "grouped",
    "key_of",
]
