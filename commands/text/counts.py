"""How many of what an answer rests on, in the words of the person's language."""

from commands.text.i18n import many, say


def footer(revision: int) -> str:
    """Write which revision of the database an answer rests on."""
    return say("Database revision {revision}", revision=revision)


def claims(count: int) -> str:
    """Write how many claims there are."""
    return many("{count} claim", "{count} claims", count)


def statements(count: int) -> str:
    """Write how many claims without a figure there are."""
    return many("{count} statement", "{count} statements", count)


def origins(count: int) -> str:
    """Write how many origins there are."""
    return many("{count} origin", "{count} origins", count)


def speakers(count: int) -> str:
    """Write how many speakers there are."""
    return many("{count} speaker", "{count} speakers", count)


def organisations(count: int) -> str:
    """Write how many organisations they speak for."""
    return many("{count} organisation", "{count} organisations", count)


def publications(count: int) -> str:
    """Write how many publications there are."""
    return many("{count} publication", "{count} publications", count)


def and_more(count: int) -> str:
    """Write how many of a list are left out, behind it."""
    return f" {many('and {count} more', 'and {count} more', count)}"
