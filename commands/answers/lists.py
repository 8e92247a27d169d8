"""A page of a list of claims over several topics, with the buttons that turn and share it."""

from collections.abc import Callable, Iterable
from typing import Protocol

from commands.cards import AnswerDigest, SaidCard
from commands.chat import (
    App,
    Button,
    Reply,
    ShareButton,
    link_to,
    share_label,
    silence,
    turning,
)
from commands.reports import error_button
from commands.text import Addresses, say


class MakesButton(Protocol):
    """Makes the button to a page, where its custom id has room for it.

    `how` is `o` where it opens the list, `t` where it turns the page, `s` where it shares it.
    """

    def __call__(self, how: str, page: int, digest: AnswerDigest, label: str) -> Iterable[Button]:
        """Make it."""


def list_reply(
    app: App,
    card: SaidCard,
    page: int,
    button: MakesButton,
    address: Callable[[Addresses], str | None],
) -> Reply:
    """Return a page of a list, or say that nothing is on it."""
    shown, digest = card.page(page), card.digest
    if not card.rows:
        return silence(shown.card)
    turned = turning(
        lambda to, label: button("t", to, digest, label), shown.number, shown.last, say("More ▶")
    )
    sharing = next(iter(button("s", shown.number, digest, share_label())), None)
    return Reply(
        shown.card,
        [*turned, *error_button(app, "", digest.revision)],
        digest=digest,
        link=link_to(app, address, shown.topics, card.cited_claims),
        answers=True,
        sharing=sharing or ShareButton.of(digest),
    )
