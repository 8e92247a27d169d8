"""`claimbot copy`: from a file to a server, or back."""

from typing import Annotated

import typer

from bot.cli.common import ANSWERED, AsJson, closing
from bot.cli.printing import print_json

moving = typer.Typer(rich_markup_mode=None)


@moving.command(
    epilog=closing("copy claimbot.db postgresql://claimbot@localhost/claims", nothing=None)
)
def copy(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="A database, a file or postgresql://...")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="An empty one, made when it is not there.")
    ],
    *,
    as_json: AsJson = False,
) -> int:
    """Copy a database from a file to a PostgreSQL server, or back.

    Everything is copied, with the history and its seals, and verified. Stop the bot before.
    """
    from knowledge.store import copy_base, where_of

    one, other = where_of(source), where_of(target)
    copied = copy_base(one, other)
    if as_json:
        print_json(
            {
                "from": str(one),
                "to": str(other),
                "revisions": copied.revisions,
                "seal": copied.seal,
                "rows": copied.rows,
            }
        )
    else:
        claims, watches = copied.rows["claims"], copied.rows["watches"]
        print(
            f"{other} is as {one}: {claims:,} claims, {watches:,} watches, and revisions 1 to "
            f"{copied.revisions:,}, whose seals are the same."
        )
    return ANSWERED
