"""What PostgreSQL reports, as a `StoreError` of one line for people; never with a password."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from knowledge.store.address import ServerAddress
from knowledge.store.base import StoreError

_LOGIN = (
    "does not take the password that was given: look at the user and the password in its address"
)
UNREACHABLE = "cannot be reached"
SILENT = f"{UNREACHABLE}: its server does not answer"
_AGAIN = "try again in a moment"
_REASONS = {
    "25006": "is read-only",
    "42501": "does not allow it: its user needs rights on the schema claimbot",
    "53100": "cannot grow: the disk of its server is full",
    "53200": "is out of memory",
    "53300": "has no connection left: allow more (max_connections) or run fewer processes",
    "55P03": "is locked by another process: stop it, or try again later",
    "40001": f"was changed meanwhile: {_AGAIN}",
    "40P01": f"was changed meanwhile: {_AGAIN}",
    "57014": f"took too long: {_AGAIN}",
    "57P01": f"is being restarted: {_AGAIN}",
    "57P02": f"is being restarted: {_AGAIN}",
    "57P03": f"is being restarted: {_AGAIN}",
    "57P05": "has closed a connection that waited for too long",
    "XX001": "is damaged: restore a backup",
    "XX002": "is damaged: restore a backup",
}
"""By the codes of errors (postgresql.org/docs, appendix A)."""

_AT_THE_DOOR = {
    "password authentication failed|no password supplied": _LOGIN,
    'role ".*" does not exist': "knows no such user: look at the user in its address",
    'database ".*" does not exist': "is not there: make it with createdb, or look at its name",
    "no pg_hba.conf entry": "lets nobody in from here: its server's pg_hba.conf has to say so",
    "permission denied for database": "does not let this user in: grant it CONNECT",
    "could not translate host name": f"{UNREACHABLE}: no such host is known",
    "too many clients|remaining connection slots|too many connections": _REASONS["53300"],
    "starting up|shutting down|in recovery mode": _REASONS["57P03"],
    "SSL|certificate": f"{UNREACHABLE}: look at sslmode in its address, and at the certificate",
    "timeout expired|timed out": SILENT,
    "refused|No such file or directory": f"{UNREACHABLE}: no server runs there",
}
"""libpq gives no code for what is refused while connecting, only words."""


def refusal(address: ServerAddress, reason: str) -> StoreError:
    """Return the error that a database cannot be used, for a reason."""
    return StoreError(f"The database {address} {reason}.", reason)


def reason_of(error: psycopg.Error) -> str:
    """Say in plain words what an error means."""
    if error.sqlstate in _REASONS:
        return _REASONS[error.sqlstate]
    if error.sqlstate is not None and not isinstance(error, psycopg.OperationalError):
        return f"reports: {_first_line(error)}"
    words = str(error)
    for pattern, reason in _AT_THE_DOOR.items():
        if re.search(pattern, words):
            return reason
    if isinstance(error, psycopg.OperationalError):
        return f"{UNREACHABLE}: the connection was lost"
    return f"reports: {_first_line(error)}"


def _first_line(error: psycopg.Error) -> str:
    return (error.diag.message_primary or str(error).partition("\n")[0]).rstrip(".")


@contextmanager
def plain_words(address: ServerAddress) -> Iterator[None]:
    """Turn what PostgreSQL reports into a `StoreError` of one line."""
    try:
        yield
    except psycopg.Error as error:
        raise refusal(address, reason_of(error)) from error
