"""What a change asks of whoever has learnt the names on file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effects:
    """What has to be learnt after a change: all names anew, or who is carried by whom now.

    Each pair is the name of an outlet and an asserter: whom it carries since, and no longer.
    `examples` tells whether some have come or changed, and `speakers` that no names have to be
    learnt but those of asserters.
    """

    names: bool
    examples: bool = False
    carried: tuple[tuple[str, str], ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    speakers: bool = False
