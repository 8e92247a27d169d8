"""Errors whose message a person reads: what was wrong, where, and what to do.

They are named for what happened (`NotOnFile`, `Decided`), as the answer names it. Whoever calls
for a person catches `ForPeople` and shows the message; every other error is a failure, of which
the person learns no more than that there was one.
"""


class ForPeople(Exception):
    """The message is for the person who asked."""


class ForOperators(ForPeople):
    """The message is for whoever runs the bot: it may name files, which no chat shows."""
