"""Reads web pages and PDFs of strangers in a process of its own, which others do not feel.

A page that is made to hurt keeps its readers for long in one piece of native code, and fills the
memory: 5 MB of links held every other thread up for 5 s, 5 MB of line breaks took 50 s and 1.5 GB.
"""

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from knowledge.drafts.article import Article, BadArticle
from knowledge.drafts.articles.reading import is_plain, read_article

_SECONDS = 20
"""Of CPU time; the slowest of fifty articles takes two, the start of the process included."""
_PATIENCE = 30.0
"""Seconds that are waited for it, as others work on the same machine."""
_MEMORY = 1 << 30
"""Bytes; an article takes a fifth of this."""
_NICE = 10
"""How far the others go before it (nice(1): 19 is the most)."""
_CODE = "from knowledge.drafts.articles.apart import serve; serve()"
_INHERITED = ("PATH", "SYSTEMROOT", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
"""What the process gets of the environment: nothing in it is a secret."""


@dataclass(frozen=True, slots=True)
class _Asked:
    name: str
    today: date
    url: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    article: Article | None = None
    refused: str = ""


_ASKED, _TOLD = TypeAdapter(_Asked), TypeAdapter(_Told)


def read_apart(data: bytes, name: str, today: date, url: str | None = None) -> Article:
    """Read a file as an article, aside where it is no plain text.

    Raises:
        BadArticle: it is none, or too large, or takes too long.
    """
    if is_plain(data):
        return read_article(data, name, today, url)
    asked = _ASKED.dump_json(_Asked(name, today, url))
    command = [sys.executable, "-P", "-c", _CODE]
    kept = {key: os.environ[key] for key in _INHERITED if key in os.environ}
    environment = {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 - this program itself
            command,
            input=asked + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=_PATIENCE,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise BadArticle(f"{name} takes too long to read, or too much memory.") from error
    told = _TOLD.validate_json(done.stdout)
    if told.article is None:
        raise BadArticle(told.refused)
    return told.article


def serve() -> None:
    """Read the one article that standard input holds, within bounds, and write what was found."""
    _bind()
    asked, _, data = sys.stdin.buffer.read().partition(b"\n")
    one = _ASKED.validate_json(asked)
    try:
        told = _Told(read_article(data, one.name, one.today, one.url))
    except BadArticle as error:
        told = _Told(refused=str(error))
    sys.stdout.buffer.write(_TOLD.dump_json(told))


def _bind() -> None:
    """Let nothing of this process take more than an article needs."""
    if sys.platform == "win32":
        return  # it has no such limits: there the patience of whoever waits has to do
    import resource  # noqa: PLC0415 - not everywhere

    limits = {resource.RLIMIT_CPU: _SECONDS, resource.RLIMIT_DATA: _MEMORY}
    for which, most in limits.items():
        with suppress(ValueError, OSError):  # not every system has each, or lets it be set
            resource.setrlimit(which, (most, most))
    with suppress(OSError):
        os.nice(_NICE)
