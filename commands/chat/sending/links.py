"""Where an answer stands on the web, when its pages are public: `Open` below it."""

from collections.abc import Callable, Iterable

from commands.chat.app import App
from commands.chat.places import settings_of
from commands.chat.running import current
from commands.text import Addresses
from knowledge.contract import ClaimView
from knowledge.model import Status

_LONGEST = 512
"""Characters that Discord takes as the address of a button."""


def public(app: App, topics: Iterable[str], claims: Iterable[ClaimView] = ()) -> Addresses | None:
    """Return what writes addresses, or nothing where an answer is not to be had on the web.

    A server that has published its records has pages of its own. All others show the shared base
    alone: an answer that holds a record of such a server's has none.
    """
    if app.addresses is None:
        return None
    own = _own(app, app.addresses)
    if own or app.base is None:
        library = app.workspace.library
    else:
        library = app.base.workspaces.shared.library
    known = all(topic in library.topics for topic in topics)
    shown = (library.find(one.id) for one in claims)
    waiting = any(one is None or one.status is Status.PROPOSED for one in shown)
    return (own or app.addresses) if known and not waiting else None


def _own(app: App, addresses: Addresses) -> Addresses | None:
    """Return what writes the addresses of the server where a request was made, if it has any."""
    request = current.get()
    guild = request.guild if request else None
    if guild is None or settings_of(app, guild).published is None:
        return None
    return addresses.server(str(guild))


def link_to(
    app: App,
    view: Callable[[Addresses], str | None],
    topics: Iterable[str] = (),
    claims: Iterable[ClaimView] = (),
) -> str | None:
    """Return the address of the view that shows these topics and claims, where it is public."""
    found = public(app, topics, claims)
    address = view(found) if found else None
    return address if address and len(address) <= _LONGEST else None
