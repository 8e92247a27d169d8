"""Where a database stands: a file of SQLite's, or an address on a server of PostgreSQL's."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from knowledge.model import ForOperators

SCHEMES = ("postgresql://", "postgres://")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]*\]|[^:\[\]]*)(:\d+)?")
_SECRETS = ("password", "sslpassword", "passfile")


class BadAddress(ForOperators):
    """An address that cannot be read; the message holds nothing of it, as a password may."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A database on a server, as `postgresql://USER:PASSWORD@HOST:PORT/NAME`.

    It shows itself without the password.
    """

    url: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what would be read in another way than it was meant.

        Raises:
            BadAddress: the address cannot be read.
        """
        try:
            parts = urlsplit(self.url)
        except ValueError:
            raise BadAddress("It is no address of a database: check its brackets.") from None
        _, _, hosts = parts.netloc.rpartition("@")
        rest = parts.netloc.count("@") > 1 or "@" in parts.path + parts.query or parts.fragment
        if rest or not all(map(_HOST.fullmatch, hosts.split(","))):
            # Only so can the password be told from the rest, and be kept out of messages.
            raise BadAddress(
                "The address of the database cannot be read: in its user and password, write "
                "@ as %40, / as %2F, ? as %3F, # as %23 and : as %3A."
            )

    def __str__(self) -> str:
        """Return the address without its password."""
        parts = urlsplit(self.url)
        login, at, host = parts.netloc.rpartition("@")
        user = login.partition(":")[0]
        given = [pair for pair in parse_qsl(parts.query) if pair[0] not in _SECRETS]
        query = urlencode(given, quote_via=quote, safe="/")
        shown = f"{parts.scheme}://{user}{at}{host}{parts.path}"
        return f"{shown}?{query}" if query else shown


Where = Path | ServerAddress


def where_of(text: str) -> Where:
    """Read where a database is to stand.

    Raises:
        BadAddress: it is an address that cannot be read.
    """
    return ServerAddress(text) if text.startswith(SCHEMES) else Path(text)
