"""The command `claimbot`, for which `python -m bot` stands too."""

import gc
import os
import sys
from threading import enumerate as threads
from typing import NoReturn

from bot.cli import main


def start() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    # What a start makes stays: looking through it for garbage would take a sixth of the start.
    gc.disable()
    # No plugin of pydantic is wanted, and looking for some goes through every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        code = main()
    except SystemExit as ended:
        # So typer ends a command whose output nobody reads any more.
        code = ended.code if isinstance(ended.code, int) else 1
    if any(thread.daemon for thread in threads()):
        # The model's thread, or one that still works on an answer: native code may abort a process
        # whose interpreter ends while a thread is in it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    start()
