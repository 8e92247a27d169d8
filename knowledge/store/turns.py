"""Turns: who of several processes does what only one of them is to do at a time."""

from knowledge.store.session import Opening

FARTHEST, LONGEST = 100, 600.0
"""How many turns may be waited for (a hundred processes that start at once), and how many seconds
something may be held, whatever is noted: a clock that was set back costs no more (chosen by
eye)."""


class Turns:
    """What the processes on one database have agreed on, by the clock of the database.

    Nothing of it outlives its time, so that a process which is killed stops nobody. Every method
    may be called from any thread.
    """

    def __init__(self, changing: Opening) -> None:
        """Take the means to write, in a transaction."""
        self._changing = changing

    def take(self, name: str, seconds: float) -> float:
        """Take the next turn at something that is done every so many seconds, by whomever.

        Return how many seconds it is away.

        Raises:
            StoreError: the database cannot be written; no turn is taken.
        """
        key = f"turn: {name}"
        with self._changing() as db:
            db.take(key)
            now, noted = db.now(), db.noted(key)
            turn = max(now, min(float(noted), now + FARTHEST * seconds)) if noted else now
            db.note(key, str(turn + seconds))
        return turn - now

    def hold(self, name: str, holder: str, seconds: float) -> bool:
        """Hold something for so many seconds from now, or go on holding it; for none, let it go.

        False when somebody else holds it.

        Raises:
            StoreError: the database cannot be written; it is held as it was.
        """
        key = f"held: {name}"
        with self._changing() as db:
            db.take(key)
            now, noted = db.now(), db.noted(key)
            until, _, by = noted.partition(" ")
            if by not in {"", holder} and now < float(until) <= now + LONGEST:
                return False
            db.note(key, f"{now + seconds} {holder}")
        return True
