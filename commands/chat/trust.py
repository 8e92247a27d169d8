"""Whom the person who runs the bot trusts: the settings about roles, channels and servers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rights:
    """Whom the person who runs the bot trusts: roles and channels go by name or by id."""

    curator_role: str = "curator"
    contributor_role: str = "contributor"
    review_channel: str = "claim-review"
    base_servers: frozenset[int] = frozenset()
    """Servers whose curators change the shared base."""
