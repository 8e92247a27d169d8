"""Commands that a text names, made into mentions: whoever taps one has it ready to be sent.

Discord shows `</shells:ID>` as /shells, and takes it only with the id under which it knows the
command. Those ids are carried by a context variable as the language is; without them, as on the
command line, a command stands in a text as it was written.
"""

import re
from collections.abc import Mapping
from contextvars import ContextVar

_NO_IDS: Mapping[str, int] = {}
_ids: ContextVar[Mapping[str, int]] = ContextVar("commands", default=_NO_IDS)
_NAMED = re.compile(r"`(?P<code>[^`\n]+)`|(?<![\w/:<\\.*])/(?P<bare>[-\w]+(?: [-\w]+)?)")


def know_commands(ids: Mapping[str, int]) -> None:
    """Let texts of the running request mention these commands, by their whole names."""
    _ids.set(ids)


def tappable(text: str) -> str:
    """Return a text with the commands in it as mentions, as far as their ids are known.

    What stands behind a name within backticks stays there: it is typed, not tapped.
    """
    ids = _ids.get()
    if not ids or "/" not in text:
        return text
    return _NAMED.sub(lambda found: _mention(found, ids), text)


def _mention(found: re.Match[str], ids: Mapping[str, int]) -> str:
    code = found["code"]
    if code is not None and not code.startswith("/"):
        return found.group()
    words = (found["bare"] or code[1:]).split(" ")
    for count in (2, 1):
        name = " ".join(words[:count])
        if len(words) >= count and name in ids:
            rest = " ".join(words[count:])
            told = f" `{rest}`" if rest and code else f" {rest}" if rest else ""
            return f"</{name}:{ids[name]}>{told}"
    return found.group()
