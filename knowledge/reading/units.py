"""Units: whether two are of one kind, and a number brought from one into the other."""


def in_unit(number: float | None, printed: str, wanted: str) -> float | None:
    """Bring a number from the unit that was printed into another; nothing where it cannot be."""
    return number if printed == wanted else None
