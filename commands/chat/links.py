"""Where an answer stands on the web, when its pages are public: `Open` below it."""

from collections.abc import Callable, Iterable

from commands.chat.app import App
from commands.text import Addresses
from knowledge.contract import ClaimView
from knowledge.model import Status

_LONGEST = 512
"""Characters that Discord takes as the address of a button."""


def public(app: App, topics: Iterable[str], claims: Iterable[ClaimView] = ()) -> Addresses | None:
    """Return what writes addresses, or nothing where an answer is not to be had on the web.

    The pages show the shared base alone: an answer that holds a record of a server's has none.
    """
    if app.addresses is None:
        return None
    shared = app.base.workspaces.shared.library if app.base else app.workspace.library
    known = all(topic in shared.topics for topic in topics)
    shown = (shared.find(one.id) for one in claims)
    waiting = any(one is None or one.status is Status.PROPOSED for one in shown)
    return app.addresses if known and not waiting else None


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
