"""Proposals: sent by anybody, decided by curators, followed by whoever sent them."""

from commands.curation.proposing.proposals import (
    PendingButton,
    ProposalButton,
    decide,
    pending_reply,
)

__all__ = [
    "PendingButton",
    "ProposalButton",
    "decide",
    "pending_reply",
]
