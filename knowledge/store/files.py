"""Files that appear whole or not at all: written aside, brought to the disk, then renamed.

They are for whoever runs the program alone: records hold names of people, and who changed what.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

PRIVATE = 0o600
"""Nobody but the owner reads or writes."""
DATABASE_LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is written."""


@contextmanager
def written_aside(target: Path, *, replacing: bool = True) -> Iterator[Path]:
    """Lend an empty file beside `target`; it takes the name of `target` when the block ends.

    Nothing is left behind when the block fails, and `target` is as it was. Unless it is
    `replacing`, the name goes to whoever was first, and what was written is dropped.
    """
    aside = target.with_name(f".{target.name}.{uuid4().hex}")
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL, PRIVATE))
    try:
        yield aside
        with aside.open("rb") as file:
            os.fsync(file.fileno())
        if replacing:
            aside.replace(target)
        else:
            with suppress(FileExistsError):
                os.link(aside, target)
        _sync_folder(target.parent)
    finally:
        for ending in ("", *DATABASE_LOGS):
            aside.with_name(aside.name + ending).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk as well."""
    with suppress(OSError):  # Windows opens no folders
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
